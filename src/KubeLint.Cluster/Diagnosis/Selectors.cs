using System.Text.Json;
using KubeLint.Cluster.Api;

namespace KubeLint.Cluster.Diagnosis;

/// <summary>Label selectors, of Kubernetes and of Calico.</summary>
internal static class Selectors
{
    /// <summary>Whether an object's labels match a <c>LabelSelector</c>; the empty selector matches all.</summary>
    public static bool Matches(JsonElement selector, ClusterObject item) => Matches(selector, item.Label);

    /// <summary>The same over any labels.</summary>
    public static bool Matches(JsonElement selector, Func<string, string?> label)
    {
        foreach (var (key, value) in selector.Table("matchLabels"))
        {
            if (label(WithoutSource(key)) != value)
            {
                return false;
            }
        }

        foreach (var expression in selector.Items("matchExpressions"))
        {
            var value = label(WithoutSource(expression.Text("key") ?? ""));
            var values = expression.Items("values").Select(item => item.GetString()).ToList();
            var holds = expression.Text("operator") switch
            {
                "In" => value is not null && values.Contains(value),
                "NotIn" => value is null || !values.Contains(value),
                "Exists" => value is not null,
                "DoesNotExist" => value is null,
                _ => false,
            };
            if (!holds)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a Calico selector matches: the forms <c>all()</c>, <c>has(k)</c>, <c>!has(k)</c>, <c>k == 'v'</c>, <c>k != 'v'</c>, joined by <c>&amp;&amp;</c>.</summary>
    public static bool CalicoMatches(string selector, ClusterObject item)
    {
        foreach (var part in selector.Split("&&", StringSplitOptions.TrimEntries))
        {
            var not = part.StartsWith('!');
            var text = not ? part[1..].Trim() : part;
            bool holds;
            if (text is "all()" or "")
            {
                holds = true;
            }
            else if (text.StartsWith("has(", StringComparison.Ordinal) && text.EndsWith(')'))
            {
                holds = item.Label(text[4..^1].Trim()) is not null;
            }
            else if (text.Split("==", 2, StringSplitOptions.TrimEntries) is [var key, var value])
            {
                holds = item.Label(key) == value.Trim('\'', '"');
            }
            else if (text.Split("!=", 2, StringSplitOptions.TrimEntries) is [var key2, var value2])
            {
                holds = item.Label(key2) != value2.Trim('\'', '"');
            }
            else if (text.Split(" in ", 2, StringSplitOptions.TrimEntries) is [var key3, var list])
            {
                // "k not in {…}" is true of what has no such label, too.
                var negated = key3.EndsWith(" not", StringComparison.Ordinal);
                var name = negated ? key3[..^4].Trim() : key3;
                var values = list.Trim('{', '}', ' ').Split(',', StringSplitOptions.TrimEntries).Select(item => item.Trim('\'', '"'));
                holds = (item.Label(name) is { } own && values.Contains(own)) != negated;
            }
            else
            {
                // A form that is not read here must not accuse a policy.
                return false;
            }

            if (holds == not)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Cilium writes where a label is from before it: <c>k8s:app</c>.</summary>
    private static string WithoutSource(string key) =>
        key.StartsWith("k8s:", StringComparison.Ordinal) || key.StartsWith("any:", StringComparison.Ordinal) ? key[4..] : key;
}

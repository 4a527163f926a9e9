using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Label selectors of Kubernetes objects (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors).</summary>
internal static class Labels
{
    /// <summary>Whether a plain map of labels selects; null where a value is not known.</summary>
    public static bool? Match(YamlMapping wanted, YamlMapping? labels)
    {
        bool? result = true;
        foreach (var entry in wanted.EffectiveEntries())
        {
            if (entry is not { Name: { } key, IsMerge: false } || entry.Value.Resolved is not YamlScalar value)
            {
                return null;
            }

            if (!Template.IsPlain(value) || Template.IsIn(key))
            {
                result = null;
                continue;
            }

            switch (labels?[key])
            {
                case null:
                    return false;
                case YamlScalar label when Template.IsPlain(label):
                    if (label.Value != value.Value)
                    {
                        return false;
                    }

                    break;
                default:
                    result = null;
                    break;
            }
        }

        return result;
    }

    /// <summary>The first label that a plain map wants with a value that is known: what it selects has that label. Null where there is none.</summary>
    public static (string Key, string Value)? FindPlain(YamlMapping wanted)
    {
        foreach (var entry in wanted.EffectiveEntries())
        {
            if (entry is not { Name: { } key, IsMerge: false } || entry.Value.Resolved is not YamlScalar value)
            {
                // From here on nothing is known.
                return null;
            }

            if (Template.IsPlain(value) && !Template.IsIn(key))
            {
                return (key, value.Value);
            }
        }

        return null;
    }

    /// <summary>Whether a selector with <c>matchLabels</c> and <c>matchExpressions</c> selects; null where it is not known. An empty one selects all.</summary>
    public static bool? Select(YamlNode? selector, YamlMapping? labels)
    {
        if (selector?.AsMapping() is not { } map)
        {
            return null;
        }

        var result = map["matchLabels"] is YamlMapping wanted ? Match(wanted, labels) : true;
        foreach (var item in map["matchExpressions"]?.AsSequence()?.Items ?? [])
        {
            if (result == false)
            {
                return false;
            }

            var met = Meet(item, labels);
            result = met == false ? false : result is null || met is null ? null : true;
        }

        return result;
    }

    /// <summary>Whether a selector selects everything: it has no requirement.</summary>
    public static bool IsEverything(YamlNode? selector) =>
        selector?.AsMapping() is { } map
        && map["matchLabels"] is null or YamlMapping { Entries.IsEmpty: true }
        && map["matchExpressions"] is null or YamlSequence { Items.IsEmpty: true };

    /// <summary>A selector as a person reads it: <c>app=web, tier=front</c>.</summary>
    public static string Describe(YamlMapping wanted) =>
        string.Join(", ", wanted.EffectiveEntries().Select(entry => $"{entry.Name}={(entry.Value.Resolved as YamlScalar)?.Value}"));

    private static bool? Meet(YamlNode item, YamlMapping? labels)
    {
        if (item.GetString("key") is not { } key || Template.IsIn(key))
        {
            return null;
        }

        var node = labels?[key];
        if (node is YamlScalar scalar && !Template.IsPlain(scalar))
        {
            return null;
        }

        var label = (node as YamlScalar)?.Value;
        var values = item.Get("values")?.AsSequence()?.Items.Select(value => value.AsScalar()).ToList() ?? [];
        if (values.Exists(value => value is null || !Template.IsPlain(value)))
        {
            return null;
        }

        return item.GetString("operator") switch
        {
            "Exists" => label is not null,
            "DoesNotExist" => label is null,
            "In" => label is not null && values.Exists(value => value!.Value == label),
            "NotIn" => label is null || !values.Exists(value => value!.Value == label),
            _ => null,
        };
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using KubeLint.Kustomize.Output;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Generators;

/// <summary>
/// The hash that kustomize puts behind a generated name (https://github.com/kubernetes-sigs/kustomize, api/hasher):
/// of the resource's content as Go writes it in JSON.
/// </summary>
internal static class ContentHash
{
    /// <summary>A resource's hash, ten characters.</summary>
    public static string Of(YamlMapping root)
    {
        var json = new StringBuilder();
        switch (Tree.Text(root, "kind"))
        {
            case "ConfigMap":
                json.Append('{');
                AppendIfMapping(json, root, "binaryData", ",");
                json.Append("\"data\":");
                AppendField(json, root, "data");
                json.Append(",\"kind\":\"ConfigMap\",\"name\":\"\"}");
                break;
            case "Secret":
                json.Append("{\"data\":");
                AppendField(json, root, "data");
                json.Append(",\"kind\":\"Secret\",\"name\":\"\",");
                AppendIfMapping(json, root, "stringData", ",");
                json.Append("\"type\":");
                AppendField(json, root, "type");
                json.Append('}');
                break;
            default:
                Append(json, root);
                break;
        }

        var hex = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json.ToString())));
        return string.Create(10, hex, static (span, hash) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                // No vowels and none of what looks like one: a hash must not spell a word.
                span[i] = hash[i] switch
                {
                    '0' => 'g',
                    '1' => 'h',
                    '3' => 'k',
                    'a' => 'm',
                    'e' => 't',
                    var c => c,
                };
            }
        });
    }

    private static void AppendIfMapping(StringBuilder json, YamlMapping root, string key, string behind)
    {
        if (Tree.Get(root, key) is YamlMapping mapping)
        {
            AppendString(json, key);
            json.Append(':');
            Append(json, mapping);
            json.Append(behind);
        }
    }

    private static void AppendField(StringBuilder json, YamlMapping root, string key)
    {
        switch (Tree.Get(root, key))
        {
            case null:
                json.Append("\"\"");
                break;
            case YamlScalar scalar:
                AppendString(json, scalar.Value);
                break;
            case var node:
                Append(json, node);
                break;
        }
    }

    private static void Append(StringBuilder json, YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                var entries = mapping.Entries.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
                json.Append('{');
                for (var i = 0; i < entries.Length; i++)
                {
                    json.Append(i == 0 ? "" : ",");
                    AppendString(json, entries[i].Name ?? "");
                    json.Append(':');
                    Append(json, entries[i].Value);
                }

                json.Append('}');
                break;
            case YamlSequence sequence:
                json.Append('[');
                for (var i = 0; i < sequence.Items.Length; i++)
                {
                    json.Append(i == 0 ? "" : ",");
                    Append(json, sequence.Items[i]);
                }

                json.Append(']');
                break;
            case YamlScalar scalar:
                var resolved = ScalarResolver.Resolve(scalar);
                if (resolved.Type == YamlScalarType.String)
                {
                    AppendString(json, resolved.Text);
                }
                else
                {
                    json.Append(resolved.Text);
                }

                break;
        }
    }

    // Go escapes what HTML could take for markup, and the two line separators.
    private static void AppendString(StringBuilder json, string value)
    {
        json.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    json.Append('\\').Append(c);
                    break;
                case '\n':
                    json.Append("\\n");
                    break;
                case '\r':
                    json.Append("\\r");
                    break;
                case '\t':
                    json.Append("\\t");
                    break;
                case '\b':
                    json.Append("\\b");
                    break;
                case '\f':
                    json.Append("\\f");
                    break;
                case < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029':
                    json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    json.Append(c);
                    break;
            }
        }

        json.Append('"');
    }
}

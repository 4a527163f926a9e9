using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

using KubeLint.Yaml;

namespace KubeLint.Testing;

/// <summary>Objects of a cluster, written as YAML.</summary>
public static class YamlJson
{
    /// <summary>A node as JSON.</summary>
    public static JsonNode? Convert(YamlNode node)
    {
        switch (node.Resolved)
        {
            case YamlMapping mapping:
                var result = new JsonObject();
                foreach (var entry in mapping.EffectiveEntries())
                {
                    result[entry.Name!] = Convert(entry.Value);
                }

                return result;
            case YamlSequence sequence:
                return new JsonArray([.. sequence.Items.Select(Convert)]);
            case YamlScalar scalar:
                return scalar.Type switch
                {
                    YamlScalarType.Null => null,
                    YamlScalarType.Boolean => scalar.AsBoolean()!.Value,
                    YamlScalarType.Integer => long.Parse(scalar.Value, CultureInfo.InvariantCulture),
                    YamlScalarType.Float => double.Parse(scalar.Value, CultureInfo.InvariantCulture),
                    _ => scalar.Value,
                };
            default:
                throw new InvalidOperationException(node.ToString());
        }
    }

    /// <summary>The documents of a text.</summary>
    public static IEnumerable<JsonObject> Documents(string path, string text)
    {
        var file = YamlParser.Parse(new SourceText(path, text));
        if (!file.Problems.IsEmpty)
        {
            throw new InvalidOperationException($"{path}: {file.Problems[0].Message}");
        }

        return file.Documents.Where(document => document.Root is not null).Select(document => (JsonObject)Convert(document.Root!)!);
    }

    /// <summary>A Secret as the server keeps it: base64 in <c>data</c>. <c>AUTH(user:password)</c> stands for that pair in base64.</summary>
    public static void Encode(JsonObject secret)
    {
        var data = new JsonObject();
        foreach (var (key, value) in secret["stringData"]?.AsObject() ?? [])
        {
            var text = value!.GetValue<string>();
            while (text.IndexOf("AUTH(", StringComparison.Ordinal) is >= 0 and var at)
            {
                var end = text.IndexOf(')', at);
                text = text[..at] + System.Convert.ToBase64String(Encoding.UTF8.GetBytes(text[(at + 5)..end])) + text[(end + 1)..];
            }

            data[key] = System.Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        }

        secret.Remove("stringData");
        secret["data"] = data;
    }
}

using System.Text;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Output;

/// <summary>
/// Prints objects byte for byte as <c>kustomize build</c> does: read by go-yaml v3, through JSON, printed by
/// sigs.k8s.io/yaml with go-yaml v2 (https://github.com/kubernetes-sigs/yaml).
/// </summary>
public static class KustomizeYamlWriter
{
    private const string Separator = "---\n";
    private const int WidestAlignedLine = 72;

    /// <summary>The objects, parted by <c>---</c>. Aliases and merge keys are expanded, keys sorted.</summary>
    public static string Write(IEnumerable<YamlMapping> objects)
    {
        var output = new StringBuilder();
        foreach (var item in objects)
        {
            if (output.Length > 0)
            {
                output.Append(Separator);
            }

            new BlockEmitter(output).EmitDocument(item);
        }

        return output.ToString();
    }

    /// <summary>
    /// The same text with the origin of each line at its right: <c># path:line:column</c> of the value that the line shows,
    /// or of the key where its value is on the lines below. A computed value names the field that made it in brackets.
    /// </summary>
    public static string WriteWithOrigins(IEnumerable<YamlMapping> objects)
    {
        var output = new StringBuilder();
        foreach (var item in objects)
        {
            if (output.Length > 0)
            {
                output.Append(Separator);
            }

            var text = new StringBuilder();
            var origins = new List<LineOrigin> { default };
            new BlockEmitter(text, origins).EmitDocument(item);
            AppendAligned(output, text.ToString().Split('\n'), origins);
        }

        return output.ToString();
    }

    /// <summary>The first node of an object that makes kustomize fail when it prints the object; null where there is none.</summary>
    public static OutputProblem? FindProblem(YamlMapping item) => FindMappingProblem(item, isTopLevel: true);

    private static OutputProblem? FindNodeProblem(YamlNode node)
    {
        switch (node)
        {
            case YamlScalar scalar:
                return ScalarResolver.Resolve(scalar).Problem is { } message ? new OutputProblem(scalar, message) : null;
            case YamlMapping mapping:
                return FindMappingProblem(mapping, isTopLevel: false);
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    if (FindNodeProblem(item.Resolved) is { } problem)
                    {
                        return problem;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    private static OutputProblem? FindMappingProblem(YamlMapping mapping, bool isTopLevel)
    {
        var entries = mapping.EffectiveEntries();
        foreach (var entry in entries)
        {
            // Keys of the object itself are read as strings, whatever they look like.
            if (KeyProblem(entry.Key, isTopLevel) is { } problem)
            {
                return problem;
            }
        }

        for (var i = entries.Length - 1; i >= 0; i--)
        {
            if (FindNodeProblem(entries[i].Value.Resolved) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static OutputProblem? KeyProblem(YamlNode key, bool isTopLevel)
    {
        if (key.Resolved is not YamlScalar scalar)
        {
            return new OutputProblem(key, "A key must be a scalar");
        }

        // A timestamp or another tag's value is no string here, though it would print as one.
        var resolved = ScalarResolver.Resolve(scalar);
        var isString = resolved.Type == YamlScalarType.String && resolved.Text == scalar.Value && scalar.Tag is null or "!" or YamlTags.String;
        return isTopLevel || isString
            ? null
            : new OutputProblem(key, $"The key '{scalar.Value}' is no string: put it in quotes");
    }

    private static void AppendAligned(StringBuilder output, string[] lines, List<LineOrigin> origins)
    {
        var width = 0;
        foreach (var line in lines)
        {
            width = line.Length <= WidestAlignedLine ? Math.Max(width, line.Length) : width;
        }

        for (var i = 0; i < lines.Length - 1; i++)
        {
            output.Append(lines[i]);
            if (origins[i].Node is not null)
            {
                output.Append(' ', Math.Max(width - lines[i].Length, 0) + 2).Append("# ").Append(origins[i]);
            }

            output.Append('\n');
        }
    }
}

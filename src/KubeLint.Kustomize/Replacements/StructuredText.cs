using System.Collections.Immutable;
using System.Globalization;
using System.Text;

using KubeLint.Kustomize.Output;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Replacements;

/// <summary>Replaces a value inside a text that is itself YAML or JSON, such as a file in a ConfigMap.</summary>
internal static class StructuredText
{
    /// <summary>What the text says.</summary>
    /// <exception cref="ReplacementException">It is no YAML.</exception>
    public static YamlNode Parse(YamlScalar text)
    {
        var file = YamlParser.Parse(text.EmbeddedText());
        return file.Problems.IsEmpty && file.Documents is [{ Root: { } root }, ..]
            ? root.Resolved
            : throw new ReplacementException("The text is no YAML or JSON in which a field could be");
    }

    /// <summary>The object with the value set inside the first text on the path; null where that is not possible.</summary>
    public static YamlMapping? TryReplace(YamlMapping root, ImmutableArray<string> path, ReplacementValue value, bool creates)
    {
        for (var length = 1; length < path.Length; length++)
        {
            try
            {
                if (FieldLookup.Find(root, path.AsSpan(0, length)) is not YamlScalar text)
                {
                    continue;
                }

                if (Edit(text, path[length..], value, creates) is not { } edited)
                {
                    return null;
                }

                return Set(root, path, length, 0, value.With(edited, YamlTags.String, text)) as YamlMapping;
            }
            catch (ReplacementException)
            {
                continue;
            }
        }

        return null;
    }

    private static string? Edit(YamlScalar text, ImmutableArray<string> path, ReplacementValue value, bool creates)
    {
        YamlNode root;
        try
        {
            root = Parse(text);
        }
        catch (ReplacementException)
        {
            return null;
        }

        var fields = new TargetFields(value, new ReplacementOptions(string.Empty, 0, creates));
        try
        {
            var edited = fields.Replace(root, path);
            var isJson = text.Value.TrimStart() is ['{' or '[', ..];
            return fields.Count == 0 ? null
                : isJson ? WriteJson(edited, isIndented: text.Value.Contains('\n', StringComparison.Ordinal) && text.Value.Contains("  ", StringComparison.Ordinal))
                : KustomizeYamlWriter.Write(edited is YamlMapping mapping ? [mapping] : []).Trim();
        }
        catch (ReplacementException)
        {
            return null;
        }
    }

    private static YamlNode Set(YamlNode node, ImmutableArray<string> path, int length, int step, YamlNode text)
    {
        if (step == length)
        {
            return text;
        }

        switch (node)
        {
            case YamlMapping mapping:
                var index = Tree.IndexOf(mapping, path[step].Trim());
                return Tree.ReplaceAt(mapping, index, Set(mapping.Entries[index].Value, path, length, step + 1, text));
            case YamlSequence sequence:
                var item = FieldLookup.Find(sequence, [path[step]])!;
                return sequence.With(sequence.Items.Replace(item, Set(item, path, length, step + 1, text)));
            default:
                return node;
        }
    }

    private static string WriteJson(YamlNode node, bool isIndented)
    {
        var output = new StringBuilder();
        WriteJson(output, node, isIndented ? "\n" : null);
        return output.ToString();
    }

    // As encoding/json writes: keys sorted, two blanks of indentation, <, > and & escaped.
    private static void WriteJson(StringBuilder output, YamlNode node, string? indent)
    {
        var inner = indent is null ? null : indent + "  ";
        var isFirst = true;
        switch (node.Resolved)
        {
            case YamlMapping mapping:
                output.Append('{');
                foreach (var entry in mapping.EffectiveEntries().OrderBy(entry => entry.Name, StringComparer.Ordinal))
                {
                    output.Append(isFirst ? string.Empty : ",").Append(inner);
                    AppendString(output, entry.Name ?? string.Empty);
                    output.Append(indent is null ? ":" : ": ");
                    WriteJson(output, entry.Value, inner);
                    isFirst = false;
                }

                output.Append(isFirst ? null : indent).Append('}');
                break;
            case YamlSequence sequence:
                output.Append('[');
                foreach (var item in sequence.Items)
                {
                    output.Append(isFirst ? string.Empty : ",").Append(inner);
                    WriteJson(output, item, inner);
                    isFirst = false;
                }

                output.Append(isFirst ? null : indent).Append(']');
                break;
            case YamlScalar scalar:
                var resolved = ScalarResolver.Resolve(scalar);
                if (resolved.Type == YamlScalarType.String)
                {
                    AppendString(output, resolved.Text);
                }
                else
                {
                    output.Append(resolved.Text);
                }

                break;
        }
    }

    private static void AppendString(StringBuilder output, string text)
    {
        output.Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    output.Append('\\').Append(c);
                    break;
                case '\n':
                    output.Append("\\n");
                    break;
                case '\r':
                    output.Append("\\r");
                    break;
                case '\t':
                    output.Append("\\t");
                    break;
                case '\b':
                    output.Append("\\b");
                    break;
                case '\f':
                    output.Append("\\f");
                    break;
                case < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029':
                    output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    output.Append(c);
                    break;
            }
        }

        output.Append('"');
    }
}

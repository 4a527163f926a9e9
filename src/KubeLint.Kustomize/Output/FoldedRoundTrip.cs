using System.Text;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Output;

/// <summary>
/// What becomes of a folded block scalar in kustomize: it writes a resource with go-yaml v3 and reads it again before it
/// prints it, and that writer puts an empty line before each more indented one
/// (https://github.com/yaml/go-yaml/blob/v3.0.1/emitterc.go, yaml_emitter_write_folded_scalar).
/// </summary>
internal static class FoldedRoundTrip
{
    /// <summary>The value as kustomize prints it.</summary>
    public static string Apply(string value)
    {
        if (!value.Contains('\n', StringComparison.Ordinal) || !AllowsBlock(value))
        {
            return value;
        }

        var file = YamlParser.Parse(new SourceText("", Write(value)));
        return file.Documents is [{ Root: YamlScalar scalar }] ? scalar.Value : value;
    }

    private static bool AllowsBlock(string value)
    {
        if (value[^1] == ' ' || value.Contains(" \n", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var c in value)
        {
            if (c != '\t' && !ScalarTraits.IsPrintable(c))
            {
                return false;
            }
        }

        return true;
    }

    private static string Write(string value)
    {
        var text = new StringBuilder(">", value.Length * 2);
        if (value[0] is ' ' or '\n')
        {
            text.Append('2');
        }

        if (value[^1] != '\n')
        {
            text.Append('-');
        }
        else if (value.Length == 1 || value[^2] == '\n')
        {
            text.Append('+');
        }

        text.Append('\n');

        // The writer means to look at the next line, but looks at the first: it spares nearly no line the extra break.
        var first = value.AsSpan().TrimStart('\n');
        var doublesBreaks = !first.IsEmpty && first[0] is not (' ' or '\t');
        var isAfterBreak = true;
        var isIndented = true;
        foreach (var c in value)
        {
            if (c == '\n')
            {
                if (!isAfterBreak && !isIndented && doublesBreaks)
                {
                    text.Append('\n');
                }

                text.Append('\n');
                isAfterBreak = true;
                continue;
            }

            if (isAfterBreak)
            {
                text.Append("  ");
                isIndented = c is ' ' or '\t';
            }

            text.Append(c);
            isAfterBreak = false;
        }

        return text.ToString();
    }
}

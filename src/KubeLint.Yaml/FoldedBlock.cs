using System.Text;

namespace KubeLint.Yaml;

/// <summary>
/// Folds block scalars (<c>&gt;</c>) as the specification and libyaml do (https://yaml.org/spec/1.2.2/#813-folded-style):
/// YamlDotNet loses the empty line between a line and a more indented one.
/// </summary>
internal static class FoldedBlock
{
    /// <summary>The value of a folded block scalar.</summary>
    /// <param name="written">The text from the header on; it may go on behind the scalar.</param>
    /// <param name="parsed">The parser's value, for the rare scalar whose indentation is given by a digit in its header.</param>
    public static string Read(ReadOnlySpan<char> written, string parsed)
    {
        // Only a more indented line keeps line breaks inside; without one there is nothing to fold otherwise.
        var inner = parsed.AsSpan().Trim('\n');
        if (inner.IndexOf("\n ") < 0 && inner.IndexOf("\n\t") < 0)
        {
            return parsed;
        }

        var header = NextLine(ref written);
        var comment = header.IndexOf('#');
        var indicators = comment < 0 ? header : header[..comment];
        if (indicators.IndexOfAnyInRange('0', '9') >= 0)
        {
            return parsed;
        }

        var value = new StringBuilder(parsed.Length + 8);
        var breaks = 0;
        var indent = -1;
        var hasLeadingBreak = false;
        var isLeadingBlank = false;
        while (!written.IsEmpty)
        {
            var line = NextLine(ref written);
            var blanks = line.Length - line.TrimStart(' ').Length;
            if (blanks == line.Length && (indent < 0 || blanks <= indent))
            {
                breaks++;
                continue;
            }

            indent = indent < 0 ? blanks : indent;
            if (blanks < indent)
            {
                break;
            }

            var content = line[indent..];
            var isBlank = content[0] is ' ' or '\t';
            if (hasLeadingBreak && !isLeadingBlank && !isBlank)
            {
                value.Append(breaks == 0 ? " " : "");
            }
            else if (hasLeadingBreak)
            {
                value.Append('\n');
            }

            value.Append('\n', breaks).Append(content);
            breaks = 0;
            hasLeadingBreak = true;
            isLeadingBlank = isBlank;
        }

        // What stands at the end is for the chomping indicator, which the parser follows.
        value.Append(parsed.AsSpan(parsed.AsSpan().TrimEnd('\n').Length));
        return value.ToString();
    }

    private static ReadOnlySpan<char> NextLine(ref ReadOnlySpan<char> text)
    {
        var lineBreak = text.IndexOfAny('\r', '\n', '\u0085');
        if (lineBreak < 0)
        {
            var last = text;
            text = [];
            return last;
        }

        var line = text[..lineBreak];
        var isPair = text[lineBreak] == '\r' && lineBreak + 1 < text.Length && text[lineBreak + 1] == '\n';
        text = text[(lineBreak + (isPair ? 2 : 1))..];
        return line;
    }
}

using System.Globalization;
using System.Text;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>
/// How Flux writes a string before it substitutes: each object is made JSON, then YAML again (sigs.k8s.io/yaml), so that only quotes that YAML needs
/// remain. A text with an expression seldom needs any, and what an expression gives is then read as YAML: as a number, a
/// boolean, a list (https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-substitution-of-numbers-and-booleans).
/// </summary>
internal static class ReemittedScalar
{
    /// <summary>The style in which a string with a <c>$</c> in it is written (go-yaml's emitter, yaml_emitter_analyze_scalar).</summary>
    public static YamlScalarStyle StyleOf(string value, bool isKey)
    {
        bool special = false, lineBreaks = false, spaceBreak = false, breakSpace = false, indicators = false;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var isLast = i + 1 == value.Length;
            indicators |= IsIndicator(c, i == 0, isLast || IsBlank(value[i + 1]), i == 0 || IsBlank(value[i - 1]));
            special |= !IsPrintable(value, i);
            lineBreaks |= c == '\n';
            spaceBreak |= c == '\n' && i > 0 && value[i - 1] == ' ';
            breakSpace |= c == ' ' && i > 0 && value[i - 1] == '\n';
        }

        indicators |= value.StartsWith("---", StringComparison.Ordinal) || value.StartsWith("...", StringComparison.Ordinal);
        var blankEnds = value.Length > 0 && (value[0] is ' ' or '\n' || value[^1] is ' ' or '\n');
        if (special || spaceBreak)
        {
            return YamlScalarStyle.DoubleQuoted;
        }

        if (lineBreaks)
        {
            return isKey || value[^1] == ' ' ? YamlScalarStyle.DoubleQuoted : YamlScalarStyle.Literal;
        }

        return blankEnds || indicators ? breakSpace ? YamlScalarStyle.DoubleQuoted : YamlScalarStyle.SingleQuoted : YamlScalarStyle.Plain;
    }

    /// <summary>The string as it is written in a style, without a block's header and indentation.</summary>
    public static string Write(string value, YamlScalarStyle style) => style switch
    {
        YamlScalarStyle.SingleQuoted => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'",
        YamlScalarStyle.DoubleQuoted => DoubleQuoted(value),
        _ => value,
    };

    /// <summary>Whether a plain text is certainly one plain scalar with just that value.</summary>
    public static bool IsSafePlain(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiLetterOrDigit(text[0]) || text[0] is '/' or '.' or '$' or '_') || text[^1] is ' ' or ':')
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isSafe = char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '/' or '-' or '@' or '+' or '=' or '$' or '{' or '}' or '(' or ')' or ','
                || (c is ':' && text[i + 1] != ' ')
                || (c is ' ' && text[i + 1] is not ('#' or ' '));
            if (!isSafe)
            {
                return false;
            }
        }

        return !text.StartsWith("...", StringComparison.Ordinal);
    }

    private static bool IsIndicator(char c, bool isFirst, bool blankFollows, bool blankPrecedes) => c switch
    {
        ':' => blankFollows,
        '#' => blankPrecedes,
        '?' or '-' => isFirst && blankFollows,
        ',' or '[' or ']' or '{' or '}' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => isFirst,
        _ => false,
    };

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    private static bool IsPrintable(string value, int index) => value[index] switch
    {
        '\n' or (>= ' ' and <= '~') => true,
        < '\u00a0' or '\ufeff' or '\ufffe' or '\uffff' or '\u2028' or '\u2029' => false,
        // go-yaml of this version takes what lies beyond the basic plane for unprintable.
        var c => !char.IsSurrogate(c),
    };

    private static string DoubleQuoted(string value)
    {
        var result = new StringBuilder(value.Length + 8).Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"' or '\\':
                    result.Append('\\').Append(c);
                    break;
                case '\n':
                    result.Append("\\n");
                    break;
                case '\t':
                    result.Append("\\t");
                    break;
                case '\r':
                    result.Append("\\r");
                    break;
                default:
                    if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                    {
                        result.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(c, value[++i]):X8}");
                    }
                    else if (IsPrintable(value, i))
                    {
                        result.Append(c);
                    }
                    else
                    {
                        result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
                    }

                    break;
            }
        }

        return result.Append('"').ToString();
    }
}

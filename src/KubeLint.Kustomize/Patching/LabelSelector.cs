using System.Globalization;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Patching;

/// <summary>A label selector (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors): all of its requirements must hold.</summary>
public sealed class LabelSelector
{
    private const int LongestName = 63;
    private const int LongestPrefix = 253;

    private readonly List<Requirement> requirements;

    private LabelSelector(List<Requirement> requirements)
    {
        this.requirements = requirements;
    }

    private enum Operator
    {
        Exists,
        DoesNotExist,
        In,
        NotIn,
        GreaterThan,
        LessThan,
    }

    /// <summary>Reads a selector such as <c>a=b,c!=d,e in (x,y),!f</c>; the empty text selects all.</summary>
    /// <param name="text">The text.</param>
    /// <param name="selector">The selector; null where the text is none.</param>
    /// <param name="error">What is wrong with the text; null where it is a selector.</param>
    public static bool TryParse(string text, out LabelSelector? selector, out string? error)
    {
        try
        {
            (selector, error) = (new LabelSelector(new Parser(text).Parse()), null);
            return true;
        }
        catch (FormatException problem)
        {
            (selector, error) = (null, problem.Message);
            return false;
        }
    }

    /// <summary>Whether labels, or annotations, meet all requirements.</summary>
    /// <param name="labels">The mapping; null for none.</param>
    public bool Matches(YamlMapping? labels)
    {
        foreach (var requirement in requirements)
        {
            var value = labels?.Find(requirement.Key) is { } entry ? (entry.Value.Resolved as YamlScalar)?.Value ?? string.Empty : null;
            if (!requirement.IsMet(value))
            {
                return false;
            }
        }

        return true;
    }

    private readonly record struct Requirement(string Key, Operator Operator, string[] Values)
    {
        public bool IsMet(string? value) => Operator switch
        {
            Operator.Exists => value is not null,
            Operator.DoesNotExist => value is null,
            Operator.In => value is not null && Array.IndexOf(Values, value) >= 0,
            Operator.NotIn => value is null || Array.IndexOf(Values, value) < 0,
            _ => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var actual)
                && long.TryParse(Values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bound)
                && (Operator == Operator.GreaterThan ? actual > bound : actual < bound),
        };
    }

    private sealed class Parser(string text)
    {
        private const string Symbols = "=!(),<>";
        private int position;

        public List<Requirement> Parse()
        {
            var result = new List<Requirement>();
            if (Peek().Length == 0)
            {
                return result;
            }

            while (true)
            {
                result.Add(ParseRequirement());
                var separator = Next();
                if (separator.Length == 0)
                {
                    return result;
                }

                Expect(separator == ",", separator, "',' or the end");
                Expect(Peek() is "!" || IsWord(Peek()), Peek(), "a key after ','");
            }
        }

        private Requirement ParseRequirement()
        {
            var key = Next();
            var isNegated = key == "!";
            key = isNegated ? Next() : key;
            Expect(IsWord(key), key, "a key");
            if (!IsKey(key))
            {
                throw new FormatException($"'{key}' is no valid key of a label");
            }

            if (isNegated || Peek() is "" or ",")
            {
                return new Requirement(key, isNegated ? Operator.DoesNotExist : Operator.Exists, []);
            }

            var sign = Next();
            var requirement = sign switch
            {
                "in" => new Requirement(key, Operator.In, ParseList()),
                "notin" => new Requirement(key, Operator.NotIn, ParseList()),
                "=" or "==" => new Requirement(key, Operator.In, [ParseValue()]),
                "!=" => new Requirement(key, Operator.NotIn, [ParseValue()]),
                ">" => new Requirement(key, Operator.GreaterThan, [ParseValue()]),
                "<" => new Requirement(key, Operator.LessThan, [ParseValue()]),
                _ => throw Unexpected(sign, "'=', '==', '!=', 'in' or 'notin'"),
            };
            foreach (var value in requirement.Values)
            {
                if (value.Length > 0 && (value.Length > LongestName || !IsName(value)))
                {
                    throw new FormatException($"'{value}' is no valid value of a label");
                }
            }

            if (requirement.Operator is Operator.GreaterThan or Operator.LessThan
                && !long.TryParse(requirement.Values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            {
                throw new FormatException($"Behind '{sign}' a whole number is expected, not '{requirement.Values[0]}'");
            }

            return requirement;
        }

        private string ParseValue()
        {
            if (Peek() is "" or ",")
            {
                return string.Empty;
            }

            var value = Next();
            Expect(IsWord(value), value, "a value");
            return value;
        }

        // Between the commas nothing may stand: that is the empty value.
        private string[] ParseList()
        {
            var open = Next();
            Expect(open == "(", open, "'('");
            var values = new List<string>();
            while (true)
            {
                values.Add(IsWord(Peek()) ? Next() : string.Empty);
                var separator = Next();
                if (separator == ")")
                {
                    return [.. values];
                }

                Expect(separator == ",", separator, "',' or ')'");
            }
        }

        private string Peek()
        {
            var start = position;
            var token = Next();
            position = start;
            return token;
        }

        // The next symbol or word; empty at the end.
        private string Next()
        {
            while (position < text.Length && text[position] is ' ' or '\t' or '\r' or '\n')
            {
                position++;
            }

            if (position == text.Length)
            {
                return string.Empty;
            }

            var start = position++;
            if (Symbols.Contains(text[start], StringComparison.Ordinal))
            {
                var isLong = text[start] is '=' or '!' && position < text.Length && text[position] == '=';
                position += isLong ? 1 : 0;
            }
            else
            {
                while (position < text.Length && text[position] is not (' ' or '\t' or '\r' or '\n') && !Symbols.Contains(text[position], StringComparison.Ordinal))
                {
                    position++;
                }
            }

            return text[start..position];
        }

        private static bool IsWord(string token) => token.Length > 0 && !Symbols.Contains(token[0], StringComparison.Ordinal);

        private static void Expect(bool condition, string found, string expected)
        {
            if (!condition)
            {
                throw Unexpected(found, expected);
            }
        }

        private static FormatException Unexpected(string found, string expected) =>
            new($"Found {(found.Length == 0 ? "the end" : $"'{found}'")}, expected {expected}");

        private static bool IsKey(string key)
        {
            var slash = key.IndexOf('/', StringComparison.Ordinal);
            var name = key[(slash + 1)..];
            return name.Length <= LongestName && IsName(name) && (slash < 0 || IsSubdomain(key[..slash]));
        }

        private static bool IsName(string name)
        {
            if (name.Length == 0 || !char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1]))
            {
                return false;
            }

            foreach (var c in name)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
                {
                    return false;
                }
            }

            return true;
        }

        private static bool IsSubdomain(string prefix)
        {
            if (prefix.Length > LongestPrefix)
            {
                return false;
            }

            foreach (var label in prefix.Split('.'))
            {
                if (!IsName(label) || label.Contains('_', StringComparison.Ordinal) || label.Any(char.IsAsciiLetterUpper))
                {
                    return false;
                }
            }

            return true;
        }
    }
}

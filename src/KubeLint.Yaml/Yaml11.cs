using System.Globalization;

namespace KubeLint.Yaml;

/// <summary>
/// Resolves plain scalars as Kubernetes does: sigs.k8s.io/yaml decodes with go-yaml v2, which follows YAML 1.1
/// (https://github.com/kubernetes-sigs/yaml, goyaml.v2/resolve.go).
/// </summary>
public static class Yaml11
{
    /// <summary>What Kubernetes takes the scalar for.</summary>
    public static YamlScalarType Resolve(YamlScalar scalar) => scalar.Tag switch
    {
        null => scalar.Style == YamlScalarStyle.Plain ? ResolvePlain(scalar.Value) : YamlScalarType.String,
        YamlTags.Integer => YamlScalarType.Integer,
        YamlTags.Float => YamlScalarType.Float,
        YamlTags.Boolean => YamlScalarType.Boolean,
        YamlTags.Null => YamlScalarType.Null,
        _ => YamlScalarType.String,
    };

    /// <summary>What Kubernetes takes an unquoted, untagged text for.</summary>
    public static YamlScalarType ResolvePlain(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return YamlScalarType.Null;
        }

        switch (value[0])
        {
            case '~' or 'n' or 'N' or 'y' or 'Y' or 't' or 'T' or 'f' or 'F' or 'o' or 'O':
                return ResolveWord(value);
            case '.':
                return IsSpecialFloat(value) || IsFloat(value) ? YamlScalarType.Float : YamlScalarType.String;
            case '+' or '-' or (>= '0' and <= '9'):
                return ResolveNumber(value);
            default:
                return YamlScalarType.String;
        }
    }

    /// <summary>Whether a boolean's word means true.</summary>
    public static bool IsTrue(string value) =>
        value is "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON";

    private static YamlScalarType ResolveWord(ReadOnlySpan<char> value) => value switch
    {
        "~" or "null" or "Null" or "NULL" => YamlScalarType.Null,
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => YamlScalarType.Boolean,
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => YamlScalarType.Boolean,
        _ => YamlScalarType.String,
    };

    private static bool IsSpecialFloat(ReadOnlySpan<char> value) => value is
        ".nan" or ".NaN" or ".NAN" or ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF";

    // go-yaml drops every underscore, then asks strconv: ParseInt(plain, 0, 64), ParseUint, then the float pattern.
    private static YamlScalarType ResolveNumber(ReadOnlySpan<char> value)
    {
        if (IsSpecialFloat(value))
        {
            return YamlScalarType.Float;
        }

        Span<char> buffer = value.Length <= 128 ? stackalloc char[value.Length] : new char[value.Length];
        var length = 0;
        foreach (var c in value)
        {
            if (c != '_')
            {
                buffer[length++] = c;
            }
        }

        var plain = (ReadOnlySpan<char>)buffer[..length];
        if (IsInteger(plain))
        {
            return YamlScalarType.Integer;
        }

        return IsFloat(plain) ? YamlScalarType.Float : YamlScalarType.String;
    }

    private static bool IsInteger(ReadOnlySpan<char> text)
    {
        var digits = text[0] is '+' or '-' ? text[1..] : text;
        // strconv.ParseInt takes a sign, ParseUint takes none.
        var limit = text[0] switch
        {
            '-' => 1UL << 63,
            '+' => (ulong)long.MaxValue,
            _ => ulong.MaxValue,
        };
        if (digits.IsEmpty)
        {
            return false;
        }

        if (digits.Length > 2 && digits[0] == '0')
        {
            switch (digits[1])
            {
                case 'x' or 'X':
                    return Fits(digits[2..], 16, limit);
                case 'o' or 'O':
                    return Fits(digits[2..], 8, limit);
                case 'b' or 'B':
                    return Fits(digits[2..], 2, limit);
            }
        }

        // A leading zero means octal; "08" is no octal, and then the float pattern takes it.
        return digits.Length > 1 && digits[0] == '0' ? Fits(digits[1..], 8, limit) : Fits(digits, 10, limit);
    }

    private static bool Fits(ReadOnlySpan<char> digits, uint radix, ulong limit)
    {
        UInt128 sum = 0;
        foreach (var c in digits)
        {
            var digit = c switch
            {
                >= '0' and <= '9' => (uint)(c - '0'),
                >= 'a' and <= 'f' => (uint)(c - 'a' + 10),
                >= 'A' and <= 'F' => (uint)(c - 'A' + 10),
                _ => uint.MaxValue,
            };
            if (digit >= radix)
            {
                return false;
            }

            sum = (sum * radix) + digit;
            if (sum > limit)
            {
                return false;
            }
        }

        return digits.Length > 0;
    }

    // ^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$
    private static bool IsFloat(ReadOnlySpan<char> text)
    {
        var i = text[0] is '+' or '-' ? 1 : 0;
        var whole = CountDigits(text[i..]);
        i += whole;
        var fraction = 0;
        if (i < text.Length && text[i] == '.')
        {
            fraction = CountDigits(text[(i + 1)..]);
            i += 1 + fraction;
        }

        if (whole == 0 && fraction == 0)
        {
            return false;
        }

        if (i < text.Length && text[i] is 'e' or 'E')
        {
            i++;
            if (i < text.Length && text[i] is '+' or '-')
            {
                i++;
            }

            var exponent = CountDigits(text[i..]);
            if (exponent == 0)
            {
                return false;
            }

            i += exponent;
        }

        // strconv.ParseFloat fails when the number is out of range: then it stays a string.
        return i == text.Length
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number);
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
        {
            count++;
        }

        return count;
    }
}

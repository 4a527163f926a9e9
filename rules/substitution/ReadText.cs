using System.Globalization;

using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>What a chart's template makes of an unquoted value when it makes a string of it.</summary>
internal static class ReadText
{
    /// <summary>The text; null where it is not known for sure.</summary>
    /// <param name="scalar">The value.</param>
    /// <param name="writesExponents">
    /// Whether the template writes numbers as Go prints them: Flux hands values over as JSON, where each number is a float, and Go
    /// prints one of seven digits and more with an exponent.
    /// </param>
    public static string? Of(YamlScalar scalar, bool writesExponents) => scalar.Type switch
    {
        YamlScalarType.Boolean => Yaml11.IsTrue(scalar.Value) ? "true" : "false",
        YamlScalarType.Integer => OfInteger(scalar.Value, writesExponents),
        YamlScalarType.Float => OfFloat(scalar.Value, writesExponents),
        _ => null,
    };

    private static string? OfInteger(string written, bool writesExponents)
    {
        var text = written.Replace("_", "", StringComparison.Ordinal);
        var isNegative = text[0] == '-';
        var digits = text.TrimStart('+', '-');
        var (radix, rest) = digits.Length > 2 && digits[0] == '0' && char.IsAsciiLetter(digits[1])
            ? (char.ToLowerInvariant(digits[1]) switch { 'x' => 16UL, 'o' => 8UL, _ => 2UL }, digits[2..])
            : digits.Length > 1 && digits[0] == '0' ? (8UL, digits[1..]) : (10UL, digits);
        UInt128 sum = 0;
        foreach (var c in rest)
        {
            sum = (sum * radix) + (uint)(char.IsAsciiDigit(c) ? c - '0' : char.ToLowerInvariant(c) - 'a' + 10);
            if (sum > ulong.MaxValue)
            {
                return null;
            }
        }

        return (isNegative && sum != 0 ? "-" : "") + Number((double)sum, writesExponents);
    }

    private static string? OfFloat(string written, bool writesExponents)
    {
        var text = written.Replace("_", "", StringComparison.Ordinal);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? Number(number, writesExponents) : null;
    }

    // strconv.FormatFloat(x, 'g', -1, 64): the shortest digits, with an exponent below 1e-4 and from 1e6... but no shorter than its digits.
    private static string? Number(double number, bool writesExponents)
    {
        const double MaxExact = 1e15;
        if (number != 0 && Math.Abs(number) is >= MaxExact or < 1e-4)
        {
            return null;
        }

        // 1e6 has seven digits: Go writes it with an exponent, and every larger one.
        const double FirstWithExponent = 1e6;
        if (Math.Abs(number) < FirstWithExponent)
        {
            return number.ToString("R", CultureInfo.InvariantCulture);
        }

        if (!writesExponents)
        {
            return null;
        }

        var digits = number.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = number.ToString("R", CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal).TrimStart('-').TrimEnd('0');
        var exponent = int.Parse(digits.AsSpan(digits.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = shortest.Length > 1 ? $"{shortest[0]}.{shortest[1..]}" : shortest;
        return string.Create(CultureInfo.InvariantCulture, $"{(number < 0 ? "-" : "")}{mantissa}e+{exponent:00}");
    }
}

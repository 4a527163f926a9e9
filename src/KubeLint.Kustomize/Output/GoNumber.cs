using System.Globalization;
using System.Text;

namespace KubeLint.Kustomize.Output;

/// <summary>Prints numbers as Go does on kustomize's way out: first as JSON (encoding/json), then with strconv's <c>'g'</c>.</summary>
internal static class GoNumber
{
    /// <summary>The decimal digits of a text that YAML 1.1 takes for an integer (sign, underscores, <c>0x</c>, <c>0o</c>, <c>0b</c>, a leading zero for octal).</summary>
    public static string FormatInteger(ReadOnlySpan<char> text)
    {
        var isNegative = text[0] == '-';
        var digits = text[0] is '+' or '-' ? text[1..] : text;
        uint radix = 10;
        if (digits.Length > 1 && digits[0] == '0')
        {
            (radix, var prefix) = digits[1] switch
            {
                'x' or 'X' => (16u, 2),
                'o' or 'O' => (8u, 2),
                'b' or 'B' => (2u, 2),
                _ => (8u, 1),
            };
            digits = digits[prefix..];
        }

        var sum = 0UL;
        foreach (var c in digits)
        {
            if (c != '_')
            {
                sum = (sum * radix) + (uint)(char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
            }
        }

        var plain = sum.ToString(CultureInfo.InvariantCulture);
        return isNegative && sum != 0 ? "-" + plain : plain;
    }

    /// <summary>The integer as which JSON's text of the number is read back, where it is one that fits in 64 bits.</summary>
    public static bool TryFormatWhole(double number, out string text)
    {
        text = string.Empty;
        if (number != Math.Truncate(number) || Math.Abs(number) >= 1e21)
        {
            return false;
        }

        // JSON prints the shortest digits that give the number back, then zeros; minus zero is read back as 0.
        var (digits, exponent) = ShortestDigits(Math.Abs(number));
        text = (number < 0 ? "-" : string.Empty) + digits.PadRight(exponent, '0');
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            || long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
    }

    /// <summary>strconv.FormatFloat(number, 'g', -1, 64): an exponent below -4 or above 5 is written.</summary>
    public static string FormatFloat(double number)
    {
        var (digits, exponent) = ShortestDigits(Math.Abs(number));
        var result = new StringBuilder(number < 0 ? "-" : string.Empty);
        if (exponent - 1 is < -4 or >= 6)
        {
            result.Append(digits[0]);
            if (digits.Length > 1)
            {
                result.Append('.').Append(digits, 1, digits.Length - 1);
            }

            var power = exponent - 1;
            return result.Append(power < 0 ? "e-" : "e+").Append(Math.Abs(power).ToString("00", CultureInfo.InvariantCulture)).ToString();
        }

        if (exponent <= 0)
        {
            return result.Append("0.").Append('0', -exponent).Append(digits).ToString();
        }

        return digits.Length <= exponent
            ? result.Append(digits.PadRight(exponent, '0')).ToString()
            : result.Append(digits, 0, exponent).Append('.').Append(digits, exponent, digits.Length - exponent).ToString();
    }

    // The number is 0.DIGITS times ten to the power of Exponent.
    private static (string Digits, int Exponent) ShortestDigits(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var exponent = 0;
        var e = text.IndexOf('E', StringComparison.Ordinal);
        if (e >= 0)
        {
            exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        exponent += point < 0 ? text.Length : point;
        var digits = text.Replace(".", string.Empty, StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        exponent -= digits.Length - significant.Length;
        significant = significant.TrimEnd('0');
        return significant.Length == 0 ? ("0", 1) : (significant, exponent);
    }
}

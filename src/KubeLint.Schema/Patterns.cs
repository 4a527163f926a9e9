using System.Buffers.Text;

namespace KubeLint.Schema;

/// <summary>The forms of text that Kubernetes asks for by name or by a pattern that says little to people.</summary>
internal static class Patterns
{
    /// <summary>The pattern that Flux has for durations.</summary>
    public const string Duration = @"^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$";

    /// <summary>The pattern that Flux has for timeouts.</summary>
    public const string Timeout = @"^([0-9]+(\.[0-9]+)?(ms|s|m))+$";

    /// <summary>What a pattern asks for.</summary>
    public static string Explain(string pattern) => pattern switch
    {
        Duration => "Write a duration: `30s`, `5m`, `1h30m`",
        Timeout => "Write a duration in minutes and seconds: `30s`, `5m`",
        "^(http|https)://.*$" => "Write a URL that begins with `https://` or `http://`",
        "^(http|https|ssh)://.*$" => "Write a URL that begins with `https://`, `http://` or `ssh://`",
        "^oci://.*$" => "Write an address that begins with `oci://`",
        _ => $"It must match `{pattern}`",
    };

    /// <summary>Whether a text matches <see cref="Duration"/>, or <see cref="Timeout"/>.</summary>
    public static bool IsDuration(ReadOnlySpan<char> text, bool withHours)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        while (!text.IsEmpty)
        {
            if (!TakeDigits(ref text) || (text.StartsWith(".") && !TakeDigits(ref text, 1)))
            {
                return false;
            }

            var unit = text.StartsWith("ms") ? 2 : !text.IsEmpty && (text[0] is 's' or 'm' || (withHours && text[0] == 'h')) ? 1 : 0;
            if (unit == 0)
            {
                return false;
            }

            text = text[unit..];
        }

        return true;
    }

    /// <summary>Whether a text is a quantity (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/).</summary>
    public static bool IsQuantity(ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty && text[0] is '+' or '-')
        {
            text = text[1..];
        }

        var hasDigits = TakeDigits(ref text);
        if (text.StartsWith("."))
        {
            hasDigits |= TakeDigits(ref text, 1);
            text = text.StartsWith(".") ? text[1..] : text;
        }

        if (!hasDigits)
        {
            return false;
        }

        if (text is "" or "n" or "u" or "m" or "k" or "M" or "G" or "T" or "P" or "E" or "Ki" or "Mi" or "Gi" or "Ti" or "Pi" or "Ei")
        {
            return true;
        }

        if (text[0] is not ('e' or 'E'))
        {
            return false;
        }

        text = text.Length > 1 && text[1] is '+' or '-' ? text[2..] : text[1..];
        return TakeDigits(ref text) && text.IsEmpty;
    }

    /// <summary>Whether a text is base64; line breaks are passed over, as Go's decoder does.</summary>
    public static bool IsBase64(string text) => Base64.IsValid(text);

    // Takes what stands before the digits, too, where there are some.
    private static bool TakeDigits(ref ReadOnlySpan<char> text, int before = 0)
    {
        var end = before;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        if (end == before)
        {
            return false;
        }

        text = text[end..];
        return true;
    }
}

using System.Globalization;

namespace KubeLint.Kustomize.Output;

/// <summary>
/// The timestamps that go-yaml reads without quotes (https://yaml.org/type/timestamp.html, the part that Go's time.Parse
/// takes): a date, a date and a time parted by blanks, or RFC 3339 with short fields.
/// </summary>
internal static class GoTimestamp
{
    /// <summary>Whether the text is a timestamp, and how encoding/json writes it (RFC 3339, no trailing zeros in the fraction).</summary>
    public static bool TryNormalize(string text, out string normalized)
    {
        normalized = string.Empty;
        if (text.Length < 8 || text[4] != '-' || text.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var position = 5;
        if (!TryReadNumber(text, ref position, out var month) || !TryRead(text, ref position, '-') || !TryReadNumber(text, ref position, out var day))
        {
            return false;
        }

        var year = int.Parse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture);
        // DateTime has no year 0; in Go it is a leap year, as 4 is.
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year == 0 ? 4 : year, month))
        {
            return false;
        }

        var date = $"{year:0000}-{month:00}-{day:00}";
        if (position == text.Length)
        {
            normalized = date + "T00:00:00Z";
            return true;
        }

        var isZoned = text[position] is 'T' or 't';
        if (isZoned)
        {
            position++;
        }
        else if (!TrySkipBlanks(text, ref position))
        {
            return false;
        }

        if (!TryReadTime(text, ref position, out var time))
        {
            return false;
        }

        var zone = "Z";
        if (isZoned && !TryReadZone(text, ref position, out zone))
        {
            return false;
        }

        normalized = $"{date}T{time}{zone}";
        return position == text.Length;
    }

    private static bool TryReadTime(string text, ref int position, out string time)
    {
        time = string.Empty;
        if (!TryReadNumber(text, ref position, out var hour) || !TryRead(text, ref position, ':')
            || !TryReadNumber(text, ref position, out var minute) || !TryRead(text, ref position, ':')
            || !TryReadNumber(text, ref position, out var second)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        time = $"{hour:00}:{minute:00}:{second:00}{ReadFraction(text, ref position)}";
        return true;
    }

    private static string ReadFraction(string text, ref int position)
    {
        if (position + 1 >= text.Length || text[position] is not ('.' or ',') || !char.IsAsciiDigit(text[position + 1]))
        {
            return string.Empty;
        }

        var start = ++position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        // Nanoseconds: what is finer is cut off.
        var digits = text.AsSpan(start, Math.Min(position - start, 9)).TrimEnd('0');
        return digits.IsEmpty ? string.Empty : $".{digits}";
    }

    private static bool TryReadZone(string text, ref int position, out string zone)
    {
        zone = "Z";
        if (TryRead(text, ref position, 'Z'))
        {
            return true;
        }

        var rest = text.AsSpan(position);
        if (rest.Length != 6 || rest[0] is not ('+' or '-') || rest[3] != ':'
            || rest.Slice(1, 2).ContainsAnyExceptInRange('0', '9') || rest.Slice(4, 2).ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var hours = int.Parse(rest.Slice(1, 2), NumberStyles.None, CultureInfo.InvariantCulture);
        var minutes = int.Parse(rest.Slice(4, 2), NumberStyles.None, CultureInfo.InvariantCulture);
        if (hours > 23 || minutes > 59)
        {
            return false;
        }

        position = text.Length;
        if (hours != 0 || minutes != 0)
        {
            zone = rest.ToString();
        }

        return true;
    }

    private static bool TryReadNumber(string text, ref int position, out int number)
    {
        number = 0;
        if (position >= text.Length || !char.IsAsciiDigit(text[position]))
        {
            return false;
        }

        number = text[position++] - '0';
        if (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            number = (number * 10) + text[position++] - '0';
        }

        return true;
    }

    private static bool TryRead(string text, ref int position, char wanted)
    {
        if (position >= text.Length || text[position] != wanted)
        {
            return false;
        }

        position++;
        return true;
    }

    private static bool TrySkipBlanks(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        return position > start;
    }
}

using System.Globalization;
using System.Text;

namespace KubeLint.Reporting;

/// <summary>
/// Makes text of unknown origin safe for a terminal, and tells how wide it stands there. What could move the cursor,
/// change colours or reorder the line (control characters, bidirectional overrides) is shown as an escape.
/// </summary>
public static class DisplayText
{
    // Ranges that stand two columns wide: https://www.unicode.org/Public/16.0.0/ucd/EastAsianWidth.txt (W and F).
    private static readonly int[] WideRanges =
    [
        0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3, 0x25FD, 0x25FE, 0x2614, 0x2615,
        0x2630, 0x2637, 0x2648, 0x2653, 0x267F, 0x267F, 0x268A, 0x268F, 0x2693, 0x2693, 0x26A1, 0x26A1, 0x26AA, 0x26AB, 0x26BD, 0x26BE,
        0x26C4, 0x26C5, 0x26CE, 0x26CE, 0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD,
        0x2705, 0x2705, 0x270A, 0x270B, 0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
        0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55, 0x2E80, 0x303E, 0x3041, 0x3247, 0x3250, 0xA4C6,
        0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6B, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x18D08,
        0x1AFF0, 0x1B2FB, 0x1D300, 0x1D376, 0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A, 0x1F200, 0x1F265,
        0x1F300, 0x1F320, 0x1F32D, 0x1F335, 0x1F337, 0x1F37C, 0x1F37E, 0x1F393, 0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0, 0x1F3F0,
        0x1F3F4, 0x1F3F4, 0x1F3F8, 0x1F43E, 0x1F440, 0x1F440, 0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D, 0x1F54B, 0x1F54E, 0x1F550, 0x1F567,
        0x1F57A, 0x1F57A, 0x1F595, 0x1F596, 0x1F5A4, 0x1F5A4, 0x1F5FB, 0x1F64F, 0x1F680, 0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2,
        0x1F6D5, 0x1F6D7, 0x1F6DC, 0x1F6DF, 0x1F6EB, 0x1F6EC, 0x1F6F4, 0x1F6FC, 0x1F7E0, 0x1F7EB, 0x1F7F0, 0x1F7F0, 0x1F90C, 0x1F93A,
        0x1F93C, 0x1F945, 0x1F947, 0x1F9FF, 0x1FA70, 0x1FAFF, 0x20000, 0x2FFFD, 0x30000, 0x3FFFD,
    ];

    /// <summary>The text with everything that a terminal would obey shown as an escape; line breaks and tabs too.</summary>
    public static string Escape(string text)
    {
        var isClean = true;
        foreach (var character in text)
        {
            if (character is < ' ' or > '~')
            {
                isClean = false;
                break;
            }
        }

        if (isClean)
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length;)
        {
            var length = Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var consumed) == System.Buffers.OperationStatus.Done ? consumed : 1;
            if (length == consumed && !IsUnsafe(text[i], rune))
            {
                result.Append(text, i, length);
            }
            else
            {
                AppendEscape(result, char.IsSurrogate(text[i]) && length == 1 ? text[i] : rune.Value);
            }

            i += length;
        }

        return result.ToString();
    }

    /// <summary>How many columns one text element (a grapheme cluster, already safe) takes.</summary>
    public static int Width(ReadOnlySpan<char> element)
    {
        var width = 0;
        foreach (var rune in element.EnumerateRunes())
        {
            // A cluster is as wide as its widest part: marks add nothing, joined emoji make one; U+FE0F asks for the emoji.
            width = Math.Max(width, rune.Value == 0xFE0F ? 2 : Width(rune));
        }

        return width;
    }

    /// <summary>Whether a terminal could obey the character instead of showing it.</summary>
    public static bool IsUnsafe(char first, Rune rune)
    {
        if (rune.Value is >= ' ' and <= '~')
        {
            return false;
        }

        if (char.IsSurrogate(first) && rune.IsBmp)
        {
            return true;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate => true,
            // Joiners belong to ordinary text (Persian, emoji); what remains reorders it or is invisible.
            UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
            _ => false,
        };
    }

    /// <summary>Appends the shown form of a character: <c>\t</c>, <c>\x1B</c>, <c>\u202E</c>.</summary>
    public static void AppendEscape(StringBuilder result, int value) => _ = value switch
    {
        '\t' => result.Append("\\t"),
        '\n' => result.Append("\\n"),
        '\r' => result.Append("\\r"),
        < 0x100 => result.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}"),
        < 0x10000 => result.Append(CultureInfo.InvariantCulture, $"\\u{value:X4}"),
        _ => result.Append(CultureInfo.InvariantCulture, $"\\U{value:X8}"),
    };

    private static int Width(Rune rune)
    {
        if (rune.Value < 0x300)
        {
            return 1;
        }

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        {
            return 0;
        }

        // The ranges do not overlap, so all bounds are in order: an even insertion point lies between two ranges.
        var index = Array.BinarySearch(WideRanges, rune.Value);
        return index >= 0 || ~index % 2 == 1 ? 2 : 1;
    }
}

using KubeLint.LanguageServer.Protocol;
using KubeLint.Yaml;

using Range = KubeLint.LanguageServer.Protocol.Range;

namespace KubeLint.LanguageServer.Text;

/// <summary>Translates between offsets of a text (UTF-16 code units) and a client's positions (0-based; characters in the encoding agreed upon).</summary>
/// <param name="isUtf8">Whether a position counts bytes of UTF-8 instead of UTF-16 code units.</param>
internal sealed class TextPositions(bool isUtf8)
{
    /// <summary>The name under which the protocol knows the encoding.</summary>
    public string Encoding => isUtf8 ? "utf-8" : "utf-16";

    /// <summary>The position of an offset.</summary>
    public Position ToPosition(SourceText text, int offset)
    {
        var place = text.GetPosition(Math.Clamp(offset, 0, text.Content.Length));
        var character = place.Column - 1;
        return new Position(place.Line - 1, isUtf8 ? System.Text.Encoding.UTF8.GetByteCount(text.Content.AsSpan(offset - character, character)) : character);
    }

    /// <summary>The range of a span.</summary>
    public Range ToRange(SourceText text, TextSpan span) => new(ToPosition(text, span.Start), ToPosition(text, span.End));

    /// <summary>The offset of a position; one outside of the text gives the nearest place in it.</summary>
    public int ToOffset(SourceText text, Position position)
    {
        if (position.Line < 0)
        {
            return 0;
        }

        if (position.Line >= text.LineCount)
        {
            return text.Content.Length;
        }

        var line = text.GetLineSpan(position.Line + 1);
        return line.Start + Math.Min(isUtf8 ? Utf16Length(text.Content.AsSpan(line.Start, line.Length), position.Character) : Math.Max(0, position.Character), line.Length);
    }

    /// <summary>The span of a range.</summary>
    public TextSpan ToSpan(SourceText text, Range range)
    {
        var start = ToOffset(text, range.Start);
        return TextSpan.FromBounds(start, Math.Max(start, ToOffset(text, range.End)));
    }

    private static int Utf16Length(ReadOnlySpan<char> line, int bytes)
    {
        var length = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return length;
    }
}

using System.Text;

using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>Turns edits of a text into a file's new bytes: encoding and byte order mark stay.</summary>
public static class EditedFile
{
    /// <summary>The file's bytes after the edits; null where the text is not all that the bytes hold, so that it cannot be written back.</summary>
    /// <param name="text">The file's text as it was read.</param>
    /// <param name="edits">The edits; they do not overlap.</param>
    /// <param name="original">The file's bytes.</param>
    public static byte[]? Create(SourceText text, IEnumerable<TextEdit> edits, byte[] original)
    {
        if (!CanBeWritten(text, original))
        {
            return null;
        }

        var content = new StringBuilder(text.Content);
        foreach (var edit in edits.OrderByDescending(edit => edit.Span.Start))
        {
            content.Remove(edit.Span.Start, edit.Span.Length).Insert(edit.Span.Start, edit.NewText);
        }

        return Encode(content.ToString(), original);
    }

    /// <summary>Whether the text is all that the bytes hold: no document inside a scalar, and no byte was lost when it was decoded.</summary>
    internal static bool CanBeWritten(SourceText text, byte[] original) => Encode(text.Content, original).AsSpan().SequenceEqual(original);

    private static byte[] Encode(string content, byte[] original)
    {
        Encoding encoding = original switch
        {
            [0xEF, 0xBB, 0xBF, ..] => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
            [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(content)];
    }
}

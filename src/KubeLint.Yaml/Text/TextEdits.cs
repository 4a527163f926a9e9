using System.Collections.Immutable;
using System.Text;

namespace KubeLint.Yaml;

/// <summary>What became of a text's edits.</summary>
/// <param name="Content">The text with the edits; null where they contradict each other.</param>
/// <param name="Conflict">The first two edits that change the same place; null where there are none.</param>
public sealed record TextEditResult(string? Content, (TextEdit First, TextEdit Second)? Conflict);

/// <summary>
/// Applies edits to a text. All that no edit covers stays as it is, line ends included; a byte order mark is no part of
/// the text (<see cref="SourceText.HasByteOrderMark"/>), so who writes the file writes it again.
/// </summary>
public static class TextEdits
{
    /// <summary>Applies edits, whose offsets all refer to the text as it was, in any order.</summary>
    /// <param name="content">The text.</param>
    /// <param name="edits">The edits. Equal ones count once: two findings may ask for the same change.</param>
    /// <returns>The new text; or the two edits that overlap, or insert different texts at one place.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An edit lies outside the text.</exception>
    public static TextEditResult Apply(string content, IEnumerable<TextEdit> edits)
    {
        var sorted = edits.Distinct().OrderBy(edit => edit.Span.Start).ThenBy(edit => edit.Span.End).ToImmutableArray();
        var result = new StringBuilder(content.Length);
        var position = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var edit = sorted[i];
            ArgumentOutOfRangeException.ThrowIfNegative(edit.Span.Start, nameof(edits));
            ArgumentOutOfRangeException.ThrowIfNegative(edit.Span.Length, nameof(edits));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(edit.Span.End, content.Length, nameof(edits));
            if (i > 0 && (edit.Span.Start < position || edit.Span.Start == sorted[i - 1].Span.Start))
            {
                return new TextEditResult(null, (sorted[i - 1], edit));
            }

            result.Append(content, position, edit.Span.Start - position).Append(edit.NewText);
            position = edit.Span.End;
        }

        return new TextEditResult(result.Append(content, position, content.Length - position).ToString(), null);
    }
}

using System.Collections.Immutable;
using System.Text;

namespace KubeLint.Yaml;

/// <summary>
/// Puts a text together from stretches of another and from what stands in place of such stretches. Offsets of the result
/// map to the other text: those of a copied stretch one by one, those of a replacement to all that it replaces.
/// </summary>
/// <param name="parent">The text that the stretches are of.</param>
public sealed class DerivedTextBuilder(SourceText parent)
{
    private readonly StringBuilder content = new();
    private readonly ImmutableArray<OffsetRun>.Builder runs = ImmutableArray.CreateBuilder<OffsetRun>(4);

    /// <summary>Appends a stretch as it stands.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span lies outside the text.</exception>
    public void Copy(TextSpan span)
    {
        Add(span, span.Length, isLinear: true);
        content.Append(parent.Content, span.Start, span.Length);
    }

    /// <summary>Appends what stands in place of a stretch.</summary>
    public void Replace(TextSpan span, string text)
    {
        Add(span, text.Length, isLinear: false);
        content.Append(text);
    }

    /// <summary>The text.</summary>
    public SourceText Build() =>
        new(parent, content.ToString(), runs.Count > 0 ? runs.ToImmutable() : [new OffsetRun(0, 0, 0, IsLinear: true)]);

    private void Add(TextSpan span, int length, bool isLinear)
    {
        // Of stretches that leave nothing the first is kept, so that an empty text has a place.
        if (length > 0 && content.Length == 0)
        {
            runs.Clear();
        }

        if (length > 0 || runs.Count == 0)
        {
            runs.Add(new OffsetRun(content.Length, span.Start, span.Length, isLinear));
        }
    }
}

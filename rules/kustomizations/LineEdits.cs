using KubeLint.Yaml;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Edits of whole lines of block YAML, only where nothing else is lost by them.</summary>
internal static class LineEdits
{
    /// <summary>Removes an item of a block sequence that has its line for itself; null where that is not so.</summary>
    public static TextEdit? RemoveItem(YamlNode item)
    {
        if (item.Source.Parent is not null || item.Derivation is not null || item.Anchor is not null)
        {
            return null;
        }

        var text = item.Source;
        var line = text.GetPosition(item.Span.Start).Line;
        var span = text.GetLineSpan(line);
        var written = text.Content.AsSpan(item.Span.Start, item.Span.Length);
        var whole = text.Content.AsSpan(span.Start, span.Length).Trim();
        if (item.Span.End > span.End || !whole.StartsWith("- ") || !whole[2..].TrimStart().SequenceEqual(written))
        {
            return null;
        }

        return new TextEdit(TextSpan.FromBounds(span.Start, StartOfNext(text, line)), "");
    }

    /// <summary>Removes a key with its block; null where a comment or something else stands on these lines.</summary>
    public static TextEdit? RemoveEntry(YamlMapping mapping, YamlEntry entry)
    {
        var key = entry.Key;
        if (mapping.IsFlow || mapping.Entries.Length < 2 || key.Source.Parent is not null || key.Derivation is not null
            || entry.Value.Source != key.Source || entry.Value.Derivation is not null || mapping.Source != key.Source)
        {
            return null;
        }

        var text = key.Source;
        var first = text.GetPosition(key.Span.Start).Line;
        var last = LastLine(text, entry.Value.Span);
        var start = text.GetLineSpan(first).Start;
        var end = StartOfNext(text, last);
        var before = text.Content.AsSpan(start, key.Span.Start - start);
        return before.Trim().Length > 0 || text.Content.AsSpan(start, end - start).Contains('#') || text.Content.AsSpan(start, end - start).Contains('&')
            ? null : new TextEdit(TextSpan.FromBounds(start, end), "");
    }

    // A block's range may reach over the line breaks behind it.
    private static int LastLine(SourceText text, TextSpan span)
    {
        var end = span.End;
        while (end > span.Start && char.IsWhiteSpace(text.Content[end - 1]))
        {
            end--;
        }

        return text.GetPosition(end).Line;
    }

    private static int StartOfNext(SourceText text, int line) => line < text.LineCount ? text.GetLineSpan(line + 1).Start : text.Content.Length;
}

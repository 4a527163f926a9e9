using System.Text;

namespace KubeLint.Yaml;

/// <summary>
/// Edits of block mappings as they are written: whole lines come and go, and comments, indentation and line ends stay as they are.
/// Where that cannot be promised (a flow mapping, a text inside a scalar, a made node, an anchor that others share), there is no edit.
/// </summary>
public static class BlockEdits
{
    /// <summary>Takes an entry with its lines away; null where it shares a line, holds a comment or an anchor, or nothing would be left of the mapping.</summary>
    /// <param name="mapping">The mapping that holds it.</param>
    /// <param name="key">The entry's key.</param>
    public static TextEdit? Remove(YamlMapping mapping, string key)
    {
        if (mapping.Find(key) is not { } entry || !IsEditable(mapping) || CountOwn(mapping) < 2
            || !IsOwn(mapping, entry.Key) || !IsPlainly(mapping.Source, entry.Key) || !IsPlainly(mapping.Source, entry.Value))
        {
            return null;
        }

        var content = mapping.Source.Content;
        var start = LineStart(content, entry.Key.Span.Start);
        var end = LineEnd(content, Math.Max(entry.Key.Span.End, EndOf(entry.Value)));
        if (!content.AsSpan(start, entry.Key.Span.Start - start).IsWhiteSpace() || content.AsSpan(start, end - start).Contains('#'))
        {
            return null;
        }

        // The line break goes with the lines: the one behind them, or at the text's end the one before.
        var after = SkipBreak(content, end);
        if (after == end && start > 0)
        {
            start = content[start - 1] == '\n' && start > 1 && content[start - 2] == '\r' ? start - 2 : start - 1;
        }

        return new TextEdit(TextSpan.FromBounds(start, after), "");
    }

    /// <summary>Adds an entry behind a mapping's last one that is written on one line; null where there is none.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="lines">The entry's lines, indented as if the mapping stood at the margin.</param>
    public static TextEdit? Insert(YamlMapping mapping, params ReadOnlySpan<string> lines)
    {
        if (!IsEditable(mapping))
        {
            return null;
        }

        var content = mapping.Source.Content;
        for (var i = mapping.Entries.Length - 1; i >= 0; i--)
        {
            var entry = mapping.Entries[i];
            if (!IsOwn(mapping, entry.Key) || entry.Value is not YamlScalar { Style: not (YamlScalarStyle.Literal or YamlScalarStyle.Folded) } value
                || !IsPlainly(mapping.Source, value) || content.AsSpan(value.Span.Start, value.Span.Length).Contains('\n'))
            {
                continue;
            }

            var indent = new string(' ', entry.Key.Span.Start - LineStart(content, entry.Key.Span.Start));
            var at = LineEnd(content, Math.Max(entry.Key.Span.End, value.Span.End));
            var lineBreak = content.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
            var text = new StringBuilder();
            foreach (var line in lines)
            {
                text.Append(lineBreak).Append(indent).Append(line);
            }

            return new TextEdit(new TextSpan(at, 0), text.ToString());
        }

        return null;
    }

    private static bool IsEditable(YamlMapping mapping) =>
        mapping is { IsFlow: false, Anchor: null, Derivation: null } && mapping.Source.Parent is null && mapping.Span.Length > 0;

    private static int CountOwn(YamlMapping mapping) => mapping.Entries.Count(entry => IsOwn(mapping, entry.Key));

    // A patch adds entries that stand elsewhere.
    private static bool IsOwn(YamlMapping mapping, YamlNode key) =>
        ReferenceEquals(key.Source, mapping.Source) && key.Derivation is null && key.Span.Start >= mapping.Span.Start && key.Span.End <= mapping.Span.End;

    // Written here as it stands, with all that is in it.
    private static bool IsPlainly(SourceText source, YamlNode node)
    {
        if (!ReferenceEquals(node.Source, source) || node.Derivation is not null || node.Anchor is not null)
        {
            return false;
        }

        return node switch
        {
            YamlMapping mapping => mapping.Entries.All(entry => IsPlainly(source, entry.Key) && IsPlainly(source, entry.Value)),
            YamlSequence sequence => sequence.Items.All(item => IsPlainly(source, item)),
            _ => true,
        };
    }

    // A block's own span may reach over the blank lines behind it: its last scalar does not.
    private static int EndOf(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping { IsFlow: false, Entries: [.., var last] }:
                return Math.Max(last.Key.Span.End, EndOf(last.Value));
            case YamlSequence { IsFlow: false, Items: [.., var last] }:
                return EndOf(last);
            default:
                var content = node.Source.Content;
                var end = node.Span.End;
                while (end > node.Span.Start && char.IsWhiteSpace(content[end - 1]))
                {
                    end--;
                }

                return end;
        }
    }

    private static int LineStart(string content, int at) => content.LastIndexOf('\n', Math.Max(0, at - 1), Math.Max(0, at)) + 1;

    private static int LineEnd(string content, int at)
    {
        var end = content.IndexOf('\n', at);
        end = end < 0 ? content.Length : end;
        return end > at && content[end - 1] == '\r' ? end - 1 : end;
    }

    private static int SkipBreak(string content, int at)
    {
        at += at < content.Length && content[at] == '\r' ? 1 : 0;
        return at < content.Length && content[at] == '\n' ? at + 1 : at;
    }
}

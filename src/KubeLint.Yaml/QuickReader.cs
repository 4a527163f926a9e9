using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace KubeLint.Yaml;

/// <summary>
/// Reads the YAML that nearly every manifest is written in: block mappings and sequences, scalars and flow collections of one line, literal blocks,
/// anchors, aliases, comments, <c>---</c>. At anything else it gives up, and YamlDotNet reads the text from its beginning: it never decides what is wrong.
/// Whatever it does read comes out as YamlDotNet would have it, which tests hold (docs/adr/0006-quick-reader.md).
/// </summary>
/// <param name="content">The text.</param>
/// <param name="pool">Shares equal strings.</param>
/// <param name="tree">Makes the nodes.</param>
internal sealed class QuickReader(string content, StringPool pool, TreeBuilder tree)
{
    private const int LongestKey = 1000;

    // Line breaks of other kinds, and the mark of byte order.
    private static readonly SearchValues<char> Unusual = SearchValues.Create("\r\u0085\u2028\u2029\uFEFF");
    private static readonly SearchValues<char> FlowEnds = SearchValues.Create(",[]{}\n:#");
    private static readonly SearchValues<char> QuoteEnds = SearchValues.Create("\"\\\n");

    // What stands behind "&" before the node that comes next.
    private string? anchor;
    private readonly List<int> comments = [];
    private LentStack<Level> levels;
    private int position;
    private int lineStart;
    private int lineEnd;
    private bool isOpen;
    private bool hasContent;

    /// <summary>Where the comments begin, in order.</summary>
    public ImmutableArray<int> Comments => [.. comments];

    /// <summary>Reads the text; whether it could. Otherwise what the tree has got is of no use.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public bool TryRead(CancellationToken cancellationToken)
    {
        if (content.AsSpan().ContainsAny(Unusual))
        {
            return false;
        }

        levels = new LentStack<Level>(16);
        try
        {
            return TryReadAll(cancellationToken);
        }
        finally
        {
            levels.Dispose();
        }
    }

    private bool TryReadAll(CancellationToken cancellationToken)
    {
        while (position < content.Length)
        {
            lineStart = position;
            var length = content.AsSpan(position).IndexOf('\n');
            lineEnd = length < 0 ? content.Length : position + length;
            var start = SkipSpaces(position);
            if (start == lineEnd || content[start] == '#')
            {
                EndLine(start);
                continue;
            }

            // A tab may mean much.
            if (content.AsSpan(start, lineEnd - start).Contains('\t'))
            {
                return false;
            }

            if (start == lineStart && content[start] is '-' or '.' or '%' && !IsItem(start))
            {
                if (!TryReadMarker(cancellationToken))
                {
                    return false;
                }

                continue;
            }

            if (!isOpen)
            {
                BeginDocument(start, cancellationToken);
            }

            if (!TryReadLine(start))
            {
                return false;
            }
        }

        return isOpen && TryEndDocument(content.Length);
    }

    private void BeginDocument(int start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        tree.BeginDocument(start);
        isOpen = true;
    }

    private bool TryReadMarker(CancellationToken cancellationToken)
    {
        if (!content.AsSpan(lineStart, lineEnd - lineStart).StartsWith("---", StringComparison.Ordinal) || (isOpen && !TryEndDocument(lineStart)))
        {
            return false;
        }

        BeginDocument(lineStart, cancellationToken);
        return TryEndLine(lineStart + 3);
    }

    private bool TryEndDocument(int end)
    {
        while (levels.Count > 0)
        {
            if (!TryClose())
            {
                return false;
            }
        }

        isOpen = false;
        if (!hasContent)
        {
            return false;
        }

        hasContent = false;
        tree.EndDocument(end);
        return true;
    }

    // A line that begins with a key or with an item of a sequence.
    private bool TryReadLine(int start)
    {
        var indent = start - lineStart;
        var isItem = IsItem(start);
        while (levels.Count > 0 && levels.Items[^1] is var top && (indent < top.Indent || (indent == top.Indent && top.IsIndentless && !isItem)))
        {
            if (!TryClose())
            {
                return false;
            }
        }

        if (levels.Count == 0)
        {
            if (hasContent || !TryOpen(!isItem, start, indent))
            {
                return false;
            }
        }
        else
        {
            ref var top = ref levels.Items[^1];
            if (indent == top.Indent && top.IsMapping != isItem)
            {
                if (!TryFill(ref top))
                {
                    return false;
                }
            }
            else if (!top.IsPending || (indent == top.Indent && !isItem))
            {
                // A scalar that goes on, or a mistake.
                return false;
            }
            else
            {
                var isIndentless = indent == top.Indent;
                top.IsPending = false;
                anchor = top.Anchor;
                if (!TryOpen(!isItem, start, indent))
                {
                    return false;
                }

                levels.Items[^1].IsIndentless = isIndentless;
            }
        }

        hasContent = true;
        return TryReadEntry(start);
    }

    // What stands at a key or an item, with what begins on the same line.
    private bool TryReadEntry(int start)
    {
        while (true)
        {
            if (levels.Items[^1].IsMapping && !TryReadKey(ref start))
            {
                return false;
            }

            // Behind the colon, or the dash.
            var behind = levels.Items[^1].IsMapping ? start : start + 1;
            var value = SkipSpaces(behind);
            if (value < lineEnd && content[value] == '&')
            {
                // One before a key is the key's.
                if (!TryReadName(value, out var end, out anchor) || (SkipSpaces(end) is var next && next < lineEnd && IsKey(next)))
                {
                    return false;
                }

                behind = end;
                value = next;
            }

            if (value == lineEnd || content[value] == '#')
            {
                ref var top = ref levels.Items[^1];
                top.IsPending = true;
                top.PendingAt = behind;
                top.Anchor = TakeAnchor();
                return TryEndLine(behind);
            }

            if (levels.Items[^1].IsMapping || !(IsItem(value) || IsKey(value)))
            {
                return TryReadValue(value);
            }

            if (!TryOpen(!IsItem(value), value, value - lineStart))
            {
                return false;
            }

            start = value;
        }
    }

    private bool TryReadKey(ref int start)
    {
        var end = FindKeyEnd(start);
        if (end < 0)
        {
            return false;
        }

        if (content[start] is '"' or '\'')
        {
            var next = start;
            if (!TryReadQuoted(ref next))
            {
                return false;
            }
        }
        else if (!AddScalar(TextSpan.FromBounds(start, end), pool.Get(content.AsSpan(start, end - start)), YamlScalarStyle.Plain))
        {
            return false;
        }

        start = end + 1;
        return true;
    }

    private bool IsKey(int start) => FindKeyEnd(start) >= 0;

    // The colon behind a key on this line; negative where there is no key that is surely one.
    private int FindKeyEnd(int start)
    {
        if (content[start] is '"' or '\'')
        {
            var behind = FindQuote(start) + 1;
            return behind > 0 && behind < lineEnd && content[behind] == ':' && IsBlank(behind + 1) ? behind : -1;
        }

        if (!CanBeginPlain(start))
        {
            return -1;
        }

        for (var i = start; i < lineEnd; i++)
        {
            if (content[i] == ':' && IsBlank(i + 1))
            {
                return content[i - 1] == ' ' || i - start > LongestKey ? -1 : i;
            }

            if (content[i] == '#' && content[i - 1] == ' ')
            {
                return -1;
            }
        }

        return -1;
    }

    private bool TryReadValue(int start)
    {
        switch (content[start])
        {
            case '|':
                return TryReadLiteral(start);
            case '*':
                // An alias cannot have an anchor.
                return anchor is null && TryReadName(start, out var last, out var name) && tree.AddAlias(TextSpan.FromBounds(start, last), name!) && TryEndLine(last);
            case '[' or '{':
                return TryReadFlow(ref start) && TryEndLine(start);
            case '"' or '\'':
                return TryReadQuoted(ref start) && TryEndLine(start);
            default:
                if (!CanBeginPlain(start))
                {
                    return false;
                }

                var end = start;
                while (end < lineEnd && !(content[end] == '#' && content[end - 1] == ' '))
                {
                    if (content[end] == ':' && IsBlank(end + 1))
                    {
                        return false;
                    }

                    end++;
                }

                var behind = end;
                while (content[end - 1] == ' ')
                {
                    end--;
                }

                return AddScalar(TextSpan.FromBounds(start, end), pool.Get(content.AsSpan(start, end - start)), YamlScalarStyle.Plain) && TryEndLine(behind);
        }
    }

    private bool TryReadQuoted(ref int start)
    {
        var end = FindQuote(start);
        if (end < 0)
        {
            return false;
        }

        var inner = content.AsSpan(start + 1, end - start - 1);
        var isDouble = content[start] == '"';
        string? value;
        if (isDouble)
        {
            value = inner.Contains('\\') ? Unescape(inner) : pool.Get(inner);
        }
        else
        {
            value = inner.Contains('\'') ? inner.ToString().Replace("''", "'", StringComparison.Ordinal) : pool.Get(inner);
        }

        if (value is null || !AddScalar(TextSpan.FromBounds(start, end + 1), value, isDouble ? YamlScalarStyle.DoubleQuoted : YamlScalarStyle.SingleQuoted))
        {
            return false;
        }

        start = end + 1;
        return true;
    }

    // The quote that ends a text on its line; negative where none does.
    private int FindQuote(int start)
    {
        var quote = content[start];
        var i = start + 1;
        while (true)
        {
            var rest = content.AsSpan(i, lineEnd - i);
            var found = quote == '"' ? rest.IndexOfAny(QuoteEnds) : rest.IndexOf('\'');
            if (found < 0)
            {
                return -1;
            }

            i += found;
            var isEscape = content[i] == '\\' || (quote == '\'' && i + 1 < lineEnd && content[i + 1] == '\'');
            if (!isEscape)
            {
                return i;
            }

            i += 2;
            if (i > lineEnd)
            {
                return -1;
            }
        }
    }

    // Null where there is an escape that is seldom written.
    private static string? Unescape(ReadOnlySpan<char> text)
    {
        var value = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                value.Append(text[i]);
                continue;
            }

            i++;
            switch (text[i])
            {
                case '"' or '\\':
                    value.Append(text[i]);
                    break;
                case 'n':
                    value.Append('\n');
                    break;
                default:
                    return null;
            }
        }

        return value.ToString();
    }

    private bool TryReadFlow(ref int start)
    {
        if (content[start] is not ('[' or '{'))
        {
            return content[start] is '"' or '\'' ? TryReadQuoted(ref start) : TryReadFlowPlain(ref start, isKey: false);
        }

        var isMapping = content[start] == '{';
        if (!tree.Open(isMapping, isFlow: true, start, TakeAnchor()))
        {
            return false;
        }

        var close = isMapping ? '}' : ']';
        var next = SkipSpaces(start + 1);
        var isFirst = true;
        while (next < lineEnd && !(isFirst && content[next] == close))
        {
            if (isMapping && !TryReadFlowKey(ref next))
            {
                return false;
            }

            if (next >= lineEnd || !TryReadFlow(ref next))
            {
                return false;
            }

            isFirst = false;
            next = SkipSpaces(next);
            if (next < lineEnd && content[next] == close)
            {
                break;
            }

            if (next >= lineEnd || content[next] != ',')
            {
                return false;
            }

            next = SkipSpaces(next + 1);
        }

        start = next + 1;
        return next < lineEnd && tree.Close(next);
    }

    private bool TryReadFlowKey(ref int start)
    {
        if (!(content[start] is '"' or '\'' ? TryReadQuoted(ref start) : TryReadFlowPlain(ref start, isKey: true))
            || start + 1 >= lineEnd || content[start] != ':' || content[start + 1] != ' ')
        {
            return false;
        }

        start = SkipSpaces(start + 1);
        return start < lineEnd;
    }

    private bool TryReadFlowPlain(ref int start, bool isKey)
    {
        var length = CanBeginPlain(start) && content[start] != '-' ? content.AsSpan(start, lineEnd - start).IndexOfAny(FlowEnds) : -1;
        if (length <= 0 || (isKey ? content[start + length] != ':' || content[start + length - 1] == ' ' : content[start + length] is not (',' or ']' or '}')))
        {
            return false;
        }

        var value = content.AsSpan(start, length).TrimEnd(' ');
        if (!AddScalar(new TextSpan(start, value.Length), pool.Get(value), YamlScalarStyle.Plain))
        {
            return false;
        }

        start += length;
        return true;
    }

    // Only the usual header, and lines of at least one indentation; the last of them ends with a line break.
    private bool TryReadLiteral(int start)
    {
        var isStripped = start + 1 < lineEnd && content[start + 1] == '-';
        if (SkipSpaces(start + (isStripped ? 2 : 1)) != lineEnd || lineEnd == content.Length)
        {
            return false;
        }

        var value = new StringBuilder();
        var parent = levels.Items[^1].Indent;
        var indent = -1;
        var breaks = 0;
        var end = -1;
        position = lineEnd + 1;
        while (position < content.Length)
        {
            var length = content.AsSpan(position).IndexOf('\n');
            var lineBreak = length < 0 ? content.Length : position + length;
            var first = position;
            while (first < lineBreak && content[first] == ' ')
            {
                first++;
            }

            var blanks = first - position;
            if (first == lineBreak)
            {
                // One with more blanks than the others is no empty line.
                if (indent < 0 || blanks > indent)
                {
                    return false;
                }

                breaks++;
            }
            else
            {
                if (indent < 0)
                {
                    indent = blanks;
                    if (content[first] == '\t')
                    {
                        return false;
                    }
                }

                if (blanks < indent || indent <= parent)
                {
                    break;
                }

                if (length < 0)
                {
                    return false;
                }

                // The break behind the line before, and those of empty lines.
                value.Append('\n', end < 0 ? 0 : breaks + 1).Append(content, position + indent, lineBreak - position - indent);
                breaks = 0;
                end = lineBreak;
            }

            if (length < 0)
            {
                position = content.Length;
                break;
            }

            position = lineBreak + 1;
        }

        if (end < 0)
        {
            return false;
        }

        if (!isStripped)
        {
            value.Append('\n');
        }

        return AddScalar(TextSpan.FromBounds(start, end), pool.Get(value.ToString()), YamlScalarStyle.Literal);
    }

    private bool TryOpen(bool isMapping, int start, int indent)
    {
        if (!tree.Open(isMapping, isFlow: false, start, TakeAnchor()))
        {
            return false;
        }

        levels.Push(new Level { Indent = indent, IsMapping = isMapping });
        return true;
    }

    private bool TryClose()
    {
        if (!TryFill(ref levels.Items[^1]))
        {
            return false;
        }

        levels.Pop();
        return tree.Close(lineStart);
    }

    // A key or an item without anything behind it.
    private bool TryFill(ref Level level)
    {
        var isFilled = level.IsPending;
        level.IsPending = false;
        return !isFilled || (level.Anchor is null && AddScalar(new TextSpan(level.PendingAt, 0), "", YamlScalarStyle.Plain));
    }

    private bool AddScalar(TextSpan span, string value, YamlScalarStyle style) => tree.AddScalar(span, value, style, TakeAnchor());

    private string? TakeAnchor()
    {
        var taken = anchor;
        anchor = null;
        return taken;
    }

    // The name behind "&" or "*", of usual characters.
    private bool TryReadName(int start, out int end, out string? name)
    {
        end = start + 1;
        while (end < lineEnd && (char.IsAsciiLetterOrDigit(content[end]) || content[end] is '_' or '-'))
        {
            end++;
        }

        name = end > start + 1 && IsBlank(end) ? pool.Get(content.AsSpan(start + 1, end - start - 1)) : null;
        return name is not null;
    }

    private bool TryEndLine(int behind)
    {
        var start = SkipSpaces(behind);
        if (start != lineEnd && (content[start] != '#' || content[start - 1] != ' '))
        {
            return false;
        }

        EndLine(start);
        return true;
    }

    private void EndLine(int start)
    {
        if (start < lineEnd)
        {
            comments.Add(start);
        }

        position = Math.Min(lineEnd + 1, content.Length);
    }

    private int SkipSpaces(int start)
    {
        while (start < lineEnd && content[start] == ' ')
        {
            start++;
        }

        return start;
    }

    private bool IsBlank(int index) => index >= lineEnd || content[index] == ' ';

    private bool IsItem(int start) => content[start] == '-' && IsBlank(start + 1);

    private bool CanBeginPlain(int start) => content[start] switch
    {
        ',' or '[' or ']' or '{' or '}' or '#' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' or '?' or ':' or ' ' => false,
        '-' => !IsBlank(start + 1),
        _ => true,
    };

    /// <summary>An open block collection.</summary>
    private struct Level
    {
        /// <summary>The column of its keys or dashes, from 0.</summary>
        public int Indent;
        public bool IsMapping;

        /// <summary>Whether it is a sequence whose dashes stand below the key that it belongs to.</summary>
        public bool IsIndentless;

        /// <summary>Whether the last key or item has no value yet.</summary>
        public bool IsPending;

        /// <summary>The offset behind that key's colon or that item's dash.</summary>
        public int PendingAt;

        /// <summary>The anchor behind it, of the value that is to come.</summary>
        public string? Anchor;
    }
}

using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeLint.Yaml;

/// <summary>Builds trees from events, without recursion: the nesting of the input is not the nesting of the stack.</summary>
/// <param name="text">The text.</param>
/// <param name="limits">What it may cost.</param>
/// <param name="pool">Shares equal strings.</param>
/// <param name="part">The range of the text that is parsed.</param>
/// <param name="firstIndex">The number of the first document.</param>
internal sealed class TreeBuilder(SourceText text, YamlLimits limits, StringPool pool, TextSpan part, int firstIndex) : IDisposable
{
    // YAML 1.1 (https://yaml.org/spec/1.1/#id871136) knows more of them than other languages, and YamlDotNet as go-yaml keep to it.
    internal static readonly SearchValues<char> LineBreaks = SearchValues.Create("\r\n\u0085\u2028\u2029");

    private static readonly SearchValues<char> PropertyEnds = SearchValues.Create(" \t\r\n\u0085\u2028\u2029,[]{}");

    private readonly ImmutableArray<YamlDocument>.Builder documents = ImmutableArray.CreateBuilder<YamlDocument>(1);

    // The children of all open collections, outermost first: a frame knows where its own begin. Lent, as a text is read in no time and there are many.
    private LentStack<YamlNode> nodes = new(64);
    private LentStack<Frame> frames = new(16);
    private Dictionary<string, Anchored>? anchors;
    private int count;
    private long expanded;
    private readonly int partEnd = part.End;

    public List<YamlProblem> Problems { get; } = [];

    /// <summary>The documents that are complete. To be asked once.</summary>
    public ImmutableArray<YamlDocument> TakeDocuments() => documents.DrainToImmutable();

    public void Dispose()
    {
        nodes.Dispose();
        frames.Dispose();
    }

    public bool TryBuild(string content, CancellationToken cancellationToken)
    {
        var scanner = new Scanner(new StringReader(content), skipComments: true);
        try
        {
            var parser = new Parser(new SteadyScanner(scanner));
            while (parser.MoveNext())
            {
                if (parser.Current is DocumentStart)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                if (!Accept(parser.Current!))
                {
                    return false;
                }
            }

            return true;
        }
        catch (YamlException error)
        {
            // Some errors come without a place: then it is where the scanner stands.
            var hasPlace = error.End.Index > 0;
            var start = Clamp(hasPlace ? error.Start.Index : scanner.CurrentPosition.Index);
            var end = Math.Max(start, Clamp(error.End.Index));
            AddProblem(YamlProblemKind.Syntax, error.Message.TrimEnd('.', ' '), OneLine(start, end));
            return false;
        }
        catch (Exception other) when (other is not OperationCanceledException)
        {
            // YamlDotNet throws other types on some broken inputs; for us they are all bad syntax.
            AddProblem(YamlProblemKind.Syntax, "The document breaks off here: something before this place is not closed, or this does not belong there", OneLine(Clamp(scanner.CurrentPosition.Index), 0));
            return false;
        }
    }

    private TextSpan OneLine(int start, int end)
    {
        var content = text.Content;
        if (end <= start)
        {
            end = Math.Min(start + 1, content.Length);
        }

        var lineBreak = content.AsSpan(start, end - start).IndexOfAny('\r', '\n');
        return TextSpan.FromBounds(start, lineBreak >= 0 ? start + lineBreak : end);
    }

    private void AddProblem(YamlProblemKind kind, string message, TextSpan span, TextSpan? related = null) =>
        Problems.Add(new YamlProblem(kind, message, span, related));

    private bool Accept(ParsingEvent item)
    {
        switch (item)
        {
            case Scalar scalar:
                return Add(MakeScalar(scalar), 1, 1, NameOf(scalar.Anchor));
            case MappingStart start:
                return Open(isMapping: true, start.Style == MappingStyle.Flow, ValueSpan(start, isEmpty: false), Extras(start));
            case SequenceStart start:
                return Open(isMapping: false, start.Style == SequenceStyle.Flow, ValueSpan(start, isEmpty: false), Extras(start));
            case MappingEnd or SequenceEnd:
                return Close(SpanOf(item).Start);
            case AnchorAlias alias:
                return AddAlias(SpanOf(alias), alias.Value.Value);
            case DocumentStart start:
                BeginDocument(SpanOf(start).Start);
                return true;
            case DocumentEnd end:
                EndDocument(SpanOf(end).End);
                return true;
            default:
                return true;
        }
    }

    /// <summary>Begins a document.</summary>
    public void BeginDocument(int start)
    {
        anchors?.Clear();
        nodes.Clear();
        frames.Clear();
        count = 0;
        expanded = 0;
        frames.Push(new Frame { Span = new TextSpan(start, 0) });
    }

    /// <summary>Ends a document: its tree is complete.</summary>
    public void EndDocument(int end)
    {
        var begin = frames.Pop().Span.Start;

        // The parser gives an empty document an empty scalar, at a place that may be in the next document.
        var root = nodes.Items is [not YamlScalar { Span.Length: 0, Style: YamlScalarStyle.Plain, Tag: null, Anchor: null }, ..] ? nodes.Items[0] : null;
        documents.Add(new YamlDocument(firstIndex + documents.Count, root, TextSpan.FromBounds(begin, Math.Max(begin, end))));
    }

    /// <summary>Opens a collection without a tag; whether the limits allow it.</summary>
    public bool Open(bool isMapping, bool isFlow, int start, string? anchor) =>
        Open(isMapping, isFlow, new TextSpan(start, 0), anchor is null ? null : new NodeExtras(Anchor: anchor));

    /// <summary>Adds a scalar without a tag; whether the limits allow it.</summary>
    public bool AddScalar(TextSpan span, string value, YamlScalarStyle style, string? anchor) =>
        Add(new YamlScalar(text, span, value, style, anchor is null ? null : new NodeExtras(Anchor: anchor)), 1, 1, anchor);

    /// <summary>Adds an alias; whether its anchor stands before it and the limits allow it.</summary>
    public bool AddAlias(TextSpan span, string name)
    {
        if (anchors is null || !anchors.TryGetValue(name, out var target))
        {
            AddProblem(YamlProblemKind.Syntax, $"The alias '*{name}' has no anchor before it", span);
            return false;
        }

        // Code that follows aliases must not meet deeper trees, or more of them, than code that does not.
        expanded += target.Size;
        if (expanded > limits.MaxExpandedNodes)
        {
            AddProblem(YamlProblemKind.Limit, $"The document's aliases stand for more than {limits.MaxExpandedNodes:N0} nodes", OneLine(span.Start, span.End));
            return false;
        }

        if (frames.Count + target.Height - 2 > limits.MaxDepth)
        {
            AddProblem(YamlProblemKind.Limit, $"Collections nest deeper than {limits.MaxDepth} levels with what the aliases stand for", OneLine(span.Start, span.End));
            return false;
        }

        return Add(new YamlAlias(text, span, name, target.Node), target.Size, target.Height, anchor: null);
    }

    private bool Open(bool isMapping, bool isFlow, TextSpan span, NodeExtras? extras)
    {
        if (frames.Count > limits.MaxDepth)
        {
            AddProblem(YamlProblemKind.Limit, $"Collections nest deeper than {limits.MaxDepth} levels", OneLine(span.Start, span.Start));
            return false;
        }

        frames.Push(new Frame
        {
            IsMapping = isMapping,
            IsFlow = isFlow,
            Span = span,
            Extras = extras,
            First = nodes.Count,
        });
        return true;
    }

    /// <summary>Closes the collection opened last; whether the limits allow what it has become.</summary>
    /// <param name="end">Where a flow collection's bracket is.</param>
    public bool Close(int end)
    {
        var frame = frames.Pop();
        ReadOnlySpan<YamlNode> children = nodes.Items[frame.First..];
        var span = CollectionSpan(frame, children, end);
        YamlNode node;
        if (frame.IsMapping)
        {
            var entries = new YamlEntry[children.Length / 2];
            for (var i = 0; i < entries.Length; i++)
            {
                entries[i] = new YamlEntry(children[2 * i], children[(2 * i) + 1]);
            }

            CheckKeys(entries);
            node = new YamlMapping(text, span, ImmutableCollectionsMarshal.AsImmutableArray(entries), frame.IsFlow, frame.Extras);
        }
        else
        {
            node = new YamlSequence(text, span, ImmutableArray.Create(children), frame.IsFlow, frame.Extras);
        }

        nodes.Cut(frame.First);
        return Add(node, frame.Size + 1, frame.Height + 1, frame.Extras?.Anchor);
    }

    private TextSpan CollectionSpan(in Frame frame, ReadOnlySpan<YamlNode> children, int end)
    {
        if (children.IsEmpty && !frame.IsFlow)
        {
            return new TextSpan(frame.Span.Start, 0);
        }

        if (!frame.IsFlow)
        {
            // The parser sees a block collection's end only at the next token.
            return TextSpan.FromBounds(frame.Span.Start, Math.Max(frame.Span.Start, children[^1].Span.End));
        }

        // The event of a closing bracket ends before it. A pair in a flow sequence ([a: b]) has no brackets, and no place.
        var isBracketed = end < partEnd && text.Content[end] == (frame.IsMapping ? '}' : ']');
        return isBracketed || children.IsEmpty
            ? TextSpan.FromBounds(frame.Span.Start, Math.Max(frame.Span.Start, Math.Min(end + 1, partEnd)))
            : TextSpan.FromBounds(children[0].Span.Start, children[^1].Span.End);
    }

    private void CheckKeys(YamlEntry[] entries)
    {
        var seen = entries.Length > 12 ? new Dictionary<string, YamlNode>(entries.Length, StringComparer.Ordinal) : null;
        for (var i = 0; i < entries.Length; i++)
        {
            var key = entries[i].Key;
            if (entries[i].Name is not { } name)
            {
                // Valid YAML, but go-yaml cannot decode it ("invalid map key"). Mostly a template's braces without quotes.
                AddProblem(YamlProblemKind.ComplexKey, "A key must be a string here, not a mapping or a sequence", OneLine(key.Span.Start, key.Span.End));
                continue;
            }

            // Two merge keys are two sources, not one key twice.
            if (entries[i].IsMerge)
            {
                continue;
            }

            YamlNode? first = null;
            if (seen is null)
            {
                for (var j = 0; j < i && first is null; j++)
                {
                    first = entries[j].Name == name && !entries[j].IsMerge ? entries[j].Key : null;
                }
            }
            else if (!seen.TryAdd(name, key))
            {
                first = seen[name];
            }

            if (first is not null)
            {
                AddProblem(YamlProblemKind.DuplicateKey, $"The key '{name}' is already set in this mapping", key.Span, first.Span);
            }
        }
    }

    private bool Add(YamlNode node, long size, int height, string? anchor)
    {
        if (anchor is not null)
        {
            (anchors ??= new(StringComparer.Ordinal))[anchor] = new Anchored(node, size, height);
        }

        if (++count > limits.MaxNodes)
        {
            AddProblem(YamlProblemKind.Limit, $"The document has more than {limits.MaxNodes:N0} nodes", OneLine(node.Span.Start, node.Span.End));
            return false;
        }

        nodes.Push(node);
        ref var parent = ref frames.Items[^1];
        parent.Size += size;
        parent.Height = Math.Max(parent.Height, height);
        return true;
    }

    private YamlScalar MakeScalar(Scalar scalar)
    {
        var style = scalar.Style switch
        {
            ScalarStyle.SingleQuoted => YamlScalarStyle.SingleQuoted,
            ScalarStyle.DoubleQuoted => YamlScalarStyle.DoubleQuoted,
            ScalarStyle.Literal => YamlScalarStyle.Literal,
            ScalarStyle.Folded => YamlScalarStyle.Folded,
            _ => YamlScalarStyle.Plain,
        };
        var isEmpty = style == YamlScalarStyle.Plain && scalar.Value.Length == 0;
        var span = ValueSpan(scalar, isEmpty);
        if (isEmpty)
        {
            // The event of an absent key may have the place of something before it.
            ref readonly var parent = ref frames.Items[^1];
            var before = nodes.Count > parent.First ? nodes.Items[^1].Span.End : parent.Span.Start;
            span = new TextSpan(Math.Max(span.Start, before), 0);
        }

        if (style is YamlScalarStyle.Literal or YamlScalarStyle.Folded)
        {
            span = TrimBlock(span);
        }

        var value = style == YamlScalarStyle.Folded ? FoldedBlock.Read(text.Content.AsSpan(span.Start, span.Length), scalar.Value) : scalar.Value;
        return new YamlScalar(text, span, pool.Get(value), style, Extras(scalar));
    }

    // A block scalar's event ends where the next token begins: it is cut back to the end of its last line that is not blank.
    private TextSpan TrimBlock(TextSpan span)
    {
        var written = text.Content.AsSpan(span.Start, span.Length);
        var visible = written.TrimEnd(" \r\n").Length;
        var lineBreak = written[visible..].IndexOfAny('\r', '\n');
        return new TextSpan(span.Start, lineBreak < 0 ? written.Length : visible + lineBreak);
    }

    private NodeExtras? Extras(NodeEvent item)
    {
        if (item.Tag.IsEmpty && item.Anchor.IsEmpty)
        {
            return null;
        }

        return new NodeExtras(item.Tag.IsEmpty ? null : pool.Get(item.Tag.Value), NameOf(item.Anchor));
    }

    private static string? NameOf(AnchorName anchor) => anchor.IsEmpty ? null : anchor.Value;

    private int Clamp(long index) => (int)Math.Clamp(part.Start + index, part.Start, partEnd);

    private TextSpan SpanOf(ParsingEvent item)
    {
        var start = Clamp(item.Start.Index);
        var end = Math.Max(start, Clamp(item.End.Index));
        return TextSpan.FromBounds(start, end);
    }

    // An event begins at its anchor or tag; the value's own range begins behind them. The event of a value of nothing but
    // an anchor or tag ends at the next token, wherever that is: such a value stands right behind them.
    private TextSpan ValueSpan(NodeEvent item, bool isEmpty)
    {
        var span = SpanOf(item);
        var properties = (item.Tag.IsEmpty ? 0 : 1) + (item.Anchor.IsEmpty ? 0 : 1);
        if (properties == 0)
        {
            return span;
        }

        var content = text.Content;
        var start = span.Start;
        for (var i = 0; i < properties && start < partEnd && content[start] is '&' or '!'; i++)
        {
            start = SkipProperty(start);
            if (!isEmpty || i + 1 < properties)
            {
                start = SkipBlanks(start);
            }
        }

        return isEmpty ? new TextSpan(start, 0) : TextSpan.FromBounds(start, Math.Max(start, span.End));
    }

    private int SkipProperty(int offset)
    {
        var rest = text.Content.AsSpan(offset, partEnd - offset);
        if (rest.StartsWith("!<"))
        {
            var close = rest.IndexOf('>');
            return close < 0 ? partEnd : offset + close + 1;
        }

        var end = rest.IndexOfAny(PropertyEnds);
        return end < 0 ? partEnd : offset + end;
    }

    private int SkipBlanks(int offset)
    {
        var content = text.Content;
        var position = offset;
        while (position < partEnd)
        {
            if (char.IsWhiteSpace(content[position]))
            {
                position++;
            }
            else if (content[position] == '#' && position > 0 && char.IsWhiteSpace(content[position - 1]))
            {
                var lineEnd = content.AsSpan(position, partEnd - position).IndexOfAny(LineBreaks);
                position = lineEnd < 0 ? partEnd : position + lineEnd;
            }
            else
            {
                break;
            }
        }

        return position;
    }

    private readonly record struct Anchored(YamlNode Node, long Size, int Height);

    /// <summary>An open document or collection.</summary>
    private struct Frame
    {
        public bool IsMapping;
        public bool IsFlow;
        public TextSpan Span;
        public NodeExtras? Extras;

        /// <summary>Where its children begin among all nodes.</summary>
        public int First;

        /// <summary>How many nodes it stands for, aliases followed.</summary>
        public long Size;

        /// <summary>How deep its children nest, aliases followed.</summary>
        public int Height;
    }
}

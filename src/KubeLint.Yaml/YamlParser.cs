using System.Collections.Immutable;

using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeLint.Yaml;

/// <summary>Parses texts to positioned trees. Never throws on any input: what is wrong becomes a <see cref="YamlProblem"/>.</summary>
public static class YamlParser
{
    /// <summary>Parses a text.</summary>
    /// <param name="text">A file's text, or one inside a scalar.</param>
    /// <param name="limits">What it may cost; <see cref="YamlLimits.Default"/> where null.</param>
    /// <param name="cancellationToken">Ends the work between two documents.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static YamlFile Parse(SourceText text, YamlLimits? limits = null, CancellationToken cancellationToken = default)
    {
        limits ??= YamlLimits.Default;
        var content = text.Content;
        var nul = content.IndexOf('\0');
        if (nul >= 0)
        {
            return new YamlFile(text, [], [new YamlProblem(YamlProblemKind.Limit, "The file holds a NUL byte, so it is no text", new TextSpan(nul, 1))]);
        }

        var whole = new TreeBuilder(text, limits, default, 0);
        if (whole.TryBuild(content, cancellationToken))
        {
            return new YamlFile(text, [.. whole.Documents], [.. whole.Problems]);
        }

        // A document marker at the start of a line ends every construct, so each part can be parsed alone: one bad
        // document does not hide the others.
        var documents = ImmutableArray.CreateBuilder<YamlDocument>();
        var problems = ImmutableArray.CreateBuilder<YamlProblem>();
        var index = 0;
        foreach (var part in SplitDocuments(content))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var builder = new TreeBuilder(text, limits, part, index);
            var succeeded = builder.TryBuild(content.Substring(part.Start, part.Length), cancellationToken);
            documents.AddRange(builder.Documents);
            problems.AddRange(builder.Problems);
            index += Math.Max(builder.Documents.Count + (succeeded ? 0 : 1), 0);
        }

        return new YamlFile(text, documents.ToImmutable(), problems.ToImmutable());
    }

    private static IEnumerable<TextSpan> SplitDocuments(string content)
    {
        var start = 0;
        for (var i = 0; i < content.Length; i++)
        {
            var atLineStart = i == 0 || content[i - 1] == '\n';
            if (!atLineStart)
            {
                var next = content.IndexOf('\n', i);
                if (next < 0)
                {
                    break;
                }

                i = next;
                continue;
            }

            var isMarker = i > start
                && string.CompareOrdinal(content, i, "---", 0, 3) == 0
                && (i + 3 == content.Length || content[i + 3] is ' ' or '\t' or '\r' or '\n');
            if (isMarker)
            {
                yield return TextSpan.FromBounds(start, i);
                start = i;
            }
        }

        if (start < content.Length)
        {
            yield return TextSpan.FromBounds(start, content.Length);
        }
    }

    /// <summary>Builds trees from events, without recursion: the nesting of the input is not the nesting of the stack.</summary>
    private sealed class TreeBuilder(SourceText text, YamlLimits limits, TextSpan part, int firstIndex)
    {
        private readonly Stack<Frame> frames = new();
        private readonly Dictionary<string, (YamlNode Node, long Size)> anchors = new(StringComparer.Ordinal);
        private int partEnd;

        public List<YamlDocument> Documents { get; } = [];

        public List<YamlProblem> Problems { get; } = [];

        public bool TryBuild(string content, CancellationToken cancellationToken)
        {
            partEnd = part.Start + content.Length;
            try
            {
                var parser = new Parser(new Scanner(new StringReader(content), skipComments: true));
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
                var start = Math.Clamp(part.Start + (int)error.Start.Index, part.Start, partEnd);
                var end = Math.Clamp(part.Start + (int)error.End.Index, start, partEnd);
                AddProblem(YamlProblemKind.Syntax, Describe(error), OneLine(start, end));
                return false;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // YamlDotNet throws other types on some broken inputs; for us they are all bad syntax.
                AddProblem(YamlProblemKind.Syntax, $"The YAML parser cannot read this document: {error.Message}", OneLine(part.Start, part.Start));
                return false;
            }
        }

        private static string Describe(YamlException error)
        {
            var message = error.Message;
            // "(Line: 1, Col: 2, Idx: 3) - (…): message" in some versions: the position is ours to show.
            var colon = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
            return (colon >= 0 ? message[(colon + 3)..] : message).TrimEnd('.', ' ');
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
                case DocumentStart start:
                    anchors.Clear();
                    frames.Push(new Frame(FrameKind.Document, SpanOf(start), null, false));
                    return true;
                case DocumentEnd end:
                    var document = frames.Pop();
                    var span = TextSpan.FromBounds(document.Span.Start, Math.Max(document.Span.Start, SpanOf(end).End));
                    Documents.Add(new YamlDocument(firstIndex + Documents.Count, document.First, span));
                    return true;
                case MappingStart start:
                    return Open(FrameKind.Mapping, start, start.Style == MappingStyle.Flow);
                case SequenceStart start:
                    return Open(FrameKind.Sequence, start, start.Style == SequenceStyle.Flow);
                case MappingEnd or SequenceEnd:
                    return Close(SpanOf(item));
                case YamlDotNet.Core.Events.Scalar scalar:
                    return Add(MakeScalar(scalar), 1, scalar.Anchor);
                case AnchorAlias alias:
                    return AddAlias(alias);
                default:
                    return true;
            }
        }

        private bool AddAlias(AnchorAlias alias)
        {
            var span = SpanOf(alias);
            var name = alias.Value.Value;
            if (!anchors.TryGetValue(name, out var target))
            {
                AddProblem(YamlProblemKind.Syntax, $"The alias '*{name}' has no anchor before it", span);
                return false;
            }

            return Add(new YamlAlias(text, span, name, target.Node), target.Size, AnchorName.Empty);
        }

        private bool Open(FrameKind kind, NodeEvent start, bool isFlow)
        {
            var span = ValueSpan(start);
            if (frames.Count > limits.MaxDepth)
            {
                AddProblem(YamlProblemKind.Limit, $"Collections nest deeper than {limits.MaxDepth} levels", OneLine(span.Start, span.Start));
                return false;
            }

            frames.Push(new Frame(kind, span, Extras(start), isFlow) { AnchorName = start.Anchor });
            return true;
        }

        private bool Close(TextSpan end)
        {
            var frame = frames.Pop();
            YamlNode node;
            if (frame.Kind == FrameKind.Mapping)
            {
                var entries = ImmutableArray.CreateBuilder<YamlEntry>(frame.Nodes.Count / 2);
                for (var i = 0; i + 1 < frame.Nodes.Count; i += 2)
                {
                    entries.Add(new YamlEntry(frame.Nodes[i], frame.Nodes[i + 1]));
                }

                FindDuplicates(entries);
                node = new YamlMapping(text, CollectionSpan(frame, end), entries.MoveToImmutable(), frame.IsFlow, frame.Extras);
            }
            else
            {
                node = new YamlSequence(text, CollectionSpan(frame, end), [.. frame.Nodes], frame.IsFlow, frame.Extras);
            }

            return Add(node, frame.Size + 1, frame.AnchorName);
        }

        private static TextSpan CollectionSpan(Frame frame, TextSpan end)
        {
            // A block collection ends with its last node; the parser sees its end only at the next token.
            var last = frame.IsFlow || frame.Nodes.Count == 0 ? end.End : frame.Nodes[^1].Span.End;
            return TextSpan.FromBounds(frame.Span.Start, Math.Max(frame.Span.Start, last));
        }

        private void FindDuplicates(ImmutableArray<YamlEntry>.Builder entries)
        {
            if (entries.Count < 2)
            {
                return;
            }

            var seen = entries.Count > 8 ? new Dictionary<string, YamlNode>(entries.Count, StringComparer.Ordinal) : null;
            for (var i = 0; i < entries.Count; i++)
            {
                // Two merge keys are two sources, not one key twice; keys of different types are different keys.
                if (entries[i].IsMerge || entries[i].Name is not { } name)
                {
                    continue;
                }

                YamlNode? first = null;
                if (seen is not null)
                {
                    if (!seen.TryAdd(name, entries[i].Key))
                    {
                        first = seen[name];
                    }
                }
                else
                {
                    for (var j = 0; j < i && first is null; j++)
                    {
                        first = entries[j].Name == name && !entries[j].IsMerge ? entries[j].Key : null;
                    }
                }

                if (first is not null)
                {
                    AddProblem(YamlProblemKind.DuplicateKey, $"The key '{name}' is already set in this mapping", entries[i].Key.Span, first.Span);
                }
            }
        }

        private bool Add(YamlNode node, long size, AnchorName anchor)
        {
            if (!anchor.IsEmpty)
            {
                anchors[anchor.Value] = (node, size);
            }

            var parent = frames.Peek();
            parent.Nodes.Add(node);
            parent.Size += size;
            if (parent.Size > limits.MaxExpandedNodes)
            {
                AddProblem(YamlProblemKind.Limit, $"The document's aliases stand for more than {limits.MaxExpandedNodes:N0} nodes", OneLine(node.Span.Start, node.Span.End));
                return false;
            }

            return true;
        }

        private YamlScalar MakeScalar(YamlDotNet.Core.Events.Scalar scalar)
        {
            var style = scalar.Style switch
            {
                ScalarStyle.SingleQuoted => YamlScalarStyle.SingleQuoted,
                ScalarStyle.DoubleQuoted => YamlScalarStyle.DoubleQuoted,
                ScalarStyle.Literal => YamlScalarStyle.Literal,
                ScalarStyle.Folded => YamlScalarStyle.Folded,
                _ => YamlScalarStyle.Plain,
            };
            var span = ValueSpan(scalar);
            if (style is YamlScalarStyle.Literal or YamlScalarStyle.Folded)
            {
                span = TrimBlock(span);
            }

            return new YamlScalar(text, span, scalar.Value, style, Extras(scalar));
        }

        // A block scalar's event ends where the next token begins; blank lines and comments between are not its own.
        private TextSpan TrimBlock(TextSpan span)
        {
            var content = text.Content;
            var end = span.End;
            while (end > span.Start && char.IsWhiteSpace(content[end - 1]))
            {
                end--;
            }

            return TextSpan.FromBounds(span.Start, end);
        }

        private static NodeExtras? Extras(NodeEvent item)
        {
            var tag = item.Tag.IsEmpty ? null : item.Tag.Value;
            var anchor = item.Anchor.IsEmpty ? null : item.Anchor.Value;
            return tag is null && anchor is null ? null : new NodeExtras(tag, anchor);
        }

        private TextSpan SpanOf(ParsingEvent item)
        {
            var start = Math.Clamp(part.Start + (int)item.Start.Index, part.Start, partEnd);
            var end = Math.Clamp(part.Start + (int)item.End.Index, start, partEnd);
            return TextSpan.FromBounds(start, end);
        }

        // An event begins at its anchor or tag; the value's own range begins behind them.
        private TextSpan ValueSpan(NodeEvent item)
        {
            var span = SpanOf(item);
            if (item.Tag.IsEmpty && item.Anchor.IsEmpty)
            {
                return span;
            }

            var content = text.Content;
            var start = span.Start;
            while (start < partEnd && content[start] is '&' or '!')
            {
                while (start < partEnd && !char.IsWhiteSpace(content[start]) && content[start] is not (',' or ']' or '}'))
                {
                    start++;
                }

                start = SkipBlanks(start);
            }

            return TextSpan.FromBounds(start, Math.Max(start, span.End));
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
                    var lineEnd = content.IndexOf('\n', position, partEnd - position);
                    position = lineEnd < 0 ? partEnd : lineEnd;
                }
                else
                {
                    break;
                }
            }

            return position;
        }
    }

    private enum FrameKind
    {
        Document,
        Mapping,
        Sequence,
    }

    private sealed class Frame(FrameKind kind, TextSpan span, NodeExtras? extras, bool isFlow)
    {
        public FrameKind Kind { get; } = kind;

        public TextSpan Span { get; } = span;

        public NodeExtras? Extras { get; } = extras;

        public bool IsFlow { get; } = isFlow;

        public AnchorName AnchorName { get; init; } = AnchorName.Empty;

        public List<YamlNode> Nodes { get; } = [];

        public long Size { get; set; }

        public YamlNode? First => Nodes.Count == 0 ? null : Nodes[0];
    }
}

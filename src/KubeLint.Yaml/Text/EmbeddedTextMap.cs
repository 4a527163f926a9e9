using System.Collections.Immutable;

namespace KubeLint.Yaml;

/// <summary>
/// Maps offsets of a scalar's value to the text in which it is written, by reading the written form again beside the
/// value: the parser gives only the two ends. Where both do not agree (a computed value), the rest of the value maps to
/// the rest of the scalar.
/// </summary>
internal static class EmbeddedTextMap
{
    public static SourceText Create(YamlScalar scalar)
    {
        var written = scalar.Source.Content.AsSpan(scalar.Span.Start, scalar.Span.Length);
        if (written.SequenceEqual(scalar.Value))
        {
            // A plain scalar of one line, a file as a value, a text that was put together.
            return new SourceText(scalar.Source, scalar.Value, [new OffsetRun(0, scalar.Span.Start, scalar.Span.Length, IsLinear: true)]);
        }

        var reader = new Reader(scalar);
        if (scalar.Style is YamlScalarStyle.Literal or YamlScalarStyle.Folded)
        {
            reader.ReadBlock();
        }
        else
        {
            reader.ReadFlow();
        }

        return new SourceText(scalar.Source, scalar.Value, reader.Finish());
    }

    private ref struct Reader(YamlScalar scalar)
    {
        private readonly ImmutableArray<OffsetRun>.Builder runs = ImmutableArray.CreateBuilder<OffsetRun>();
        private readonly string value = scalar.Value;
        private readonly string content = scalar.Source.Content;
        private readonly TextSpan span = scalar.Span;
        private readonly YamlScalarStyle style = scalar.Style;
        private int inner;
        private int outer;

        public readonly ImmutableArray<OffsetRun> Finish()
        {
            if (inner < value.Length || runs.Count == 0)
            {
                // A block's last blank lines stand behind its span: what comes after them does so, too.
                var from = Math.Max(Math.Clamp(outer, span.Start, span.End), runs.Count == 0 ? 0 : runs[^1].Outer + runs[^1].OuterLength);
                runs.Add(new OffsetRun(inner, from, Math.Max(0, span.End - from), IsLinear: false));
            }

            return runs.ToImmutable();
        }

        // Both texts run in step but for indentation (outer only), line breaks (CRLF is one inside) and folds.
        public void ReadBlock()
        {
            var header = content.AsSpan(span.Start).IndexOfAny(TreeBuilder.LineBreaks);
            outer = header < 0 ? content.Length : Behind(span.Start + header);
            var indentation = Indentation();
            var breaks = new List<TextSpan>();
            while (inner < value.Length)
            {
                // The written line, without its indentation.
                var lineEnd = LineEnd(outer);
                var line = content.AsSpan(outer, lineEnd - outer);
                var blanks = line.Length - line.TrimStart(' ').Length;
                var start = outer + Math.Min(blanks, indentation);
                if (start < lineEnd)
                {
                    MatchBreaks(breaks);
                    breaks.Clear();
                    var length = content.AsSpan(start, lineEnd - start).CommonPrefixLength(value.AsSpan(inner));
                    Linear(start, length);
                    outer = start + length;
                    if (outer < lineEnd)
                    {
                        return;
                    }
                }

                outer = NextLine(lineEnd);
                breaks.Add(TextSpan.FromBounds(lineEnd, outer));
                if (outer >= content.Length)
                {
                    break;
                }
            }

            MatchBreaks(breaks);
        }

        public void ReadFlow()
        {
            var isQuoted = style != YamlScalarStyle.Plain;
            outer = span.Start + (isQuoted ? 1 : 0);
            var end = isQuoted ? Math.Max(outer, span.End - 1) : span.End;
            while (inner < value.Length && outer < end)
            {
                var c = content[outer];
                if (c is ' ' or '\t' or '\r' or '\n' && TryFold(outer, end))
                {
                    continue;
                }

                if (c == '\\' && style == YamlScalarStyle.DoubleQuoted)
                {
                    ReadEscape(end);
                }
                else if (c == '\'' && style == YamlScalarStyle.SingleQuoted)
                {
                    Jump(1, 2);
                }
                else if (c == value[inner])
                {
                    Linear(outer, 1);
                    outer++;
                }
                else
                {
                    return;
                }
            }
        }

        private readonly int LineEnd(int from)
        {
            // One of the kinds that YAML 1.1 knows besides becomes a usual one in the value; the others stay as they are.
            var found = content.AsSpan(from).IndexOfAny('\r', '\n', '\u0085');
            return found < 0 ? content.Length : from + found;
        }

        private readonly int NextLine(int from) => Behind(LineEnd(from));

        // Behind a line break; at the text's end there is none.
        private readonly int Behind(int lineEnd) => lineEnd == content.Length ? lineEnd : lineEnd + (content.AsSpan(lineEnd).StartsWith("\r\n") ? 2 : 1);

        // How much the written lines are indented: by that much the first line that says something is longer than in the value.
        private readonly int Indentation()
        {
            var valueBlanks = BlanksOfFirstLine(value, 0);
            var writtenBlanks = BlanksOfFirstLine(content, outer);
            return valueBlanks < 0 || writtenBlanks < 0 ? int.MaxValue : Math.Max(0, writtenBlanks - valueBlanks);
        }

        private static int BlanksOfFirstLine(string text, int from)
        {
            var blanks = 0;
            for (var i = from; i < text.Length; i++)
            {
                switch (text[i])
                {
                    case ' ':
                        blanks++;
                        break;
                    case '\r' or '\n' or '\u0085':
                        blanks = 0;
                        break;
                    default:
                        return blanks;
                }
            }

            return -1;
        }

        // The line breaks between two written lines and what the value holds for them: as many breaks, or one less
        // (folded), or one blank (folded), or none (the last, stripped).
        private void MatchBreaks(List<TextSpan> breaks)
        {
            var count = value.AsSpan(inner).IndexOfAnyExcept('\n');
            count = count < 0 ? value.Length - inner : count;
            if (count == 0 && breaks.Count == 1 && inner < value.Length && value[inner] == ' ')
            {
                Single(breaks[0]);
                return;
            }

            // Folding drops the first break, stripping at the value's end drops the last ones.
            var first = inner + count < value.Length ? Math.Max(0, breaks.Count - count) : 0;
            for (var i = 0; i < count && first + i < breaks.Count; i++)
            {
                Single(breaks[first + i]);
            }
        }

        private void Single(TextSpan at) => runs.Add(new OffsetRun(inner++, at.Start, at.Length, IsLinear: false));

        private void Linear(int at, int length)
        {
            if (runs.Count > 0 && runs[^1] is { IsLinear: true } last && last.Inner + last.OuterLength == inner && last.Outer + last.OuterLength == at)
            {
                runs[^1] = last with { OuterLength = last.OuterLength + length };
            }
            else if (length > 0)
            {
                runs.Add(new OffsetRun(inner, at, length, IsLinear: true));
            }

            inner += length;
        }

        private void Jump(int innerLength, int outerLength)
        {
            if (innerLength > 0)
            {
                runs.Add(new OffsetRun(inner, outer, outerLength, IsLinear: false));
            }

            inner = Math.Min(inner + innerLength, value.Length);
            outer += outerLength;
        }

        // Blanks around a line break fold: to one blank, or to the line breaks that follow the first.
        private bool TryFold(int from, int end)
        {
            var written = content.AsSpan(from, end - from);
            var blanks = written[..^written.TrimStart(" \t\r\n").Length];
            var breaks = CountBreaks(blanks);
            if (breaks == 0)
            {
                return false;
            }

            Jump(breaks == 1 ? 1 : breaks - 1, blanks.Length);
            return true;
        }

        private static int CountBreaks(ReadOnlySpan<char> blanks) => blanks.Count('\n') + blanks.Count('\r') - blanks.Count("\r\n");

        private void ReadEscape(int end)
        {
            switch (outer + 1 < end ? content[outer + 1] : '\\')
            {
                case 'x':
                    Jump(1, 4);
                    break;
                case 'u':
                    Jump(1, 6);
                    break;
                case 'U':
                    Jump(inner + 1 < value.Length && char.IsSurrogatePair(value[inner], value[inner + 1]) ? 2 : 1, 10);
                    break;
                case '\r' or '\n':
                    // An escaped line break joins the lines; the blanks of the next line go too, empty lines stay.
                    var written = content.AsSpan(outer + 1, end - outer - 1);
                    var blanks = written[..^written.TrimStart(" \t\r\n").Length];
                    Jump(CountBreaks(blanks) - 1, blanks.Length + 1);
                    break;
                default:
                    Jump(1, 2);
                    break;
            }
        }
    }
}

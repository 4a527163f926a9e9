using System.Collections.Immutable;

namespace KubeLint.Yaml;

/// <summary>
/// Maps offsets of a scalar's value to the text in which it is written, by reading the written form again beside the
/// value: the parser gives only the two ends.
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

        var runs = scalar.Style switch
        {
            YamlScalarStyle.Literal or YamlScalarStyle.Folded => Block(written, scalar.Value, scalar.Span.Start),
            _ => Flow(written, scalar.Value, scalar.Span.Start, scalar.Style),
        };
        return new SourceText(scalar.Source, scalar.Value, runs);
    }

    // Both texts run in step but for indentation (outer only) and line breaks (CRLF is one inside; a fold is a blank).
    private static ImmutableArray<OffsetRun> Block(ReadOnlySpan<char> written, string value, int origin)
    {
        var runs = ImmutableArray.CreateBuilder<OffsetRun>();
        var header = written.IndexOf('\n');
        var outer = header < 0 ? written.Length : header + 1;
        var inner = 0;
        while (inner < value.Length)
        {
            // Match the value's line against the written one: skip the blanks by which the written one is longer.
            var innerEnd = value.IndexOf('\n', inner);
            innerEnd = innerEnd < 0 ? value.Length : innerEnd;
            var rest = value.AsSpan(inner, innerEnd - inner);
            while (rest.Length > 0)
            {
                var line = LineAt(written, outer, out var next);
                var start = outer + Indentation(line, rest);
                var length = CommonLength(written[Math.Min(start, written.Length)..], rest);
                runs.Add(new OffsetRun(inner, origin + Math.Min(start, written.Length), length, IsLinear: true));
                inner += length;
                rest = rest[length..];
                if (rest.Length == 0)
                {
                    outer = start + length;
                    break;
                }

                if (next >= written.Length && length == 0)
                {
                    // The value says more than is written: nothing left to map to.
                    inner += rest.Length;
                    break;
                }

                outer = next;
                if (rest[0] == ' ' && length > 0)
                {
                    // The line break that was folded to this blank.
                    runs.Add(new OffsetRun(inner, origin + Math.Max(0, outer - 1), 1, IsLinear: false));
                    inner++;
                    rest = rest[1..];
                }
            }

            if (inner < value.Length && value[inner] == '\n')
            {
                var lineBreak = outer >= written.Length ? -1 : written[outer..].IndexOf('\n');
                var at = lineBreak < 0 ? written.Length : outer + lineBreak;
                runs.Add(new OffsetRun(inner, origin + at, at < written.Length ? 1 : 0, IsLinear: false));
                outer = Math.Min(at + 1, written.Length);
                inner++;
            }
        }

        return Finish(runs, origin + Math.Min(outer, written.Length));
    }

    private static ReadOnlySpan<char> LineAt(ReadOnlySpan<char> written, int start, out int next)
    {
        if (start >= written.Length)
        {
            next = written.Length;
            return [];
        }

        var length = written[start..].IndexOf('\n');
        next = length < 0 ? written.Length : start + length + 1;
        var line = length < 0 ? written[start..] : written.Slice(start, length);
        return line.TrimEnd('\r');
    }

    private static int Indentation(ReadOnlySpan<char> line, ReadOnlySpan<char> rest)
    {
        var blanks = line.Length - line.TrimStart(' ').Length;
        var wanted = rest.Length - rest.TrimStart(' ').Length;
        return Math.Max(0, blanks - wanted);
    }

    private static int CommonLength(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => left.CommonPrefixLength(right);

    // Plain and quoted: a code unit inside is one outside, an escape, a doubled quote, or a folded line break.
    private static ImmutableArray<OffsetRun> Flow(ReadOnlySpan<char> written, string value, int origin, YamlScalarStyle style)
    {
        var runs = ImmutableArray.CreateBuilder<OffsetRun>();
        var outer = style == YamlScalarStyle.Plain ? 0 : 1;
        var end = style == YamlScalarStyle.Plain ? written.Length : Math.Max(outer, written.Length - 1);
        var inner = 0;
        while (inner < value.Length && outer < end)
        {
            var step = written[outer] switch
            {
                '\\' when style == YamlScalarStyle.DoubleQuoted => Escape(written, outer, value, inner),
                '\'' when style == YamlScalarStyle.SingleQuoted => (Inner: 1, Outer: 2),
                ' ' or '\t' or '\r' or '\n' => Fold(written[outer..end], value.AsSpan(inner)),
                _ => (Inner: 1, Outer: 1),
            };
            var isLinear = step.Inner == step.Outer;
            if (isLinear && runs.Count > 0 && runs[^1] is { IsLinear: true } last
                && last.Inner + last.OuterLength == inner && last.Outer + last.OuterLength == origin + outer)
            {
                runs[^1] = last with { OuterLength = last.OuterLength + step.Outer };
            }
            else if (step.Inner > 0)
            {
                runs.Add(new OffsetRun(inner, origin + outer, step.Outer, isLinear));
            }

            inner += step.Inner;
            outer += step.Outer;
        }

        return Finish(runs, origin + outer);
    }

    // Blanks around a line break fold: to one blank, or to the line breaks that follow the first.
    private static (int Inner, int Outer) Fold(ReadOnlySpan<char> written, ReadOnlySpan<char> value)
    {
        var blanks = written.Length - written.TrimStart(" \t\r\n").Length;
        if (written[..blanks].IndexOf('\n') < 0)
        {
            return (1, 1);
        }

        var breaks = written[..blanks].Count('\n') - 1;
        var inner = breaks == 0 ? 1 : breaks;
        return (value.Length > 0 && value[0] is ' ' or '\n' ? Math.Min(inner, value.Length) : 0, blanks);
    }

    private static (int Inner, int Outer) Escape(ReadOnlySpan<char> written, int outer, string value, int inner)
    {
        var kind = outer + 1 < written.Length ? written[outer + 1] : ' ';
        switch (kind)
        {
            case 'x':
                return (1, 4);
            case 'u':
                return (1, 6);
            case 'U':
                return (inner + 1 < value.Length && char.IsSurrogatePair(value[inner], value[inner + 1]) ? 2 : 1, 10);
            case '\r' or '\n':
                // An escaped line break joins the lines; the blanks of the next line go too.
                var rest = written[(outer + 1)..];
                return (0, 1 + rest.Length - rest.TrimStart(" \t\r\n").Length);
            default:
                return (1, 2);
        }
    }

    private static ImmutableArray<OffsetRun> Finish(ImmutableArray<OffsetRun>.Builder runs, int outerEnd)
    {
        if (runs.Count == 0)
        {
            runs.Add(new OffsetRun(0, outerEnd, 0, IsLinear: true));
        }

        return runs.ToImmutable();
    }
}

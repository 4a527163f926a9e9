namespace KubeLint.Yaml;

/// <summary>A range of a text. Offsets count UTF-16 code units from 0; a byte order mark is not counted.</summary>
/// <param name="Start">The first code unit.</param>
/// <param name="Length">How many code units; 0 for a place between two.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The offset just behind the last code unit.</summary>
    public int End => Start + Length;

    /// <summary>A span from two offsets.</summary>
    public static TextSpan FromBounds(int start, int end) => new(start, end - start);

    /// <summary>Whether the offset lies in the span or at its end.</summary>
    public bool Touches(int offset) => offset >= Start && offset <= End;

    /// <summary>Whether the other span lies wholly in this one.</summary>
    public bool Contains(TextSpan other) => other.Start >= Start && other.End <= End;
}

/// <summary>A place in a text as people count. Line and column are 1-based; columns count UTF-16 code units.</summary>
public readonly record struct LinePosition(int Line, int Column) : IComparable<LinePosition>
{
    /// <inheritdoc/>
    public int CompareTo(LinePosition other) => Line != other.Line ? Line.CompareTo(other.Line) : Column.CompareTo(other.Column);

    /// <inheritdoc/>
    public override string ToString() => $"{Line}:{Column}";

    /// <summary>Whether the left place comes first.</summary>
    public static bool operator <(LinePosition left, LinePosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left place comes last.</summary>
    public static bool operator >(LinePosition left, LinePosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left place does not come last.</summary>
    public static bool operator <=(LinePosition left, LinePosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left place does not come first.</summary>
    public static bool operator >=(LinePosition left, LinePosition right) => left.CompareTo(right) >= 0;
}

/// <summary>A range of a file on disk: what a diagnostic points at.</summary>
/// <param name="Text">The file's text, never an embedded one.</param>
/// <param name="Span">The range in it.</param>
public readonly record struct Location(SourceText Text, TextSpan Span)
{
    /// <summary>Where the range begins.</summary>
    public LinePosition Start => Text.GetPosition(Span.Start);

    /// <summary>Where the range ends (exclusive).</summary>
    public LinePosition End => Text.GetPosition(Span.End);

    /// <summary>The part of the range on its first line: enough to point at a large node.</summary>
    public Location FirstLine()
    {
        var lineEnd = Text.GetLineSpan(Start.Line).End;
        return this with { Span = TextSpan.FromBounds(Span.Start, Math.Max(Span.Start, Math.Min(Span.End, lineEnd))) };
    }

    /// <summary><c>path:line:column</c>.</summary>
    public override string ToString() => $"{Text.Path}:{Start}";
}

/// <summary>The replacement of one range by a text.</summary>
/// <param name="Span">The range that goes.</param>
/// <param name="NewText">What stands there afterwards.</param>
public readonly record struct TextEdit(TextSpan Span, string NewText);

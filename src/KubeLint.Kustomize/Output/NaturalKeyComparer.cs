namespace KubeLint.Kustomize.Output;

/// <summary>The order in which go-yaml v2 prints the keys of a mapping: numbers inside keys by value, letters behind anything else (sorter.go).</summary>
internal sealed class NaturalKeyComparer : IComparer<string>
{
    public static NaturalKeyComparer Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (ReferenceEquals(x, y) || x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var i = x.AsSpan().CommonPrefixLength(y);
        if (i == x.Length || i == y.Length)
        {
            return x.Length.CompareTo(y.Length);
        }

        if (i > 0 && char.IsHighSurrogate(x[i - 1]))
        {
            i--;
        }

        var left = CodePoint(x, i);
        var right = CodePoint(y, i);
        var isLetterLeft = IsLetter(x, i);
        var isLetterRight = IsLetter(y, i);
        if (isLetterLeft && isLetterRight)
        {
            return left.CompareTo(right);
        }

        if (isLetterLeft || isLetterRight)
        {
            return isLetterRight ? -1 : 1;
        }

        // A zero behind a digit other than zero is part of a number, not a leading zero.
        var start = (left == '0' || right == '0') && IsInsideNumber(x, i) ? 1L : 0L;
        var (numberLeft, lengthLeft) = ReadNumber(x, i, start);
        var (numberRight, lengthRight) = ReadNumber(y, i, start);
        if (numberLeft != numberRight)
        {
            return numberLeft.CompareTo(numberRight);
        }

        return lengthLeft != lengthRight ? lengthLeft.CompareTo(lengthRight) : left.CompareTo(right);
    }

    private static bool IsInsideNumber(string key, int end)
    {
        for (var i = end - 1; i >= 0 && char.IsDigit(key[i]); i--)
        {
            if (key[i] != '0')
            {
                return true;
            }
        }

        return false;
    }

    private static (long Number, int Length) ReadNumber(string key, int start, long seed)
    {
        var number = seed;
        var i = start;
        while (i < key.Length && char.IsDigit(key[i]))
        {
            // Go lets a number that is too long wrap around, and so does this.
            number = unchecked((number * 10) + key[i] - '0');
            i++;
        }

        return (number, i - start);
    }

    private static int CodePoint(string text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
            ? char.ConvertToUtf32(text[index], text[index + 1])
            : text[index];

    private static bool IsLetter(string text, int index) => char.IsLetter(text, index);
}

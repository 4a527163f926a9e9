namespace KubeLint.Flux;

/// <summary>Reads a version's parts from a text.</summary>
internal ref struct VersionReader(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> text = text;

    /// <summary>The offset of what comes next.</summary>
    public int Position { get; private set; }

    /// <summary>Whether nothing comes.</summary>
    public readonly bool IsAtEnd => Position == text.Length;

    /// <summary>Takes a letter, if it is the next.</summary>
    public bool Take(char letter)
    {
        var isNext = Position < text.Length && text[Position] == letter;
        Position += isNext ? 1 : 0;
        return isNext;
    }

    /// <summary>Takes a text, if it is the next.</summary>
    public bool Take(string expected)
    {
        var isNext = text[Position..].StartsWith(expected);
        Position += isNext ? expected.Length : 0;
        return isNext;
    }

    /// <summary>Takes the <c>v</c> that may stand before a version.</summary>
    public void TakePrefix() => Take('v');

    /// <summary>Takes white space; whether there is some.</summary>
    public bool TakeSpace() => TakeWhile(char.IsWhiteSpace).Length > 0;

    /// <summary>Takes letters as long as they are of a kind.</summary>
    public ReadOnlySpan<char> TakeWhile(Func<char, bool> isOne)
    {
        var start = Position;
        while (Position < text.Length && isOne(text[Position]))
        {
            Position++;
        }

        return text[start..Position];
    }

    /// <summary>Takes <c>-prerelease</c> and <c>+metadata</c>, each where it is there; null where one is begun and empty.</summary>
    public (string Prerelease, string Metadata)? TakeSuffix()
    {
        var prerelease = "";
        var metadata = "";
        if (Take('-'))
        {
            prerelease = TakeParts();
            if (prerelease.Length == 0)
            {
                return null;
            }
        }

        if (Take('+'))
        {
            metadata = TakeParts();
            if (metadata.Length == 0)
            {
                return null;
            }
        }

        return (prerelease, metadata);
    }

    // Words with single dots between them.
    private string TakeParts()
    {
        var start = Position;
        while (TakeWhile(IsIdentifier).Length > 0)
        {
            if (Position + 1 < text.Length && text[Position] == '.' && IsIdentifier(text[Position + 1]))
            {
                Position++;
            }
            else
            {
                break;
            }
        }

        return text[start..Position].ToString();
    }

    private static bool IsIdentifier(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '-';
}

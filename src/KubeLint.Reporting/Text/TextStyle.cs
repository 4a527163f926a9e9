namespace KubeLint.Reporting;

/// <summary>How text looks where it is shown.</summary>
/// <param name="UseColor">Whether ANSI colours are written.</param>
/// <param name="Width">How many columns a line may take; source lines are shortened to it around their caret.</param>
public sealed record TextStyle(bool UseColor = false, int Width = TextStyle.DefaultWidth)
{
    /// <summary>The width where none is known: a file, a pipe.</summary>
    public const int DefaultWidth = 120;
}

/// <summary>ANSI's numbers for the looks that the text report uses (https://www.ecma-international.org/publications-and-standards/standards/ecma-48, SGR).</summary>
internal enum Ink
{
    Bold = 1,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Blue = 34,
    Cyan = 36,
}

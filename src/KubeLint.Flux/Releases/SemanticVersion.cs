using System.Globalization;

namespace KubeLint.Flux;

/// <summary>A version as Helm and Flux read it (https://github.com/Masterminds/semver): a <c>v</c> before it and missing numbers are allowed.</summary>
public sealed record SemanticVersion : IComparable<SemanticVersion>
{
    /// <summary>A version.</summary>
    /// <param name="major">The first number.</param>
    /// <param name="minor">The second number.</param>
    /// <param name="patch">The third number.</param>
    /// <param name="prerelease">What follows the dash; empty where nothing does.</param>
    public SemanticVersion(ulong major, ulong minor, ulong patch, string prerelease = "")
    {
        Major = major;
        Minor = minor;
        Patch = patch;
        Prerelease = prerelease;
    }

    /// <summary>The first number.</summary>
    public ulong Major { get; }

    /// <summary>The second number.</summary>
    public ulong Minor { get; }

    /// <summary>The third number.</summary>
    public ulong Patch { get; }

    /// <summary>What follows the dash: <c>beta.1</c>; empty where nothing does.</summary>
    public string Prerelease { get; }

    /// <summary>Reads a version; null where the text is none. Build metadata is left out: it does not order versions.</summary>
    public static SemanticVersion? Parse(string text)
    {
        var reader = new VersionReader(text);
        reader.TakePrefix();
        var numbers = new ulong[3];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (i > 0 && !reader.Take('.'))
            {
                break;
            }

            if (!TryNumber(reader.TakeWhile(char.IsAsciiDigit), out numbers[i]))
            {
                return null;
            }
        }

        return reader.TakeSuffix() is { } suffix && reader.IsAtEnd && IsPrerelease(suffix.Prerelease)
            ? new SemanticVersion(numbers[0], numbers[1], numbers[2], suffix.Prerelease)
            : null;
    }

    /// <inheritdoc/>
    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var numbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return numbers != 0 ? numbers : ComparePrerelease(Prerelease, other.Prerelease);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}{(Prerelease.Length == 0 ? "" : "-")}{Prerelease}");

    /// <summary>Whether the left version is older.</summary>
    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left version is newer.</summary>
    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left version is not newer.</summary>
    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left version is not older.</summary>
    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    internal static int ComparePrerelease(string left, string right)
    {
        if (left == right)
        {
            return 0;
        }

        // A release is newer than what came before it.
        if (left.Length == 0 || right.Length == 0)
        {
            return left.Length == 0 ? 1 : -1;
        }

        var ours = left.Split('.');
        var theirs = right.Split('.');
        for (var i = 0; i < ours.Length && i < theirs.Length; i++)
        {
            var isNumber = TryNumber(ours[i], out var one);
            var isOtherNumber = TryNumber(theirs[i], out var two);
            var order = isNumber && isOtherNumber ? one.CompareTo(two)
                : isNumber != isOtherNumber ? (isNumber ? -1 : 1)
                : string.CompareOrdinal(ours[i], theirs[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return ours.Length.CompareTo(theirs.Length);
    }

    internal static bool TryNumber(ReadOnlySpan<char> text, out ulong number) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    // A numeric part has no leading zero; which letters are allowed the reader knows.
    internal static bool IsPrerelease(string text)
    {
        foreach (var part in text.Split('.'))
        {
            if (part.Length > 1 && part[0] == '0' && part.All(char.IsAsciiDigit))
            {
                return false;
            }
        }

        return true;
    }
}

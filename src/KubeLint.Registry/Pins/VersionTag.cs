using System.Globalization;

namespace KubeLint.Registry.Pins;

/// <summary>
/// A tag that is a released version: <c>1.64.2</c>, <c>v3.1</c>. Tags with a suffix (<c>1.64.2-alpine</c>, <c>1.65.0-beta.1</c>) are variants or
/// pre-releases and are no versions here: none of them is what <c>latest</c> means.
/// </summary>
public readonly record struct VersionTag : IComparable<VersionTag>
{
    private VersionTag(string tag, int parts, long major, long minor, long patch)
    {
        Tag = tag;
        Parts = parts;
        Major = major;
        Minor = minor;
        Patch = patch;
    }

    /// <summary>The tag as it is.</summary>
    public string Tag { get; }

    /// <summary>How many numbers it has, 1 to 3: <c>1.64</c> moves with each patch, <c>1.64.2</c> should not.</summary>
    public int Parts { get; }

    private long Major { get; }

    private long Minor { get; }

    private long Patch { get; }

    /// <summary>Reads a tag, or says that it is no version.</summary>
    public static bool TryParse(string tag, out VersionTag version)
    {
        ArgumentNullException.ThrowIfNull(tag);
        version = default;
        var text = tag.StartsWith('v') ? tag[1..] : tag;
        var numbers = text.Split('.');
        Span<long> values = [0, 0, 0];
        if (numbers.Length > 3)
        {
            return false;
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            if (!long.TryParse(numbers[i], NumberStyles.None, CultureInfo.InvariantCulture, out values[i]))
            {
                return false;
            }
        }

        // A lone number is more often a build or a date than a version; with a v it is one.
        if (numbers.Length == 1 && !tag.StartsWith('v'))
        {
            return false;
        }

        version = new VersionTag(tag, numbers.Length, values[0], values[1], values[2]);
        return true;
    }

    /// <summary>Higher versions after lower ones; of equal versions the more exact tag after the shorter.</summary>
    public int CompareTo(VersionTag other)
    {
        var order = Major.CompareTo(other.Major);
        order = order != 0 ? order : Minor.CompareTo(other.Minor);
        order = order != 0 ? order : Patch.CompareTo(other.Patch);
        return order != 0 ? order : Parts.CompareTo(other.Parts);
    }

    /// <inheritdoc />
    public override string ToString() => Tag;

    /// <summary>Whether left comes before right.</summary>
    public static bool operator <(VersionTag left, VersionTag right) => left.CompareTo(right) < 0;

    /// <summary>Whether left comes after right.</summary>
    public static bool operator >(VersionTag left, VersionTag right) => left.CompareTo(right) > 0;

    /// <summary>Whether left does not come after right.</summary>
    public static bool operator <=(VersionTag left, VersionTag right) => left.CompareTo(right) <= 0;

    /// <summary>Whether left does not come before right.</summary>
    public static bool operator >=(VersionTag left, VersionTag right) => left.CompareTo(right) >= 0;
}

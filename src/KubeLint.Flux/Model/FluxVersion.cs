using System.Globalization;

namespace KubeLint.Flux;

/// <summary>A Flux version, as far as behaviour depends on it.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number.</param>
public readonly record struct FluxVersion(int Major, int Minor) : IComparable<FluxVersion>
{
    /// <summary>The newest that is known.</summary>
    public static FluxVersion Newest { get; } = new(2, 9);

    /// <summary>
    /// Reads <c>2.7</c>, <c>v2.7.5</c>, and the FluxInstance's <c>2.7.x</c>; of a wider range (<c>2.x</c>, <c>&gt;=2.6</c>) the newest counts. Null where the
    /// text is none of these.
    /// </summary>
    public static FluxVersion? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (text is "*" or "x" || text[0] is '>' or '^')
        {
            return Newest;
        }

        var parts = text.TrimStart('v', '=', '~', ' ').Split('.', '-', '+', '@');
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major))
        {
            return null;
        }

        if (parts.Length < 2 || parts[1] is "x" or "*" or "X")
        {
            return major == Newest.Major ? Newest : new FluxVersion(major, 0);
        }

        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor) ? new FluxVersion(major, minor) : null;
    }

    /// <inheritdoc/>
    public int CompareTo(FluxVersion other) => Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    /// <summary>Whether this is the version or a later one.</summary>
    public bool IsAtLeast(int major, int minor) => CompareTo(new FluxVersion(major, minor)) >= 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    /// <summary>Whether the left version is older.</summary>
    public static bool operator <(FluxVersion left, FluxVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left version is newer.</summary>
    public static bool operator >(FluxVersion left, FluxVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left version is not newer.</summary>
    public static bool operator <=(FluxVersion left, FluxVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left version is not older.</summary>
    public static bool operator >=(FluxVersion left, FluxVersion right) => left.CompareTo(right) >= 0;
}

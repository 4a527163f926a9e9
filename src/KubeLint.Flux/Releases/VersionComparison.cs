namespace KubeLint.Flux;

/// <summary>One comparison of a constraint.</summary>
/// <param name="Operation">What stands before the version; empty where nothing does.</param>
/// <param name="Version">The version, with zeros for what is left out.</param>
/// <param name="Known">How many numbers are written before the first <c>x</c> or the end.</param>
internal sealed record VersionComparison(string Operation, SemanticVersion Version, int Known)
{
    private const int All = 3;

    /// <summary>Whether only this version is meant.</summary>
    public bool IsExact => Operation is "" or "=" && Known == All;

    /// <summary>Whether each release satisfies it.</summary>
    public bool IsAny => Operation switch
    {
        "" or "=" or "~" or "~>" or "^" => Known == 0,
        ">=" or "=>" => Version is { Major: 0, Minor: 0, Patch: 0 },
        _ => false,
    };

    /// <summary>Reads the version behind an operation; null where there is none.</summary>
    public static VersionComparison? Read(ref VersionReader reader, string operation)
    {
        reader.TakePrefix();
        Span<ulong> numbers = [0, 0, 0];
        var known = All;
        for (var i = 0; i < numbers.Length; i++)
        {
            var before = reader;
            if (i > 0 && !reader.Take('.'))
            {
                known = Math.Min(known, i);
                break;
            }

            var part = reader.TakeWhile(letter => char.IsAsciiDigit(letter) || letter is 'x' or 'X' or '*');
            if (part.IsEmpty)
            {
                if (i == 0)
                {
                    return null;
                }

                // A dot with nothing behind it is not this version's: what reads on will refuse it.
                reader = before;
                known = Math.Min(known, i);
                break;
            }

            if (part is "x" or "X" or "*")
            {
                known = Math.Min(known, i);
            }
            else if (!SemanticVersion.TryNumber(part, out var number))
            {
                return null;
            }
            else if (known == All)
            {
                numbers[i] = number;
            }
        }

        return reader.TakeSuffix() is { } suffix && SemanticVersion.IsPrerelease(suffix.Prerelease)
            ? new VersionComparison(operation, new SemanticVersion(numbers[0], numbers[1], numbers[2], suffix.Prerelease), known)
            : null;
    }

    /// <summary>Whether a version satisfies it. Whether prereleases count at all is the group's matter.</summary>
    public bool Allows(SemanticVersion version) => Operation switch
    {
        "" or "=" => Known == All ? version.CompareTo(Version) == 0 : AllowsTilde(version),
        "!=" => AllowsNotEqual(version),
        ">" => AllowsGreater(version),
        "<" => version < Version,
        ">=" or "=>" => version >= Version,
        "<=" or "=<" => AllowsNotGreater(version),
        "~" or "~>" => AllowsTilde(version),
        _ => AllowsCaret(version),
    };

    /// <summary>Versions of which one satisfies a group, if any does: the bounds and what comes next to them.</summary>
    public IEnumerable<SemanticVersion> Candidates()
    {
        var (major, minor, patch, pre) = (Version.Major, Version.Minor, Version.Patch, Version.Prerelease);
        yield return new SemanticVersion(0, 0, 0);
        yield return Version;
        yield return new SemanticVersion(major, minor, patch);
        yield return new SemanticVersion(major, minor, patch, "0");
        yield return new SemanticVersion(major, minor, patch + 1);
        yield return new SemanticVersion(major, minor + 1, 0);
        yield return new SemanticVersion(major + 1, 0, 0);
        if (pre.Length > 0)
        {
            yield return new SemanticVersion(major, minor, patch, $"{pre}.0");
        }
    }

    private bool AllowsNotEqual(SemanticVersion version) => Known switch
    {
        1 => version.Major != Version.Major,
        2 => version.Major != Version.Major || version.Minor != Version.Minor || SemanticVersion.ComparePrerelease(version.Prerelease, Version.Prerelease) != 0,
        _ => version.CompareTo(Version) != 0,
    };

    // >1.2 begins with 1.3, >1 with 2.
    private bool AllowsGreater(SemanticVersion version) => Known switch
    {
        0 or All => version > Version,
        1 => version.Major > Version.Major,
        _ => (version.Major, version.Minor).CompareTo((Version.Major, Version.Minor)) > 0,
    };

    private bool AllowsNotGreater(SemanticVersion version) => Known switch
    {
        0 => version.Major == 0 && version.Minor == 0,
        1 => version.Major <= Version.Major,
        2 => (version.Major, version.Minor).CompareTo((Version.Major, Version.Minor)) <= 0,
        _ => version <= Version,
    };

    private bool AllowsTilde(SemanticVersion version)
    {
        if (version < Version)
        {
            return false;
        }

        var isAll = Version is { Major: 0, Minor: 0, Patch: 0 } && Known is 0 or All;
        return isAll || (version.Major == Version.Major && (Known == 1 || version.Minor == Version.Minor));
    }

    private bool AllowsCaret(SemanticVersion version)
    {
        if (version < Version)
        {
            return false;
        }

        if (Version.Major > 0 || Known == 1)
        {
            return version.Major == Version.Major;
        }

        if (Known == 0)
        {
            return true;
        }

        if (version.Major > 0 || version.Minor != Version.Minor)
        {
            return false;
        }

        return Version.Minor > 0 || Known == 2 || version.Patch == Version.Patch;
    }
}

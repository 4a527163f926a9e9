using System.Collections.Immutable;

namespace KubeLint.Flux;

/// <summary>
/// A constraint on versions as Helm and Flux read it (https://github.com/Masterminds/semver#checking-version-constraints): <c>1.2.3</c>, <c>~1.2</c>, <c>^1</c>,
/// <c>1.x</c>, <c>&gt;=1.2 &lt;2</c>, <c>1.2 - 1.4</c>, <c>1.x || 3.x</c>.
/// </summary>
public sealed class VersionConstraint
{
    private readonly ImmutableArray<ImmutableArray<VersionComparison>> groups;

    private VersionConstraint(string text, ImmutableArray<ImmutableArray<VersionComparison>> groups)
    {
        Text = text;
        this.groups = groups;
    }

    /// <summary>The constraint as written.</summary>
    public string Text { get; }

    /// <summary>The one version that it allows; null where it is a range.</summary>
    public SemanticVersion? Exact => groups is [[{ IsExact: true } only]] ? only.Version : null;

    /// <summary>Whether it allows every release: <c>*</c>, <c>x</c>, <c>&gt;=0</c>.</summary>
    public bool IsAny => groups.Any(group => group.All(comparison => comparison.IsAny));

    /// <summary>Whether it may allow prereleases: one of its comparisons names one.</summary>
    public bool AllowsPrereleases => groups.Any(HasPrerelease);

    /// <summary>Whether some version satisfies it; <c>&gt;2 &lt;1</c> none can.</summary>
    public bool IsSatisfiable => groups.Any(group => group.SelectMany(comparison => comparison.Candidates()).Any(version => Allows(group, version)));

    /// <summary>Reads a constraint; null where Flux would refuse the text.</summary>
    public static VersionConstraint? Parse(string text)
    {
        var groups = ImmutableArray.CreateBuilder<ImmutableArray<VersionComparison>>(1);
        foreach (var part in text.Split("||"))
        {
            if (ParseGroup(part) is not { } group)
            {
                return null;
            }

            groups.Add(group);
        }

        return new VersionConstraint(text, groups.DrainToImmutable());
    }

    /// <summary>Whether a version satisfies it.</summary>
    public bool Allows(SemanticVersion version) => groups.Any(group => Allows(group, version));

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool HasPrerelease(ImmutableArray<VersionComparison> group) => group.Any(comparison => comparison.Version.Prerelease.Length > 0);

    // A prerelease counts only where a comparison of the same group names one.
    private static bool Allows(ImmutableArray<VersionComparison> group, SemanticVersion version) =>
        (version.Prerelease.Length == 0 || HasPrerelease(group)) && group.All(comparison => comparison.Allows(version));

    private static ImmutableArray<VersionComparison>? ParseGroup(string text)
    {
        var reader = new VersionReader(text);
        var group = ImmutableArray.CreateBuilder<VersionComparison>(1);
        reader.TakeSpace();
        do
        {
            if (ReadComparison(ref reader, group) is not { } hasSpace)
            {
                return null;
            }

            var hasComma = reader.Take(',');
            reader.TakeSpace();
            if (reader.IsAtEnd ? hasComma : !hasSpace && !hasComma)
            {
                return null;
            }
        }
        while (!reader.IsAtEnd);

        return group.DrainToImmutable();
    }

    // Adds a comparison, or the two of `1.2 - 1.4`; whether white space follows, null where there is none.
    private static bool? ReadComparison(ref VersionReader reader, ImmutableArray<VersionComparison>.Builder group)
    {
        var operation = TakeOperation(ref reader);
        reader.TakeSpace();
        if (VersionComparison.Read(ref reader, operation) is not { } comparison)
        {
            return null;
        }

        var hasSpace = reader.TakeSpace();
        if (!hasSpace || operation.Length > 0 || !reader.Take('-'))
        {
            group.Add(comparison);
            return hasSpace;
        }

        if (!reader.TakeSpace() || VersionComparison.Read(ref reader, "<=") is not { } upper)
        {
            return null;
        }

        group.Add(comparison with { Operation = ">=" });
        group.Add(upper);
        reader.TakeSpace();
        return true;
    }

    private static string TakeOperation(ref VersionReader reader)
    {
        foreach (var operation in (ReadOnlySpan<string>)["!=", ">=", "=>", "<=", "=<", "~>", "=", ">", "<", "~", "^"])
        {
            if (reader.Take(operation))
            {
                return operation;
            }
        }

        return "";
    }
}

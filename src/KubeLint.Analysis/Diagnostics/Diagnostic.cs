using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>A finding: what is wrong, where a person wrote it, and what to do about it.</summary>
public sealed record Diagnostic
{
    /// <summary>The rule that found it.</summary>
    public required RuleDescriptor Rule { get; init; }

    /// <summary>How bad it is, configuration applied.</summary>
    public required Severity Severity { get; init; }

    /// <summary>What is wrong: one sentence without a final stop, naming the thing.</summary>
    public required string Message { get; init; }

    /// <summary>The token to point at.</summary>
    public required Location Location { get; init; }

    /// <summary>What to write instead, for this finding; null where the rule's page says all there is.</summary>
    public string? Help { get; init; }

    /// <summary>Places that explain it: the first of two duplicates, a variable's definition, the patch.</summary>
    public ImmutableArray<RelatedLocation> Related { get; init; } = [];

    /// <summary>Further places that made what the finding points at: the variable behind a substituted value, what a patch replaced.</summary>
    public ImmutableArray<Location> Origins { get; init; } = [];

    /// <summary>The object that the finding is about; null for a finding about a file.</summary>
    public ObjectId? Object { get; init; }

    /// <summary>Further objects that the same token gives the same problem, for instance through another overlay.</summary>
    public ImmutableArray<ObjectId> OtherObjects { get; init; } = [];

    /// <summary>Ways to mend it, the best first.</summary>
    public ImmutableArray<Fix> Fixes { get; init; } = [];
}

/// <summary>A second place of a finding.</summary>
/// <param name="Location">The place.</param>
/// <param name="Message">What it has to do with the finding.</param>
public readonly record struct RelatedLocation(Location Location, string Message);

using System.Collections.Immutable;

namespace KubeLint.Analysis;

/// <summary>What a rule is about; the first digit of its id.</summary>
public enum RuleCategory
{
    /// <summary>KL0: the run itself.</summary>
    Run = 0,

    /// <summary>KL1: images and pulls.</summary>
    Images = 1,

    /// <summary>KL2: references and the graph.</summary>
    References = 2,

    /// <summary>KL3: HelmReleases.</summary>
    HelmReleases = 3,

    /// <summary>KL4: Kustomizations, Flux's and kustomize's.</summary>
    Kustomizations = 4,

    /// <summary>KL5: substitution.</summary>
    Substitution = 5,

    /// <summary>KL6: sources.</summary>
    Sources = 6,

    /// <summary>KL7: secrets and tenancy.</summary>
    Security = 7,

    /// <summary>KL8: schemas and API versions.</summary>
    Schema = 8,

    /// <summary>KL9: what only a cluster can tell.</summary>
    Live = 9,

    /// <summary>Rules of the repository's own.</summary>
    Custom = 10,
}

/// <summary>How settled a rule is.</summary>
public enum RuleStatus
{
    /// <summary>Settled.</summary>
    Stable,

    /// <summary>May still change; off unless it is selected.</summary>
    Preview,

    /// <summary>Will go; a note says what to use.</summary>
    Deprecated,
}

/// <summary>What an editor may show besides a finding's severity.</summary>
public enum FindingTag
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>What it points at is to be replaced: struck through.</summary>
    Deprecated,

    /// <summary>What it points at does nothing: faded out.</summary>
    Unnecessary,
}

/// <summary>What is known of a rule without running it.</summary>
/// <param name="Id">The id: <c>KL1001</c>. Never used again for another rule.</param>
/// <param name="Name">The name in kebab case, which says what is flagged: <c>image-latest-tag</c>.</param>
/// <param name="Title">One line for a list, without a final stop.</param>
/// <param name="DefaultSeverity">The severity where nothing is configured.</param>
public sealed record RuleDescriptor(string Id, string Name, string Title, Severity DefaultSeverity)
{
    /// <summary>Whether the rule runs where nothing is configured.</summary>
    public bool IsEnabledByDefault { get; init; } = true;

    /// <summary>The safest fix that the rule may offer; null where it offers none.</summary>
    public FixSafety? Fix { get; init; }

    /// <summary>The option without which there is no fix, because a person has to say what to write: <c>--pin</c>; null where there is none.</summary>
    public string? FixOption { get; init; }

    /// <summary>How settled it is.</summary>
    public RuleStatus Status { get; init; }

    /// <summary>Names that it had; they keep working, with a note.</summary>
    public ImmutableArray<string> FormerNames { get; init; } = [];

    /// <summary>How an editor shows what its findings point at.</summary>
    public FindingTag Tag { get; init; }

    /// <summary>Whether a comment or an annotation may silence it.</summary>
    public bool CanBeSuppressed { get; init; } = true;

    /// <summary>Whether configuration may turn it off; its severity can always be set.</summary>
    public bool CanBeTurnedOff { get; init; } = true;

    /// <summary>Whether the rule judges the way from a revision to what is there now, so that it works with <c>--since</c> only.</summary>
    public bool NeedsRevision { get; init; }

    /// <summary>Whether its findings stand at credentials in plain text, so that no report may show the source there.</summary>
    public bool HidesSource { get; init; }

    /// <summary>The page of Flux, Kubernetes or kustomize that the rule rests on; null where it is about KubeLint itself.</summary>
    public Uri? Reference { get; init; }

    /// <summary>Whether it judges by what registries say: only a run that asks them calls it.</summary>
    public bool NeedsRegistry { get; init; }

    /// <summary>What it is about.</summary>
    public RuleCategory Category => IsBuiltIn ? (RuleCategory)(Id[2] - '0') : RuleCategory.Custom;

    /// <summary>Whether it comes with KubeLint.</summary>
    public bool IsBuiltIn => Id is ['K', 'L', >= '0' and <= '9', _, _, _];

    /// <summary>The address of its page.</summary>
    public Uri HelpUri => !IsBuiltIn ? Reference ?? new("https://github.com/kubelint/kubelint/blob/main/docs/custom-rules.md") : new($"https://github.com/kubelint/kubelint/blob/main/docs/rules/{Id}.md");
}

using KubeLint.Cluster.Snapshots;

namespace KubeLint.Cluster.Diagnosis;

/// <summary>How something that was looked at is.</summary>
public enum LookState
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Wrong.</summary>
    Bad,

    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>Could not be looked at.</summary>
    Unknown,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="State">How it is.</param>
/// <param name="Area">What it belongs to (<c>Pods</c>, <c>Registry</c>).</param>
/// <param name="Text">What was seen.</param>
public sealed record Look(LookState State, string Area, string Text);

/// <summary>What a diagnosis found.</summary>
/// <param name="Snapshot">What it looked at.</param>
/// <param name="Looks">What it saw, in the order in which it looked.</param>
/// <param name="Causes">The causes, the root first; none where all is well.</param>
/// <param name="HowToKnow">How to see that a fix worked.</param>
public sealed record DiagnosisReport(
    ClusterSnapshot Snapshot,
    IReadOnlyList<Look> Looks,
    IReadOnlyList<Cause> Causes,
    IReadOnlyList<Command> HowToKnow)
{
    /// <summary>What helps at once where the cure has to wait: going back, another place for the image, what to hand to others.</summary>
    public IReadOnlyList<Command> Meanwhile { get; init; } = [];

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsHealthy => Causes.Count == 0 && !IsUnknown;

    /// <summary>Whether nothing is known of the pods: they may not be read, so that nobody can say that all is well.</summary>
    public bool IsUnknown => Snapshot.Workload is not null && Snapshot.Pods.Count == 0 && Snapshot.ArePodsUnknown;
}

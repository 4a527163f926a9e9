using KubeLint.Cluster.Api;
using KubeLint.Cluster.Pulls;
using KubeLint.Flux.Images;
using KubeLint.Registry;

namespace KubeLint.Cluster.Snapshots;

/// <summary>A container of a pod with what its status and its events say.</summary>
public sealed record ContainerView
{
    /// <summary>The pod.</summary>
    public required ClusterObject Pod { get; init; }

    /// <summary>The container's name.</summary>
    public required string Name { get; init; }

    /// <summary>The image as the pod has it.</summary>
    public required string Image { get; init; }

    /// <summary>The image with all names written out; null where the text is no reference.</summary>
    public required RegistryImage? Reference { get; init; }

    /// <summary>The pull policy; the API server writes its default into the pod.</summary>
    public required string PullPolicy { get; init; }

    /// <summary>Reason of the waiting state, or null.</summary>
    public string? WaitingReason { get; init; }

    /// <summary>Message of the waiting state, or null.</summary>
    public string? WaitingMessage { get; init; }

    /// <summary>Whether its status says that it waits for an image that cannot be pulled.</summary>
    public bool WaitsForImage => WaitingReason is not null && ContainerReader.IsPullReason(WaitingReason);

    /// <summary>Whether it runs.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Whether it is ready, or ended well.</summary>
    public bool IsReady { get; init; }

    /// <summary>How it ended, where it has and not well (<c>exit code 1, Error</c>); null otherwise.</summary>
    public string? Ended { get; init; }

    /// <summary>The image that runs, as the runtime says (<c>ghcr.io/team/app@sha256:…</c>); empty before the first start.</summary>
    public string ImageId { get; init; } = "";

    /// <summary>What is wrong with its pull, or null where nothing is.</summary>
    public PullFailure? Failure { get; init; }

    /// <summary>Other troubles of the same pull that its events tell of, newest first.</summary>
    public IReadOnlyList<PullFailure> OtherFailures { get; init; } = [];

    /// <summary>Name of the pod's node; null before it is scheduled.</summary>
    public string? Node => Pod.Root.Text("spec", "nodeName");

    /// <summary>The digest that runs; null where the runtime does not give one.</summary>
    public string? RunningDigest => ImageId.IndexOf("@sha256:", StringComparison.Ordinal) is >= 0 and var at ? ImageId[(at + 1)..] : null;

    /// <summary>Whether the tag can come to mean another image: none, <c>latest</c> and the like; a digest never does.</summary>
    public bool IsMutable => Reference is { Digest: null } reference
        && reference.Reference is "latest" or "main" or "master" or "stable" or "edge" or "nightly" or "dev" or "develop" or "rolling" or "release" or "canary" or "testing" or "beta";

    /// <summary>The registry's name for an image text, or null where it is no reference.</summary>
    public static RegistryImage? Parse(string image) =>
        ImageReference.TryParse(image, out var parsed, out _) && parsed.Registry is { } registry && parsed.Repository is { } repository
            ? new RegistryImage(registry, repository, parsed.Tag.Value, parsed.Digest.Value)
            : null;
}

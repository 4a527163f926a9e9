using KubeLint.Registry;
using KubeLint.Registry.Pins;

namespace KubeLint.Cluster.Snapshots;

/// <summary>What the registry says about an image, asked from where this program runs (not from the node).</summary>
/// <param name="Anonymous">The answer without credentials.</param>
/// <param name="WithSecret">The answer with the pull secret's credentials, where they were tried.</param>
/// <param name="SecretName">The Secret that they are from.</param>
/// <param name="Pin">What the tag can be replaced by, as the registry confirmed it: for a mutable tag what it is now, for a missing one a version that exists.</param>
public sealed record RegistryLook(RegistryAnswer Anonymous, RegistryAnswer? WithSecret, string? SecretName, Pin? Pin)
{
    /// <summary>Whether the registry knows no such repository.</summary>
    public bool RepositoryMissing { get; init; }

    /// <summary>How many tags the repository has, where they were asked for.</summary>
    public int? TagCount { get; init; }

    /// <summary>The manifest, if either way found one.</summary>
    public RegistryAnswer.Exists? Found => Anonymous as RegistryAnswer.Exists ?? WithSecret as RegistryAnswer.Exists;
}

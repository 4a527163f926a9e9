using KubeLint.Flux;

namespace KubeLint.Cli;

/// <summary>Words for what becomes of Flux Kustomizations and files.</summary>
internal static class States
{
    /// <summary>Why what a Flux Kustomization makes is not all known; null where it is.</summary>
    public static string? Describe(FluxKustomization kustomization) => kustomization.State switch
    {
        KustomizationState.ExternalSource => kustomization.Source is { } source ? $"its source {source} is not this repository" : "its source is not this repository",
        KustomizationState.UnknownPath => "its path depends on a value that the repository does not tell",
        KustomizationState.MissingPath => "its path is not in the source",
        KustomizationState.TooDeep => "Kustomizations lead to each other too deeply",
        _ when !kustomization.Problems.IsEmpty => kustomization.Problems.Length == 1 ? "it fails" : $"it fails with {kustomization.Problems.Length} problems",
        _ when !kustomization.IsComplete => "parts of it are not in this repository",
        _ => null,
    };

    /// <summary>Why no entry point reaches a file.</summary>
    public static string Describe(UnreachedFile file) => file.Reason switch
    {
        UnreachedReason.NotNamed => "no kustomization names it",
        UnreachedReason.CommentedOut => $"commented out at {file.By}",
        UnreachedReason.NotBuilt => $"named by {file.By}, which nothing builds",
        UnreachedReason.NotResolved => $"below the path of {file.By}, which cannot be built here",
        UnreachedReason.Hidden => "in a hidden folder",
        _ => "the repository has no entry point",
    };
}

using System.Collections.Frozen;

namespace KubeLint.Kustomize.Resources;

/// <summary>Annotations that mean something to a build.</summary>
internal static class BuildAnnotations
{
    /// <summary>A resource that is only there for other tools: it is left out of the result.</summary>
    public const string LocalConfig = "config.kubernetes.io/local-config";

    /// <summary>Where a resource came from (<c>buildMetadata: [originAnnotations]</c>).</summary>
    public const string Origin = "config.kubernetes.io/origin";

    /// <summary>What changed a resource (<c>buildMetadata: [transformerAnnotations]</c>).</summary>
    public const string Transformations = "alpha.config.kubernetes.io/transformations";

    /// <summary>A generated resource whose name gets a hash.</summary>
    public const string NeedsHashSuffix = "internal.config.kubernetes.io/needsHashSuffix";

    /// <summary>How a generated resource meets one that is already there.</summary>
    public const string GeneratorBehavior = "internal.config.kubernetes.io/generatorBehavior";

    private const string Internal = "internal.config.kubernetes.io/";

    private static readonly FrozenSet<string> Bookkeeping = new[]
    {
        Internal + "previousKinds", Internal + "previousNames", Internal + "prefixes", Internal + "suffixes",
        Internal + "previousNamespaces", Internal + "allowNameChange", Internal + "allowKindChange", Internal + "refBy",
        GeneratorBehavior, NeedsHashSuffix, Internal + "path", Internal + "index", Internal + "seqindent", Internal + "id",
        Internal + "annotations-migration-resource-id", Internal + "helm-generated",
        "config.kubernetes.io/path", "config.kubernetes.io/index", "config.k8s.io/id",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether kustomize removes the annotation from every result: it keeps its books there.</summary>
    public static bool IsBookkeeping(string name) => Bookkeeping.Contains(name);
}

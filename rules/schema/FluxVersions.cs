using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Schema;

/// <summary>A version of a Flux kind and what became of it.</summary>
/// <param name="Group">The API group.</param>
/// <param name="Kinds">The kinds.</param>
/// <param name="Old">The older version.</param>
/// <param name="New">The version to write.</param>
/// <param name="Since">The Flux version that brought the new one.</param>
/// <param name="RemovedIn">The Flux version that no longer serves the old one.</param>
internal sealed record FluxMigration(string Group, ImmutableArray<string> Kinds, string Old, string New, FluxVersion Since, FluxVersion RemovedIn);

/// <summary>Which versions of Flux kinds which Flux serves (https://fluxcd.io/flux/releases/; the controllers' changelogs).</summary>
internal static class FluxVersions
{
    private static readonly ImmutableArray<FluxMigration> Migrations =
    [
        new(FluxGroups.Source, ["GitRepository"], "v1beta1", "v1", new(2, 0), new(2, 7)),
        new(FluxGroups.Source, ["GitRepository"], "v1beta2", "v1", new(2, 0), new(2, 8)),
        new(FluxGroups.Source, ["HelmRepository", "HelmChart"], "v1beta1", "v1", new(2, 3), new(2, 7)),
        new(FluxGroups.Source, ["HelmRepository", "HelmChart"], "v1beta2", "v1", new(2, 3), new(2, 8)),
        new(FluxGroups.Source, ["Bucket"], "v1beta1", "v1", new(2, 4), new(2, 7)),
        new(FluxGroups.Source, ["Bucket"], "v1beta2", "v1", new(2, 4), new(2, 8)),
        new(FluxGroups.Source, ["OCIRepository"], "v1beta2", "v1", new(2, 6), new(2, 8)),
        new(FluxGroups.Kustomize, ["Kustomization"], "v1beta1", "v1", new(2, 0), new(2, 7)),
        new(FluxGroups.Kustomize, ["Kustomization"], "v1beta2", "v1", new(2, 0), new(2, 8)),
        new(FluxGroups.Helm, ["HelmRelease"], "v2beta1", "v2", new(2, 3), new(2, 7)),
        new(FluxGroups.Helm, ["HelmRelease"], "v2beta2", "v2", new(2, 3), new(2, 8)),
        new(FluxGroups.Image, ["ImageRepository", "ImagePolicy", "ImageUpdateAutomation"], "v1beta1", "v1", new(2, 7), new(2, 7)),
        new(FluxGroups.Image, ["ImageRepository", "ImagePolicy", "ImageUpdateAutomation"], "v1beta2", "v1", new(2, 7), new(2, 9)),
        new(FluxGroups.Notification, ["Receiver"], "v1beta1", "v1", new(2, 0), new(2, 7)),
        new(FluxGroups.Notification, ["Receiver"], "v1beta2", "v1", new(2, 0), new(2, 9)),
        new(FluxGroups.Notification, ["Alert", "Provider"], "v1beta1", "v1beta3", new(2, 2), new(2, 7)),
        new(FluxGroups.Notification, ["Alert", "Provider"], "v1beta2", "v1beta3", new(2, 2), new(2, 9)),
    ];

    /// <summary>What became of an object's version; null where it is current or not one of Flux.</summary>
    public static FluxMigration? MigrationOf(KubernetesObject item)
    {
        if (!IsFlux(item.Group))
        {
            return null;
        }

        foreach (var migration in Migrations)
        {
            if (migration.Group == item.Group && migration.Old == item.Version && migration.Kinds.Contains(item.Kind))
            {
                return migration;
            }
        }

        return null;
    }

    /// <summary>The Flux version that brought an object's version; null where it was always there.</summary>
    public static FluxVersion? SinceOf(KubernetesObject item)
    {
        foreach (var migration in Migrations)
        {
            if (migration.Group == item.Group && migration.New == item.Version && migration.Kinds.Contains(item.Kind))
            {
                return migration.Since;
            }
        }

        return item.Is(FluxGroups.SourceExtensions, "ArtifactGenerator") || item.Is(FluxGroups.Source, "ExternalArtifact") ? new FluxVersion(2, 7) : null;
    }

    /// <summary>Whether an API group is one of Flux 2.</summary>
    public static bool IsFlux(string group) => group.EndsWith(".fluxcd.io", StringComparison.Ordinal) && group != "helm.fluxcd.io";

    /// <summary>
    /// The Flux versions of the clusters that get an object, as far as they are told; those of all clusters for an object that none is known to
    /// get. Empty where no version is told.
    /// </summary>
    public static ImmutableArray<FluxVersion> Told(RuleContext context, KubernetesObject item)
    {
        var told = ImmutableArray.CreateBuilder<FluxVersion>(Math.Max(1, context.Model.Clusters.Length));
        var producers = context.Model.ProducersOf(item);
        foreach (var cluster in context.Model.Clusters)
        {
            if (cluster.IsVersionTold && (producers.IsEmpty || producers.Any(producer => producer.Cluster == cluster.Name)))
            {
                told.Add(cluster.Version);
            }
        }

        if (context.Model.Clusters.IsEmpty && FluxVersion.Parse(context.Settings.FluxVersion) is { } configured)
        {
            told.Add(configured);
        }

        return told.DrainToImmutable();
    }
}

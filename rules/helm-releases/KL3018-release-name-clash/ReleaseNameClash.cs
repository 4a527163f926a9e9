using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports HelmReleases that are one release to Helm.</summary>
public sealed class ReleaseNameClash : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3018", "release-name-clash", "Two HelmReleases with one release name in one storage namespace", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#release-name"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        var first = new Dictionary<(string? Cluster, string Namespace, string Name), FluxHelmRelease>();
        foreach (var release in context.Cluster.Releases)
        {
            if (ReleaseIdentity.Of(release.Object) is not { } identity)
            {
                continue;
            }

            // Another cluster keeps its own records.
            var cluster = FluxKustomization.TargetOf(release.Object);
            if (!first.TryAdd((cluster, identity.StorageNamespace, identity.Name), release) &&
                first[(cluster, identity.StorageNamespace, identity.Name)] is var other && other.Id != release.Id)
            {
                context.Report(
                    release.Object.Root.Get("spec", "releaseName") ?? Judging.NameOf(release.Object),
                    $"{release.Id} and {other.Id} are both the release {identity.Name} in {identity.StorageNamespace}, so each upgrades the other's objects away",
                    "Give one of them another `releaseName`, or another `storageNamespace`",
                    [new RelatedLocation((other.Object.Root.Get("spec", "releaseName") ?? Judging.NameOf(other.Object)).Location, "The other release")],
                    about: release.Id);
            }
        }
    });
}

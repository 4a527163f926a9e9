using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports releases that make a namespace which is a manifest too.</summary>
public sealed class NamespaceMadeTwice : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3017", "namespace-made-twice", "A release creates a namespace that is a manifest too", Severity.Info)
        {
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#install-configuration"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.HelmRelease(context =>
    {
        var release = context.Release.Object;
        if (Judging.True(release, "spec", "install", "createNamespace") is not { } value
            || ReleaseIdentity.Of(release) is not { } identity
            || release.Root.Get("spec", "kubeConfig") is not null
            || release.Root.Get("spec", "install") is not YamlMapping install)
        {
            return;
        }

        // In the namespace of the HelmRelease itself it does nothing: many charts' skeletons have it, and nobody is misled.
        var ns = identity.TargetNamespace;
        if (ns != (release.Namespace ?? "default") && context.Cluster.Find("", "Namespace", null, ns) is { } manifest)
        {
            context.Report(
                value,
                $"The namespace {ns} is also a manifest of {manifest.Producer.Id}: if the release comes first, it makes it without its labels",
                "Remove `createNamespace`, and let the release wait for the Kustomization that makes the namespace",
                [new RelatedLocation(Judging.NameOf(manifest.Object).Location, "The namespace")],
                EntryFixes.Remove(install, "createNamespace", FixSafety.Safe));
        }
    });
}

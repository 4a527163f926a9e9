using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports releases that would make a namespace that is there anyway.</summary>
public sealed class NamespaceMadeTwice : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3017", "namespace-made-twice", "A release creates a namespace that is there anyway", Severity.Info)
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

        var ns = identity.TargetNamespace;
        var manifest = context.Cluster.Find("", "Namespace", null, ns);
        if (ns == (release.Namespace ?? "default"))
        {
            context.Report(
                value,
                $"`createNamespace` does nothing: {release.Id} itself lies in the namespace {ns}, which must be there before it",
                "Remove it",
                fixes: EntryFixes.Remove(install, "createNamespace", FixSafety.Safe));
        }
        else if (manifest is not null)
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

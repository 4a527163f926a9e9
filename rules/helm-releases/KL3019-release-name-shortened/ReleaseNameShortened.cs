using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports releases whose name Flux shortens with a hash.</summary>
public sealed class ReleaseNameShortened : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3019", "release-name-shortened", "A release's name is too long, so a hash takes its end", Severity.Info)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#release-name"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(FluxGroups.Helm, "HelmRelease", context =>
    {
        // A `releaseName` of that length is refused by the API server: that is for its schema to tell.
        if (context.Object.Root.Get("spec", "releaseName") is null or YamlScalar { IsNull: true }
            && ReleaseIdentity.Of(context.Object) is { } identity && identity.Name != identity.LongName)
        {
            context.Report(
                Judging.NameOf(context.Object),
                $"The release is called {identity.Name}: '{identity.LongName}' has {identity.LongName.Length} letters, and Helm allows {ReleaseIdentity.MaxLength}",
                "Write a `releaseName` if the release is not installed yet; a later change installs it anew");
        }
    });
}

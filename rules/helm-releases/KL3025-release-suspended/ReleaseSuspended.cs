using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports HelmReleases that are suspended in Git.</summary>
public sealed class ReleaseSuspended : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3025", "release-suspended", "A HelmRelease is suspended in Git", Severity.Info)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#suspend"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(FluxGroups.Helm, "HelmRelease", context =>
    {
        if (Judging.True(context.Object, "spec", "suspend") is { } value)
        {
            context.Report(
                value,
                $"{context.Object.Id} is suspended: no commit reaches it, and deleting it leaves its objects running",
                "Remove `suspend` when the work is done; `flux suspend` is for a pause that needs no commit");
        }
    });
}

using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports releases that others depend on and that do not wait for their pods.</summary>
public sealed class ReleaseWaitDisabled : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3013", "release-wait-disabled", "A HelmRelease that others depend on does not wait", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#dependencies"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        var dependents = new Dictionary<ObjectId, FluxHelmRelease>();
        foreach (var release in context.Cluster.Releases)
        {
            foreach (var id in release.DependsOn())
            {
                dependents.TryAdd(id, release);
            }
        }

        foreach (var release in context.Cluster.Releases)
        {
            if (!dependents.TryGetValue(release.Id, out var dependent) || release.Id == dependent.Id)
            {
                continue;
            }

            foreach (var key in (ReadOnlySpan<string>)["install", "upgrade"])
            {
                if (Judging.True(release.Object, "spec", key, "disableWait") is { } value)
                {
                    context.Report(
                        value,
                        $"{dependent.Id} depends on {release.Id}, which is ready as soon as it is applied: its {key} does not wait for its pods",
                        "Remove `disableWait`, or let the dependent release check by itself what it needs",
                        [new RelatedLocation(Judging.NameOf(dependent.Object).Location, "This release depends on it")],
                        about: release.Id);
                }
            }
        }
    });
}

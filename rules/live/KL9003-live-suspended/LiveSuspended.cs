using KubeLint.Analysis;
using KubeLint.Flux.Live;

namespace KubeLint.Rules.Live;

/// <summary>Reports Flux objects that somebody suspended in the cluster.</summary>
public sealed class LiveSuspended : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL9003", "live-suspended", "A Flux object is suspended in the cluster, but not in the repository", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Live(Check);

    private static void Check(LiveContext context)
    {
        foreach (var item in context.Objects)
        {
            if (FluxObjects.AreReported(item) && !FluxObjects.IsSuspended(item) && context.Find(item).Object is { } live && live.Root.Flag("spec", "suspend"))
            {
                context.ReportAtName(
                    item,
                    $"{item.Id} is suspended in {context.Live.Name}, though not here: changes in Git do not reach it",
                    $"Run `flux resume {Noun(item.Kind)} {live.Name} -n {live.Namespace}`, or write `suspend: true` where it is meant to last");
            }
        }
    }

    private static string Noun(string kind) => kind switch
    {
        "Kustomization" => "kustomization",
        "HelmRelease" => "helmrelease",
        "GitRepository" => "source git",
        "OCIRepository" => "source oci",
        "HelmRepository" => "source helm",
        "HelmChart" => "source chart",
        _ => "source bucket",
    };
}

using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Security;

/// <summary>Reports clusters in which no Alert tells of failures.</summary>
public sealed class FluxAlertMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL7029", "flux-alert-missing", "No Alert tells anybody when Flux fails", Severity.Info)
    {
        IsEnabledByDefault = false,
        Reference = new("https://fluxcd.io/flux/monitoring/alerts/"),
    };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        // An Alert of either severity tells of errors.
        var cluster = context.Cluster;
        if (!cluster.Workloads.IsComplete || cluster.Kustomizations is not [var first, ..] || cluster.Knowledge.OfKind(FluxGroups.Notification, "Alert").Any())
        {
            return;
        }

        context.Report(
            first.Object.Root.Get("metadata", "name") ?? first.Object.Root,
            $"No Alert of the cluster tells anybody when a Kustomization or a HelmRelease fails",
            "Add a Provider and an Alert with `eventSeverity: error`",
            about: first.Id);
    });
}

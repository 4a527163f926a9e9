using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Live;
using KubeLint.Yaml;

namespace KubeLint.Rules.Live;

/// <summary>Reports service accounts that pods or Flux run under and that the cluster lacks.</summary>
public sealed class LiveServiceAccountMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL9010", "live-service-account-missing", "A service account is not in the cluster", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/concepts/security/service-accounts/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Live(Check);

    private static void Check(LiveContext context)
    {
        foreach (var item in context.Objects)
        {
            var isFlux = item.Is(FluxGroups.Kustomize, "Kustomization") || item.Is(FluxGroups.Helm, "HelmRelease");
            var node = isFlux ? item.Root.Get("spec", "serviceAccountName") : Template(item)?.Get("serviceAccountName");
            if (node is YamlScalar { IsUnknown: false, Value: { Length: > 0 } name } && IsAbsent(context, item.Namespace ?? "default", name))
            {
                var consequence = isFlux ? "Flux cannot apply it" : "its pods are not made";
                context.Report(node, $"The service account {name} is not in namespace {item.Namespace ?? "default"} of {context.Live.Name}: {consequence}", Help(name), about: item.Id);
            }

            if (item.Is(FluxGroups.Helm, "HelmRelease") && context.Find(item).Object is { } release)
            {
                CheckCharts(context, item, release);
            }
        }
    }

    // What a chart made says itself under which account its pods run.
    private static void CheckCharts(LiveContext context, KubernetesObject item, LiveObject release)
    {
        foreach (var (group, kind) in new[] { ("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "DaemonSet"), ("batch", "CronJob"), ("batch", "Job") })
        {
            foreach (var workload in context.Live.OfKind(group, kind))
            {
                var spec = kind == "CronJob" ? workload.Root.At("spec", "jobTemplate", "spec", "template", "spec") : workload.Root.At("spec", "template", "spec");
                if (workload.Controller is null && spec.Text("serviceAccountName") is { Length: > 0 } name && workload.IsOfRelease(release) && IsAbsent(context, workload.Namespace ?? "default", name))
                {
                    context.ReportAtName(item, $"The service account {name} of {workload} is not in {context.Live.Name}: its pods are not made", Help(name));
                }
            }
        }
    }

    private static bool IsAbsent(LiveContext context, string space, string name) =>
        context.Live.Find(new ObjectId("", "ServiceAccount", space, name)).State == LiveState.Absent;

    private static string Help(string name) => $"Make the service account {name}, or name one that exists";

    private static YamlNode? Template(KubernetesObject item) => (item.Group, item.Kind) switch
    {
        ("", "Pod") => item.Root.Get("spec"),
        ("batch", "CronJob") => item.Root.Get("spec", "jobTemplate", "spec", "template", "spec"),
        ("apps" or "batch", _) => item.Root.Get("spec", "template", "spec"),
        _ => null,
    };
}

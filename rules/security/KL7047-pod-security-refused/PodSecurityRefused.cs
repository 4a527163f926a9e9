using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports pods that the level of their namespace refuses.</summary>
public sealed class PodSecurityRefused : Rule
{
    private const string EnforceLabel = "pod-security.kubernetes.io/enforce";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7047", "pod-security-refused", "A pod is refused by the Pod Security level that its namespace enforces", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        var mayBeChanged = new Lazy<bool>(() => ChangesPods(context.Cluster));
        var places = new ReportedPlaces();
        foreach (var item in context.Cluster.Knowledge.OfKind("", "Namespace"))
        {
            if (item.Object.Root.Get("metadata", "labels", EnforceLabel) is not YamlScalar { IsUnknown: false, Value: "baseline" or "restricted" } level || item.Object.Name is not { } ns)
            {
                continue;
            }

            foreach (var pod in context.Cluster.Workloads.In(ns))
            {
                Check(context, pod, ns, level, mayBeChanged, places);
            }
        }
    });

    private static void Check(GraphContext context, WorkloadPod pod, string ns, YamlScalar level, Lazy<bool> mayBeChanged, ReportedPlaces places)
    {
        var isRestricted = level.Value == "restricted";
        var standard = new PodSecurityStandard(pod, isRestricted);
        foreach (var (at, what) in standard.Violations())
        {
            if (!places.Add(at, pod.Owner))
            {
                continue;
            }

            context.Report(
                at,
                $"The namespace {ns} enforces the level '{level.Value}', which refuses {what}: the pods of {pod.DisplayName} are never created",
                "Change the pod, or the namespace's label",
                [new RelatedLocation(level.Location, "The level is enforced from here")],
                about: pod.Owner.Id);
        }

        // What a pod lacks may be added by a policy, and a chart has defaults of its own.
        if (!isRestricted || pod.IsFromChart || pod.IsWindows || mayBeChanged.Value)
        {
            return;
        }

        foreach (var container in pod.Containers)
        {
            if (standard.Missing(container) is { Count: > 0 } missing)
            {
                context.Report(
                    container.At,
                    $"The namespace {ns} enforces the level 'restricted', and the container '{container.Name}' lacks {string.Join(", ", missing)}: the pods of {pod.DisplayName} are never created",
                    "Write what is missing below `securityContext`",
                    [new RelatedLocation(level.Location, "The level is enforced from here")],
                    about: pod.Owner.Id);
            }
        }
    }

    private static bool ChangesPods(FluxCluster cluster)
    {
        foreach (var item in cluster.Objects())
        {
            var changes = (item.Object.Group, item.Object.Kind) switch
            {
                ("kyverno.io", "ClusterPolicy" or "Policy") => item.Object.Spec?["rules"]?.AsSequence()?.Items.Any(rule => rule.Get("mutate") is not null) == true,
                ("policies.kyverno.io", "MutatingPolicy" or "NamespacedMutatingPolicy") => true,
                ("admissionregistration.k8s.io", "MutatingWebhookConfiguration" or "MutatingAdmissionPolicy") => true,
                ("mutations.gatekeeper.sh", _) => true,
                _ => false,
            };
            if (changes)
            {
                return true;
            }
        }

        return false;
    }
}

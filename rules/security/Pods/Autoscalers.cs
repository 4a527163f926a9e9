using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>An object that scales a workload.</summary>
/// <param name="Owner">The autoscaler.</param>
/// <param name="Target">What it scales.</param>
/// <param name="Name">The node that names it.</param>
/// <param name="SetsReplicas">Whether it sets the number of pods.</param>
internal sealed record Autoscaler(EffectiveObject Owner, ObjectId Target, YamlScalar Name, bool SetsReplicas);

/// <summary>The autoscalers of a cluster: HorizontalPodAutoscalers, KEDA's ScaledObjects, VerticalPodAutoscalers.</summary>
internal static class Autoscalers
{
    public static IEnumerable<Autoscaler> Of(FluxCluster cluster)
    {
        foreach (var item in cluster.Objects())
        {
            var (field, setsReplicas) = (item.Object.Group, item.Object.Kind) switch
            {
                ("autoscaling", "HorizontalPodAutoscaler") => ("scaleTargetRef", true),
                ("keda.sh", "ScaledObject") => ("scaleTargetRef", true),
                ("autoscaling.k8s.io", "VerticalPodAutoscaler") => ("targetRef", false),
                _ => ("", false),
            };
            if (field.Length == 0 || item.Object.Spec?[field] is not YamlMapping target || target["name"] is not YamlScalar name || !Template.IsPlain(name))
            {
                continue;
            }

            var version = target.GetString("apiVersion") ?? "apps/v1";
            var kind = target.GetString("kind") ?? "Deployment";
            var slash = version.IndexOf('/', StringComparison.Ordinal);
            if (!Template.IsIn(version) && !Template.IsIn(kind))
            {
                yield return new Autoscaler(item, new ObjectId(slash < 0 ? "" : version[..slash], kind, item.Object.Namespace ?? "default", name.Value), name, setsReplicas);
            }
        }
    }
}

using KubeLint.Analysis;
using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports mounts of volumes that the pod does not have, which the API server refuses.</summary>
public sealed class VolumeMountMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL7052", "volume-mount-missing", "A container mounts a volume that its pod does not have", Severity.Error)
    {
        Reference = new("https://kubernetes.io/docs/concepts/storage/volumes/#how-volumes-work"),
    };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        foreach (var (group, kind) in WorkloadPods.Kinds)
        {
            on.Object(group, kind, context =>
            {
                if (WorkloadPods.Of(context.Object) is { } pod)
                {
                    Check(context, pod);
                }
            });
        }
    }

    private static void Check(ObjectContext context, WorkloadPod pod)
    {
        HashSet<string>? names = null;
        foreach (var container in pod.Containers)
        {
            foreach (var item in container.Fields.Get("volumeMounts")?.AsSequence()?.Items ?? [])
            {
                if (item.Get("name") is not YamlScalar name || !Template.IsPlain(name))
                {
                    continue;
                }

                names ??= Names(pod);
                if (names.Contains(name.Value) || names.Any(Template.IsIn))
                {
                    continue;
                }

                var nearest = NearestName.Find(name.Value, names);
                context.Report(
                    name,
                    $"The container '{container.Name}' mounts the volume '{name.Value}', which the pod does not have, so the API server refuses it",
                    nearest is not null ? $"Did you mean '{nearest}'?" : names.Count > 0 ? $"The volumes are {string.Join(", ", names.Order(StringComparer.Ordinal).Select(other => $"'{other}'"))}" : "Add it to `volumes`");
            }
        }
    }

    private static HashSet<string> Names(WorkloadPod pod)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in pod.Spec.Get("volumes")?.AsSequence()?.Items ?? [])
        {
            if (item.GetString("name") is { } name)
            {
                names.Add(name);
            }
        }

        if (pod.Owner.Kind == "StatefulSet")
        {
            foreach (var item in pod.Owner.Spec?["volumeClaimTemplates"]?.AsSequence()?.Items ?? [])
            {
                if (item.GetString("metadata", "name") is { } name)
                {
                    names.Add(name);
                }
            }
        }

        return names;
    }
}

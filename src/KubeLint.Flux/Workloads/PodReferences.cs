using KubeLint.Yaml;

namespace KubeLint.Flux.Workloads;

/// <summary>An object of its namespace that a pod needs.</summary>
/// <param name="Kind">The kind, of the core group.</param>
/// <param name="At">The node that names it.</param>
/// <param name="Name">The name.</param>
/// <param name="CanBeOptional">Whether <c>optional: true</c> can stand there.</param>
/// <param name="IsOptional">Whether the pod starts without it.</param>
public readonly record struct PodReference(string Kind, YamlScalar At, string Name, bool CanBeOptional = true, bool IsOptional = false);

/// <summary>Finds what pods need.</summary>
public static class PodReferences
{
    /// <summary>What a pod names, as far as the files tell it; pull secrets are not among it.</summary>
    /// <param name="pod">The pod.</param>
    public static IEnumerable<PodReference> Of(WorkloadPod pod)
    {
        foreach (var reference in All(pod))
        {
            var name = pod.IsFromChart ? ReleaseNameTemplate.Fill(reference.Name, pod.Owner) : reference.Name;
            if (!reference.At.IsUnknown && name.Length > 0 && !name.Contains("${", StringComparison.Ordinal) && !name.Contains("{{", StringComparison.Ordinal))
            {
                yield return reference with { Name = name };
            }
        }
    }

    private static IEnumerable<PodReference> All(WorkloadPod pod)
    {
        foreach (var volume in pod.Volumes)
        {
            if (volume.Type is "configMap" or "secret" && volume.Target is { } name)
            {
                yield return new PodReference(volume.Type == "secret" ? "Secret" : "ConfigMap", name, name.Value, IsOptional: volume.IsOptional);
            }
            else if (volume is { Type: "persistentVolumeClaim", Target: { } claim })
            {
                yield return new PodReference("PersistentVolumeClaim", claim, claim.Value, CanBeOptional: false);
            }
            else if (volume.Type == "projected")
            {
                foreach (var source in volume.Source?["sources"]?.AsSequence()?.Items ?? [])
                {
                    foreach (var reference in Named(source, "configMap", "secret"))
                    {
                        yield return reference;
                    }
                }
            }
        }

        foreach (var container in pod.Containers)
        {
            foreach (var item in container.Fields.Get("envFrom")?.AsSequence()?.Items ?? [])
            {
                foreach (var reference in Named(item, "configMapRef", "secretRef"))
                {
                    yield return reference;
                }
            }

            foreach (var variable in container.Environment())
            {
                // The library takes the reference with and without `valueFrom`.
                if (variable.Value is null && (variable.Entry?["valueFrom"] ?? (pod.IsFromChart ? variable.Entry : null)) is { } from)
                {
                    foreach (var reference in Named(from, "configMapKeyRef", "secretKeyRef"))
                    {
                        yield return reference;
                    }
                }
            }
        }

        if (!pod.IsFromChart && (pod.Spec.GetScalar("serviceAccountName") ?? pod.Spec.GetScalar("serviceAccount")) is { } account)
        {
            yield return new PodReference("ServiceAccount", account, account.Value, CanBeOptional: false);
        }
    }

    private static IEnumerable<PodReference> Named(YamlNode holder, string configMap, string secret)
    {
        foreach (var (field, kind) in ((string, string)[])[(configMap, "ConfigMap"), (secret, "Secret")])
        {
            if (holder.Get(field)?.AsMapping() is { } reference && reference["name"] is YamlScalar name)
            {
                yield return new PodReference(kind, name, name.Value, IsOptional: reference["optional"] is YamlScalar optional && optional.AsBoolean() != false);
            }
        }
    }
}

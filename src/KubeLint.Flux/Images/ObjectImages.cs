using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>Reads the images of Kubernetes objects.</summary>
internal static class ObjectImages
{
    public static void Read(ImageCollector collector, KubernetesObject item)
    {
        switch (item.Group, item.Kind)
        {
            case ("", "Pod"):
                ReadPod(collector, item.Root, "spec");
                break;
            case ("", "ReplicationController"):
            case ("apps", "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet"):
            case ("batch", "Job"):
                ReadPod(collector, item.Root, "spec", "template", "spec");
                break;
            case ("batch", "CronJob"):
                ReadPod(collector, item.Root, "spec", "jobTemplate", "spec", "template", "spec");
                break;
            case ("helm.toolkit.fluxcd.io", "HelmRelease"):
                ReadRelease(collector, item, item.Spec?["values"]?.AsMapping());
                break;
            case ("kustomize.toolkit.fluxcd.io", "Kustomization") when item.Spec is { } spec:
                collector.Enter("spec");
                KustomizeImages.Read(collector, spec);
                collector.Leave();
                break;
            case ("kustomize.config.k8s.io", "Kustomization" or "Component"):
                KustomizeImages.Read(collector, item.Root);
                break;
            case ("", "List") when item.Root["items"]?.AsSequence() is { } items:
                ReadItems(collector, items);
                break;
            default:
                CustomResourceImages.Read(collector, item);
                break;
        }
    }

    /// <summary>Reads the pod spec at a path below a node.</summary>
    public static void ReadPod(ImageCollector collector, YamlNode node, params ReadOnlySpan<string> path)
    {
        if (node.Get(path)?.AsMapping() is not { } spec)
        {
            return;
        }

        foreach (var key in path)
        {
            collector.Enter(key);
        }

        PodImages.ReadSpec(collector, spec);
        foreach (var _ in path)
        {
            collector.Leave();
        }
    }

    /// <summary>Reads a HelmRelease whose values are these; its own are among them.</summary>
    public static void ReadRelease(ImageCollector collector, KubernetesObject release, YamlMapping? values)
    {
        collector.Enter("spec");
        if (values is not null)
        {
            collector.Enter("values");
            ValuesImages.Read(collector, values);
            collector.Leave();
        }

        if (release.Spec?["postRenderers"]?.AsSequence() is { } renderers)
        {
            collector.Enter("postRenderers");
            for (var i = 0; i < renderers.Items.Length; i++)
            {
                if (renderers.Items[i].Get("kustomize")?.AsMapping() is { } kustomize)
                {
                    collector.Enter(i);
                    collector.Enter("kustomize");
                    KustomizeImages.Read(collector, kustomize);
                    collector.Leave();
                    collector.Leave();
                }
            }

            collector.Leave();
        }

        collector.Leave();
    }

    private static void ReadItems(ImageCollector collector, YamlSequence items)
    {
        collector.Enter("items");
        for (var i = 0; i < items.Items.Length; i++)
        {
            if (KubernetesObject.From(items.Items[i]) is { } inner)
            {
                collector.Enter(i);
                Read(collector, inner);
                collector.Leave();
            }
        }

        collector.Leave();
    }
}

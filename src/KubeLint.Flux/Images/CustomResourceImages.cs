using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>
/// Reads the images of custom resources whose operators are widely used. A kind that is not in the table names no image
/// here: its <c>image</c> may be anything (an ImageRepository's has no tag, by design).
/// </summary>
internal static class CustomResourceImages
{
    private enum Form : byte
    {
        /// <summary>A reference; beside it <c>imagePullPolicy</c>, <c>imagePullSecrets</c>, <c>serviceAccountName</c>.</summary>
        Reference,

        /// <summary>A reference whose tag the operator may add.</summary>
        ReferenceWithDefaultTag,

        /// <summary><c>{repository, tag, pullPolicy}</c>.</summary>
        Map,

        /// <summary>A pod spec.</summary>
        PodSpec,

        /// <summary>A list of containers, the last part of the path.</summary>
        Containers,

        /// <summary>One container.</summary>
        Container,
    }

    private static readonly ImmutableArray<Entry> Entries =
    [
        // https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/
        new("postgresql.cnpg.io", "Cluster", Form.Reference, ["spec", "imageName"]),
        new("postgresql.cnpg.io", "ImageCatalog", Form.Reference, ["spec", "images", "*", "image"]),
        new("postgresql.cnpg.io", "ClusterImageCatalog", Form.Reference, ["spec", "images", "*", "image"]),
        new("postgresql.cnpg.io", "Pooler", Form.PodSpec, ["spec", "template", "spec"]),

        // https://prometheus-operator.dev/docs/api-reference/api/
        new("monitoring.coreos.com", "Prometheus", Form.Reference, ["spec", "image"]),
        new("monitoring.coreos.com", "PrometheusAgent", Form.Reference, ["spec", "image"]),
        new("monitoring.coreos.com", "Alertmanager", Form.Reference, ["spec", "image"]),
        new("monitoring.coreos.com", "ThanosRuler", Form.Reference, ["spec", "image"]),
        new("monitoring.coreos.com", null, Form.Containers, ["spec", "containers"]),
        new("monitoring.coreos.com", null, Form.Containers, ["spec", "initContainers"]),

        // https://gateway.envoyproxy.io/docs/api/extension_types/
        new("gateway.envoyproxy.io", "EnvoyProxy", Form.Container, ["spec", "provider", "kubernetes", "envoyDeployment", "container"]),
        new("gateway.envoyproxy.io", "EnvoyProxy", Form.Containers, ["spec", "provider", "kubernetes", "envoyDeployment", "initContainers"]),
        new("gateway.envoyproxy.io", "EnvoyProxy", Form.Container, ["spec", "provider", "kubernetes", "envoyDaemonSet", "container"]),
        new("gateway.envoyproxy.io", "EnvoyProxy", Form.Containers, ["spec", "provider", "kubernetes", "envoyDaemonSet", "initContainers"]),

        new("dragonflydb.io", "Dragonfly", Form.Reference, ["spec", "image"]),
        new("k8s.mariadb.com", "MariaDB", Form.Reference, ["spec", "image"]),
        new("k8s.mariadb.com", "MaxScale", Form.Reference, ["spec", "image"]),
        new("opentelemetry.io", "OpenTelemetryCollector", Form.Reference, ["spec", "image"]),
        new("ceph.rook.io", "CephCluster", Form.Reference, ["spec", "cephVersion", "image"]),
        new("elasticsearch.k8s.elastic.co", "Elasticsearch", Form.Reference, ["spec", "image"]),
        new("kibana.k8s.elastic.co", "Kibana", Form.Reference, ["spec", "image"]),

        // https://docs.victoriametrics.com/operator/api/: image is {repository, tag, pullPolicy} in each kind.
        new("operator.victoriametrics.com", null, Form.Map, ["spec", "image"]),
        new("tailscale.com", "DNSConfig", Form.Map, ["spec", "nameserver", "image"]),

        // The plan's version becomes the tag (https://github.com/rancher/system-upgrade-controller).
        new("upgrade.cattle.io", "Plan", Form.ReferenceWithDefaultTag, ["spec", "upgrade", "image"]),
        new("upgrade.cattle.io", "Plan", Form.ReferenceWithDefaultTag, ["spec", "prepare", "image"]),

        // Kinds that hold pod specs or containers.
        new("actions.github.com", "AutoscalingRunnerSet", Form.PodSpec, ["spec", "template", "spec"]),
        new("argoproj.io", "Rollout", Form.PodSpec, ["spec", "template", "spec"]),
        new("argoproj.io", "Workflow", Form.Container, ["spec", "templates", "*", "container"]),
        new("argoproj.io", "WorkflowTemplate", Form.Container, ["spec", "templates", "*", "container"]),
        new("argoproj.io", "ClusterWorkflowTemplate", Form.Container, ["spec", "templates", "*", "container"]),
        new("argoproj.io", "CronWorkflow", Form.Container, ["spec", "workflowSpec", "templates", "*", "container"]),
        new("grafana.integreatly.org", "Grafana", Form.PodSpec, ["spec", "deployment", "spec", "template", "spec"]),
        new("keda.sh", "ScaledJob", Form.PodSpec, ["spec", "jobTargetRef", "template", "spec"]),
        new("serving.knative.dev", "Service", Form.PodSpec, ["spec", "template", "spec"]),
        new("tekton.dev", "Task", Form.Containers, ["spec", "steps"]),
    ];

    public static void Read(ImageCollector collector, KubernetesObject item)
    {
        foreach (var entry in Entries)
        {
            if (entry.Group == item.Group && (entry.Kind is null || entry.Kind == item.Kind))
            {
                Walk(collector, item.Root, entry, 0);
            }
        }
    }

    private static void Walk(ImageCollector collector, YamlMapping parent, Entry entry, int depth)
    {
        var key = entry.Path[depth];
        if (depth == entry.Path.Length - 1)
        {
            ReadLeaf(collector, parent, entry.Form, key);
            return;
        }

        collector.Enter(key);
        if (parent[key]?.AsMapping() is { } child)
        {
            Walk(collector, child, entry, depth + 1);
        }
        else if (entry.Path[depth + 1] == "*" && parent[key]?.AsSequence() is { } list)
        {
            for (var i = 0; i < list.Items.Length; i++)
            {
                if (list.Items[i].AsMapping() is { } item)
                {
                    collector.Enter(i);
                    Walk(collector, item, entry, depth + 2);
                    collector.Leave();
                }
            }
        }

        collector.Leave();
    }

    private static void ReadLeaf(ImageCollector collector, YamlMapping parent, Form form, string key)
    {
        switch (form)
        {
            case Form.Reference or Form.ReferenceWithDefaultTag:
                collector.AddReference(
                    parent[key]?.AsScalar(), ImageShape.CustomResource, parent["imagePullPolicy"], PodImages.Credentials(parent), key, form == Form.Reference);
                break;
            case Form.Containers:
                PodImages.ReadContainers(collector, parent, key, PodImages.Credentials(parent), ImageShape.CustomResource);
                break;
            case Form.Container when parent[key]?.AsMapping() is { } container:
                collector.Enter(key);
                PodImages.ReadContainer(collector, container, PullCredentials.None, ImageShape.CustomResource);
                collector.Leave();
                break;
            case Form.PodSpec when parent[key]?.AsMapping() is { } spec:
                collector.Enter(key);
                PodImages.ReadSpec(collector, spec, ImageShape.CustomResource);
                collector.Leave();
                break;
            case Form.Map when parent[key]?.AsMapping() is { } map:
                ReadMap(collector, map, key);
                break;
        }
    }

    private static void ReadMap(ImageCollector collector, YamlMapping map, string key)
    {
        var name = (map["repository"] ?? map["repo"])?.AsScalar();
        var (tag, digest) = References.ReadTag(map["tag"]?.AsScalar());
        var image = name is null ? null : References.Read(name, ImageShape.CustomResource);
        if (image is null && !tag.IsWritten)
        {
            return;
        }

        image ??= new ContainerImage { Owner = collector.Owner, Path = "", Shape = ImageShape.CustomResource };
        collector.Add(image with { Tag = tag, Digest = digest, PullPolicy = ImagePart.Of(map["pullPolicy"]?.AsScalar()) }, key);
    }

    private sealed record Entry(string Group, string? Kind, Form Form, ImmutableArray<string> Path);
}

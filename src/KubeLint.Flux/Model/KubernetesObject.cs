using System.Collections.Immutable;

using KubeLint.Flux.Images;
using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>What identifies an object within a cluster: API versions of one group are one kind.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Namespace">The namespace; null where none is written or the kind has none.</param>
/// <param name="Name">The name.</param>
public readonly record struct ObjectId(string Group, string Kind, string? Namespace, string Name)
{
    /// <summary><c>Kind/namespace/name</c>, or <c>Kind/name</c>.</summary>
    public override string ToString() => Namespace is null ? $"{Kind}/{Name}" : $"{Kind}/{Namespace}/{Name}";
}

/// <summary>A mapping seen as a Kubernetes object. The nodes keep their places.</summary>
public sealed class KubernetesObject
{
    // Read at the first use; dozens of rules ask for the pods of one workload.
    private ImmutableArray<WorkloadPod> pods;
    private ImmutableArray<ContainerImage> images;

    private KubernetesObject(YamlMapping root, string apiVersion, string kind)
    {
        Root = root;
        ApiVersion = apiVersion;
        Kind = kind;
        (Group, Version) = Split(apiVersion);

        // Nearly every rule asks for these of nearly every object.
        var metadata = root["metadata"];
        Name = metadata?.GetString("name");
        Namespace = metadata?.GetString("namespace");
        Spec = root["spec"] as YamlMapping;
    }

    /// <summary>The object's content.</summary>
    public YamlMapping Root { get; }

    /// <summary>The <c>apiVersion</c> as written.</summary>
    public string ApiVersion { get; }

    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; }

    /// <summary>The version within the group.</summary>
    public string Version { get; }

    /// <summary>The <c>kind</c>.</summary>
    public string Kind { get; }

    /// <summary><c>metadata.name</c>; null where it is absent (a <c>generateName</c>, a patch).</summary>
    public string? Name { get; }

    /// <summary><c>metadata.namespace</c> as written; null where it is absent.</summary>
    public string? Namespace { get; }

    /// <summary><c>spec</c>; null where it is no mapping.</summary>
    public YamlMapping? Spec { get; }

    /// <summary>The object's identity; an absent name is empty.</summary>
    public ObjectId Id => new(Group, Kind, Namespace, Name ?? "");

    /// <summary>The pods that it makes by itself: those of a workload, or of the values that a HelmRelease writes.</summary>
    internal ImmutableArray<WorkloadPod> Pods
    {
        get
        {
            if (pods.IsDefault)
            {
                pods = WorkloadPods.Read(this);
            }

            return pods;
        }
    }

    /// <summary>The images that it names.</summary>
    internal ImmutableArray<ContainerImage> Images
    {
        get
        {
            if (images.IsDefault)
            {
                images = ContainerImages.Read(this);
            }

            return images;
        }
    }

    /// <summary>The node as an object; null where it has no <c>apiVersion</c> and <c>kind</c> that are strings.</summary>
    public static KubernetesObject? From(YamlNode? node) =>
        node?.AsMapping() is { } root && root.GetString("apiVersion") is { Length: > 0 } apiVersion && root.GetString("kind") is { Length: > 0 } kind
            ? new KubernetesObject(root, apiVersion, kind)
            : null;

    // What nearly all objects are of is no text of its own for each of them.
    private static (string Group, string Version) Split(string apiVersion)
    {
        switch (apiVersion)
        {
            case "v1":
                return ("", apiVersion);
            case "apps/v1":
                return ("apps", "v1");
            case "batch/v1":
                return ("batch", "v1");
            case "networking.k8s.io/v1":
                return ("networking.k8s.io", "v1");
            case "gateway.networking.k8s.io/v1":
                return ("gateway.networking.k8s.io", "v1");
            case "rbac.authorization.k8s.io/v1":
                return ("rbac.authorization.k8s.io", "v1");
            case "external-secrets.io/v1":
                return ("external-secrets.io", "v1");
            case "kustomize.config.k8s.io/v1beta1":
                return ("kustomize.config.k8s.io", "v1beta1");
            case FluxGroups.Kustomize + "/v1":
                return (FluxGroups.Kustomize, "v1");
            case FluxGroups.Helm + "/v2":
                return (FluxGroups.Helm, "v2");
            case FluxGroups.Source + "/v1":
                return (FluxGroups.Source, "v1");
            default:
                var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
                return slash < 0 ? ("", apiVersion) : (apiVersion[..slash], apiVersion[(slash + 1)..]);
        }
    }

    /// <summary>Whether the object is of this group and kind, whatever the version.</summary>
    public bool Is(string group, string kind) => Group == group && Kind == kind;

    /// <summary>An annotation's value; null where it is absent.</summary>
    public string? Annotation(string key) => Root.GetString("metadata", "annotations", key);

    /// <summary>A label's value; null where it is absent.</summary>
    public string? Label(string key) => Root.GetString("metadata", "labels", key);
}

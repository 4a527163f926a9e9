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
    private KubernetesObject(YamlMapping root, string apiVersion, string kind)
    {
        Root = root;
        ApiVersion = apiVersion;
        Kind = kind;
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        Group = slash < 0 ? "" : apiVersion[..slash];
        Version = slash < 0 ? apiVersion : apiVersion[(slash + 1)..];
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
    public string? Name => Root.GetString("metadata", "name");

    /// <summary><c>metadata.namespace</c> as written; null where it is absent.</summary>
    public string? Namespace => Root.GetString("metadata", "namespace");

    /// <summary><c>spec</c>; null where it is no mapping.</summary>
    public YamlMapping? Spec => Root.Get("spec")?.AsMapping();

    /// <summary>The object's identity; an absent name is empty.</summary>
    public ObjectId Id => new(Group, Kind, Namespace, Name ?? "");

    /// <summary>The node as an object; null where it has no <c>apiVersion</c> and <c>kind</c> that are strings.</summary>
    public static KubernetesObject? From(YamlNode? node) =>
        node?.AsMapping() is { } root && root.GetString("apiVersion") is { Length: > 0 } apiVersion && root.GetString("kind") is { Length: > 0 } kind
            ? new KubernetesObject(root, apiVersion, kind)
            : null;

    /// <summary>Whether the object is of this group and kind, whatever the version.</summary>
    public bool Is(string group, string kind) => Group == group && Kind == kind;

    /// <summary>An annotation's value; null where it is absent.</summary>
    public string? Annotation(string key) => Root.GetString("metadata", "annotations", key);

    /// <summary>A label's value; null where it is absent.</summary>
    public string? Label(string key) => Root.GetString("metadata", "labels", key);
}

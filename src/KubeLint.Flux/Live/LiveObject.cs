using System.Text.Json;

namespace KubeLint.Flux.Live;

/// <summary>An object as an API server gave it.</summary>
public class LiveObject
{
    /// <summary>Over the object's JSON. Items of a list do not say themselves what they are.</summary>
    /// <param name="root">The object.</param>
    /// <param name="group">Its API group; empty for the core group.</param>
    /// <param name="kind">Its kind.</param>
    public LiveObject(JsonElement root, string group, string kind)
    {
        Root = root;
        Group = group;
        Kind = kind;
    }

    /// <summary>The whole object.</summary>
    public JsonElement Root { get; }

    /// <summary>Its API group; empty for the core group.</summary>
    public string Group { get; }

    /// <summary>Its kind.</summary>
    public string Kind { get; }

    /// <summary>Its name.</summary>
    public string Name => Root.Text("metadata", "name") ?? "";

    /// <summary>Its namespace; null for a cluster-wide object.</summary>
    public string? Namespace => Root.Text("metadata", "namespace");

    /// <summary>Its uid.</summary>
    public string Uid => Root.Text("metadata", "uid") ?? "";

    /// <summary>Its identity.</summary>
    public ObjectId Id => new(Group, Kind, Namespace, Name);

    /// <summary>The owner that controls it; null where none does.</summary>
    public LiveOwner? Controller
    {
        get
        {
            foreach (var owner in Root.Items("metadata", "ownerReferences"))
            {
                if (owner.Flag("controller"))
                {
                    var version = owner.Text("apiVersion") ?? "";
                    var slash = version.IndexOf('/', StringComparison.Ordinal);
                    return new LiveOwner(slash < 0 ? "" : version[..slash], owner.Text("kind") ?? "", owner.Text("name") ?? "", owner.Text("uid") ?? "");
                }
            }

            return null;
        }
    }

    /// <summary>A label's value, or null.</summary>
    public string? Label(string name) => Root.Text("metadata", "labels", name);

    /// <summary>An annotation's value, or null.</summary>
    public string? Annotation(string name) => Root.Text("metadata", "annotations", name);

    /// <summary>A status condition's status, reason and message, or null where it is not set.</summary>
    public (string Status, string Reason, string Message)? Condition(string type)
    {
        foreach (var condition in Root.Items("status", "conditions"))
        {
            if (condition.Text("type") == type)
            {
                return (condition.Text("status") ?? "", condition.Text("reason") ?? "", condition.Text("message") ?? "");
            }
        }

        return null;
    }

    /// <summary>The Flux object that applied this one, by the labels that Flux's controllers put on what they apply; null where none did.</summary>
    /// <param name="group">The group whose labels are looked at: <see cref="FluxGroups.Helm"/> or <see cref="FluxGroups.Kustomize"/>.</param>
    public (string Name, string Namespace)? AppliedBy(string group) =>
        Label($"{group}/name") is { } name && Label($"{group}/namespace") is { } home ? (name, home) : null;

    /// <summary>Whether it is of a Helm release: by Flux's labels, else by Helm's annotations and the release's name rules.</summary>
    /// <param name="release">The HelmRelease.</param>
    public bool IsOfRelease(LiveObject release)
    {
        ArgumentNullException.ThrowIfNull(release);
        if (AppliedBy(FluxGroups.Helm) is var (name, home))
        {
            return name == release.Name && home == release.Namespace;
        }

        var target = release.Root.Text("spec", "targetNamespace");
        var releaseName = release.Root.Text("spec", "releaseName") ?? (target is null ? release.Name : $"{target}-{release.Name}");
        return Annotation("meta.helm.sh/release-name") == releaseName
            && Annotation("meta.helm.sh/release-namespace") == (target ?? release.Namespace);
    }

    /// <inheritdoc />
    public override string ToString() => Namespace is null ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}

/// <summary>The owner that controls an object.</summary>
/// <param name="Group">Its API group; empty for the core group.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its uid.</param>
public sealed record LiveOwner(string Group, string Kind, string Name, string Uid);

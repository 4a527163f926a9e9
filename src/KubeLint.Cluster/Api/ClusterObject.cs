using System.Text.Json;

namespace KubeLint.Cluster.Api;

/// <summary>An object as the API server gave it.</summary>
public sealed class ClusterObject
{
    /// <summary>Over the object's JSON.</summary>
    /// <param name="root">The object.</param>
    /// <param name="type">Its type: items of a list do not say it themselves.</param>
    public ClusterObject(JsonElement root, ResourceType type)
    {
        Root = root;
        Type = type;
    }

    /// <summary>The whole object.</summary>
    public JsonElement Root { get; }

    /// <summary>What it is.</summary>
    public ResourceType Type { get; }

    /// <summary>Its name.</summary>
    public string Name => Root.Text("metadata", "name") ?? "";

    /// <summary>Its namespace; null for a cluster-wide object.</summary>
    public string? Namespace => Root.Text("metadata", "namespace");

    /// <summary>Its uid.</summary>
    public string Uid => Root.Text("metadata", "uid") ?? "";

    /// <summary>The owner that controls it, by kind, name and uid; null where none does.</summary>
    public (string Kind, string Name, string Uid)? Controller
    {
        get
        {
            foreach (var owner in Root.Items("metadata", "ownerReferences"))
            {
                if (owner.Flag("controller"))
                {
                    return (owner.Text("kind") ?? "", owner.Text("name") ?? "", owner.Text("uid") ?? "");
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

    /// <inheritdoc />
    public override string ToString() => Namespace is null ? $"{Type.Kind} {Name}" : $"{Type.Kind} {Namespace}/{Name}";
}

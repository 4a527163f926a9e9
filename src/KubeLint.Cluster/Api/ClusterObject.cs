using System.Text.Json;

namespace KubeLint.Cluster.Api;

/// <summary>An object as the API server gave it, with the resource that it is of.</summary>
public sealed class ClusterObject : LiveObject
{
    /// <summary>Over the object's JSON.</summary>
    /// <param name="root">The object.</param>
    /// <param name="type">Its type: items of a list do not say it themselves.</param>
    public ClusterObject(JsonElement root, ResourceType type)
        : base(root, type?.Group ?? "", type?.Kind ?? "")
    {
        Type = type!;
    }

    /// <summary>What it is.</summary>
    public ResourceType Type { get; }
}

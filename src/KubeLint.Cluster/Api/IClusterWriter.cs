using System.Text.Json.Nodes;

namespace KubeLint.Cluster.Api;

/// <summary>The few changes that <c>--apply</c> makes.</summary>
public interface IClusterWriter
{
    /// <summary>Applies a JSON merge patch (RFC 7386) to an object.</summary>
    Task<ReadResult> PatchAsync(ResourceType type, string? inNamespace, string name, JsonObject patch, CancellationToken cancellationToken);

    /// <summary>Makes an object.</summary>
    Task<ReadResult> CreateAsync(ResourceType type, string inNamespace, JsonObject body, CancellationToken cancellationToken);
}

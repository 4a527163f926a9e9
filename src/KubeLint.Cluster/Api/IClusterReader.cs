namespace KubeLint.Cluster.Api;

/// <summary>Reads from a cluster. Nothing here can change it.</summary>
public interface IClusterReader
{
    /// <summary>The name of the server or context, for messages.</summary>
    string Name { get; }

    /// <summary>Reads one object.</summary>
    Task<ReadResult> GetAsync(ResourceType type, string? inNamespace, string name, CancellationToken cancellationToken);

    /// <summary>Reads all objects of a kind, page by page.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="inNamespace">Only in this namespace; null for all.</param>
    /// <param name="fieldSelector">A field selector, or null.</param>
    /// <param name="metadataOnly">Whether to ask for names and labels only: a Secret's values then never leave the server.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ReadResult> ListAsync(ResourceType type, string? inNamespace, string? fieldSelector, bool metadataOnly, CancellationToken cancellationToken);

    /// <summary>The versions that the server serves, by API group; the core group is the empty name.</summary>
    Task<ServedGroups> GroupsAsync(CancellationToken cancellationToken);

    /// <summary>The kinds that the server serves in a version of a group; empty where it does not serve that, null where it does not tell.</summary>
    Task<IReadOnlyCollection<string>?> KindsAsync(string group, string version, CancellationToken cancellationToken);

    /// <summary>The last lines that a container wrote, or null where they cannot be read.</summary>
    Task<string?> LogsAsync(string inNamespace, string pod, string container, bool previous, CancellationToken cancellationToken);

    /// <summary>Waits for the next change of any object of a kind in a namespace; false when the time is over or the server closed the watch.</summary>
    Task<bool> WaitForChangeAsync(ResourceType type, string inNamespace, TimeSpan limit, CancellationToken cancellationToken);
}

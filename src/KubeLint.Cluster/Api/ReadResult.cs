namespace KubeLint.Cluster.Api;

/// <summary>How a read ended.</summary>
public enum ReadState
{
    /// <summary>It was read.</summary>
    Ok,

    /// <summary>There is no such object, or the server does not serve the kind.</summary>
    NotFound,

    /// <summary>The user may not read it (403): nothing is known about it.</summary>
    Forbidden,

    /// <summary>Something else went wrong.</summary>
    Failed,
}

/// <summary>What a read gave.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Items">The objects that were read: one for a get.</param>
/// <param name="Message">The server's words where it did not work.</param>
public sealed record ReadResult(ReadState State, IReadOnlyList<ClusterObject> Items, string Message = "")
{
    /// <summary>The only object, or null.</summary>
    public ClusterObject? Single => Items.Count > 0 ? Items[0] : null;

    /// <summary>Whether nothing is known, so that it must not count as absent.</summary>
    public bool IsUnknown => State is ReadState.Forbidden or ReadState.Failed;
}

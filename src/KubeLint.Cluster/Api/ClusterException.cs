namespace KubeLint.Cluster.Api;

/// <summary>The cluster cannot be looked at: no kubeconfig, no such context, no connection. The message is for the user.</summary>
public sealed class ClusterException : Exception
{
    /// <summary>With a message for the user.</summary>
    public ClusterException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the user and what caused it.</summary>
    public ClusterException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Without a message; use the others.</summary>
    public ClusterException()
    {
    }
}

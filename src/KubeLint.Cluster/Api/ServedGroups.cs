namespace KubeLint.Cluster.Api;

/// <summary>The API groups that a server serves.</summary>
/// <param name="State">How reading them ended.</param>
/// <param name="Versions">The versions of each group, the preferred one first.</param>
/// <param name="Message">The server's words where it did not work.</param>
public sealed record ServedGroups(ReadState State, IReadOnlyDictionary<string, IReadOnlyList<string>> Versions, string Message = "");

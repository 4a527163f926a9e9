namespace KubeLint.Flux.Live;

/// <summary>How looking for an object in a cluster ended.</summary>
public enum LiveState
{
    /// <summary>It was not asked for: it lies outside of the namespaces that the run is about.</summary>
    NotAsked,

    /// <summary>It is there.</summary>
    Found,

    /// <summary>It is not there.</summary>
    Absent,

    /// <summary>It may not be read, so that nothing is known of it.</summary>
    NotChecked,
}

/// <summary>What a cluster says of an object.</summary>
/// <param name="State">How looking for it ended.</param>
/// <param name="Object">The object, where it is there.</param>
/// <param name="Why">Why it was not checked, where it was not.</param>
public readonly record struct LiveLookup(LiveState State, LiveObject? Object = null, string Why = "");

/// <summary>Something that could not be read.</summary>
/// <param name="Group">The API group.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Namespace">The namespace; null for all.</param>
/// <param name="Name">The name; null for all.</param>
/// <param name="Why">The server's words.</param>
public sealed record LiveGap(string Group, string Kind, string? Namespace, string? Name, string Why)
{
    /// <summary>Whether an object falls into it.</summary>
    public bool Holds(ObjectId id) =>
        Group == id.Group && Kind == id.Kind && (Namespace is null || Namespace == id.Namespace) && (Name is null || Name == id.Name);
}

/// <summary>What of a kind was read, so that what is not there is absent.</summary>
/// <param name="Group">The API group.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Namespace">The namespace; null for all.</param>
/// <param name="Name">The name; null for all.</param>
public sealed record LiveScope(string Group, string Kind, string? Namespace, string? Name)
{
    /// <summary>Whether an object falls into it.</summary>
    public bool Holds(ObjectId id) =>
        Group == id.Group && Kind == id.Kind && (Namespace is null || Namespace == id.Namespace) && (Name is null || Name == id.Name);
}

namespace KubeLint.Registry;

/// <summary>
/// An image as a registry is asked for it: all names written out, nothing left to a default.
/// </summary>
/// <param name="Registry">Host, with the port where one was written (<c>ghcr.io</c>, <c>docker.io</c>, <c>registry.lan:5000</c>).</param>
/// <param name="Repository">The repository within the registry (<c>library/nginx</c>).</param>
/// <param name="Tag">The tag, if one was written.</param>
/// <param name="Digest">The digest with its algorithm (<c>sha256:…</c>), if one was written. It wins over the tag, as in a pull.</param>
public readonly record struct RegistryImage(string Registry, string Repository, string? Tag = null, string? Digest = null)
{
    /// <summary>What the manifest is asked for by: the digest, else the tag, else <c>latest</c>, as a container runtime does.</summary>
    public string Reference => Digest ?? Tag ?? "latest";

    /// <summary>The name without tag and digest, as credentials are matched against it.</summary>
    public string Name => $"{Registry}/{Repository}";

    /// <inheritdoc />
    public override string ToString() => (Tag, Digest) switch
    {
        (null, null) => Name,
        (var tag, null) => $"{Name}:{tag}",
        (null, var digest) => $"{Name}@{digest}",
        var (tag, digest) => $"{Name}:{tag}@{digest}",
    };
}

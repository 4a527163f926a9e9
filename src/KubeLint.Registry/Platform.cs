namespace KubeLint.Registry;

/// <summary>What a manifest is made for. Source: OCI image index specification, <c>platform</c>.</summary>
/// <param name="Os">Operating system in Go's naming (<c>linux</c>).</param>
/// <param name="Architecture">Processor in Go's naming (<c>amd64</c>, <c>arm64</c>).</param>
/// <param name="Variant">A finer kind of processor (<c>v7</c>), where there is one.</param>
public readonly record struct Platform(string Os, string Architecture, string? Variant = null)
{
    /// <summary>
    /// Whether a node of this operating system and architecture can run the manifest. Variants are not compared: Kubernetes does
    /// not say a node's variant.
    /// </summary>
    public bool Runs(string os, string architecture) => Os == os && Architecture == architecture;

    /// <inheritdoc />
    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";
}

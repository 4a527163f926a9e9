namespace KubeLint.Registry;

/// <summary>How registries are asked.</summary>
public sealed record RegistryClientOptions
{
    /// <summary>
    /// Registries (host, with port where there is one) at which any certificate, or plain HTTP, is accepted. Nothing else gets a
    /// request, let alone credentials, without verified TLS.
    /// </summary>
    public IReadOnlySet<string> Insecure { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many requests may be under way at once.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>How often a request is repeated after an answer that asks for patience (429, 502, 503, 504) or a broken connection.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The longest wait before one repetition; a registry that asks for more is not asked again.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The clock that waits are measured with.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

using KubeLint.Cluster.Reports;

namespace KubeLint.Cluster;

/// <summary>What <c>kubelint diagnose</c> was asked for.</summary>
public sealed record DiagnoseOptions
{
    /// <summary>The workload's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The workload's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its kind, or null to find it out.</summary>
    public string? Kind { get; init; }

    /// <summary>Path of the kubeconfig, or null.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The context, or null.</summary>
    public string? Context { get; init; }

    /// <summary>A directory of the repository, or null for none.</summary>
    public string? Repository { get; init; }

    /// <summary>Whether to leave registries alone.</summary>
    public bool Offline { get; init; }

    /// <summary>Registries at which any certificate, or plain HTTP, is accepted.</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>The form of the report.</summary>
    public ReportFormat Format { get; init; }

    /// <summary>Whether to follow until all is well.</summary>
    public bool Watch { get; init; }

    /// <summary>How long to follow.</summary>
    public TimeSpan WatchLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Where to write the bundle, or null.</summary>
    public string? Bundle { get; init; }

    /// <summary>What to apply: <c>reconcile</c>, <c>restart</c>, <c>pull-secret</c>, or null.</summary>
    public string? Apply { get; init; }

    /// <summary>The docker config for <c>--apply pull-secret</c>.</summary>
    public string? FromDockerConfig { get; init; }

    /// <summary>Whether not to ask.</summary>
    public bool Yes { get; init; }
}

using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;

using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>What a configuration says of the repository, whatever the rules are. Paths are as written: relative to the file's folder.</summary>
public sealed record RepositorySettings
{
    /// <summary>Files and folders that are not read, in the syntax of .gitignore.</summary>
    [Description("Files and folders that are not read, in the syntax of .gitignore.")]
    public ImmutableArray<string> Exclude { get; init; } = [];

    /// <summary>The Flux Kustomizations at which clusters begin, as files or folders; found where none is given.</summary>
    [Description("The files or folders of the Flux Kustomizations at which clusters begin. Found without configuration where none is given.")]
    public ImmutableArray<string> EntryPoints { get; init; } = [];

    /// <summary>The version of Flux that runs in the clusters (<c>2.7</c>); found in the repository where it is null.</summary>
    [Description("The version of Flux that runs in the clusters, such as 2.7. Found in the repository, else the newest, where it is not given.")]
    public string? FluxVersion { get; init; }

    /// <summary>The version of Kubernetes that the clusters run (<c>1.33</c>).</summary>
    [Description("The version of Kubernetes that the clusters run, such as 1.33.")]
    public string? KubernetesVersion { get; init; }

    /// <summary>Variables that the repository does not define.</summary>
    [Description("Variables of post-build substitution that the repository does not define.")]
    public SubstituteSettings Substitute { get; init; } = new();

    /// <summary>What is known of image registries.</summary>
    [Description("What is known of image registries. Globs over registry/repository.")]
    public RegistrySettings Registries { get; init; } = new();

    /// <summary>Folders in which outside sources lie, by <c>Kind/namespace/name</c>.</summary>
    [Description("Folders in which the content of outside sources lies, by Kind/namespace/name: GitRepository/flux-system/apps: ../apps")]
    public ImmutableSortedDictionary<string, string> Sources { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Folders or <c>https</c> addresses with schemas of custom resources, or templates of their paths.</summary>
    [Description("Folders or https addresses with JSON Schemas of custom resources (GROUP/KIND_VERSION.json), or templates of their paths as kubeconform and flux-schema have them. The first that has a schema counts. What is fetched is kept on disk.")]
    public ImmutableArray<string> SchemaLocations { get; init; } = [];

    /// <summary>Whether each suppression must give a reason.</summary>
    [Description("Whether each suppression must give a reason.")]
    public bool RequireReason { get; init; }

    /// <summary>How large a file may be, in bytes; a larger one is a finding and is not read.</summary>
    [Description("How large a file may be, in bytes. A larger one is a finding and is not read.")]
    public int MaxFileBytes { get; init; } = (int)YamlLimits.Default.MaxFileBytes;

    internal static RepositorySettings Bind(OptionReader reader)
    {
        var defaults = new RepositorySettings();
        return new RepositorySettings
        {
            Exclude = reader.Strings("exclude", defaults.Exclude),
            EntryPoints = reader.Strings("entryPoints", defaults.EntryPoints),
            FluxVersion = reader.String("fluxVersion", text => Flux.FluxVersion.Parse(text) is not null, "a version such as 2.7"),
            KubernetesVersion = reader.String("kubernetesVersion", IsMinorVersion, "a version such as 1.33"),
            Substitute = reader.Record("substitute", SubstituteSettings.Bind),
            Registries = reader.Record("registries", RegistrySettings.Bind),
            Sources = reader.Map("sources", defaults.Sources),
            SchemaLocations = reader.Strings("schemaLocations", defaults.SchemaLocations, IsSchemaLocation, "a folder, an https address, or a template of one whose host is fixed"),
            RequireReason = reader.Boolean("requireReason", defaults.RequireReason),
            MaxFileBytes = reader.Integer("maxFileBytes", defaults.MaxFileBytes),
        };
    }

    private static bool IsSchemaLocation(string location) => !SchemaAddress.IsRemote(location) || SchemaAddress.IsAllowed(location);

    // 1.33, v1.33.2, 1.33.x
    private static bool IsMinorVersion(string text) =>
        text.TrimStart('v').Split('.') is [var major, var minor, ..] && int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}

/// <summary>Variables that the repository does not define.</summary>
public sealed record SubstituteSettings
{
    /// <summary>Values by name.</summary>
    [Description("Values by name.")]
    public ImmutableSortedDictionary<string, string> Values { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Names that are supplied from outside, with values that nobody here knows.</summary>
    [Description("Names that are supplied from outside, with values that are not known here.")]
    public ImmutableArray<string> External { get; init; } = [];

    internal static SubstituteSettings Bind(OptionReader reader) => new()
    {
        Values = reader.Map("values", ImmutableSortedDictionary<string, string>.Empty),
        External = reader.Strings("external", []),
    };
}

/// <summary>What is known of image registries. Globs over <c>registry/repository</c>.</summary>
public sealed record RegistrySettings
{
    /// <summary>Those that need credentials.</summary>
    [Description("Registries and repositories that need credentials.")]
    public ImmutableArray<string> Private { get; init; } = [];

    /// <summary>Those that need none.</summary>
    [Description("Registries and repositories that need no credentials.")]
    public ImmutableArray<string> Public { get; init; } = [];

    /// <summary>Those for which the nodes hold the credentials.</summary>
    [Description("Registries and repositories for which the nodes hold the credentials.")]
    public ImmutableArray<string> NodeCredentials { get; init; } = [];

    /// <summary>Registries spoken to over plain HTTP.</summary>
    [Description("Registries that are spoken to over plain HTTP.")]
    public ImmutableArray<string> Insecure { get; init; } = [];

    internal static RegistrySettings Bind(OptionReader reader) => new()
    {
        Private = reader.Strings("private", []),
        Public = reader.Strings("public", []),
        NodeCredentials = reader.Strings("nodeCredentials", []),
        Insecure = reader.Strings("insecure", []),
    };
}

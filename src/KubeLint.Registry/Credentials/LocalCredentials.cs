using System.Collections.Concurrent;

namespace KubeLint.Registry.Credentials;

/// <summary>
/// The credentials of the person who runs the program: <c>$REGISTRY_AUTH_FILE</c>, <c>$DOCKER_CONFIG/config.json</c> or
/// <c>~/.docker/config.json</c>, and the containers' <c>auth.json</c>, in this order, with their helpers.
/// Source: docs.docker.com, "docker login"; containers-auth.json(5).
/// </summary>
public sealed class LocalCredentials : ICredentialSource
{
    private readonly IReadOnlyList<DockerConfig> configs;
    private readonly TimeSpan helperLimit;

    // A helper is a process, and may ask the user: once for each server is enough.
    private readonly ConcurrentDictionary<(string Helper, string Server), Lazy<Task<RegistryCredential?>>> asked = new();

    /// <summary>Over files that were read already.</summary>
    /// <param name="configs">The files, the first that knows an image wins.</param>
    /// <param name="helperLimit">How long a credential helper may take.</param>
    public LocalCredentials(IReadOnlyList<DockerConfig> configs, TimeSpan helperLimit)
    {
        this.configs = configs;
        this.helperLimit = helperLimit;
    }

    /// <summary>Reads the files that are there. One that cannot be read counts as absent.</summary>
    /// <param name="environment">Looks up an environment variable.</param>
    public static LocalCredentials Load(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var home = environment("HOME") ?? environment("USERPROFILE") ?? "";
        var candidates = new List<string>();
        if (environment("REGISTRY_AUTH_FILE") is { Length: > 0 } named)
        {
            candidates.Add(named);
        }

        candidates.Add(Path.Combine(environment("DOCKER_CONFIG") is { Length: > 0 } directory ? directory : Path.Combine(home, ".docker"), "config.json"));
        if (environment("XDG_RUNTIME_DIR") is { Length: > 0 } runtime)
        {
            candidates.Add(Path.Combine(runtime, "containers", "auth.json"));
        }

        candidates.Add(Path.Combine(environment("XDG_CONFIG_HOME") is { Length: > 0 } config ? config : Path.Combine(home, ".config"), "containers", "auth.json"));
        var configs = new List<DockerConfig>();
        foreach (var path in candidates)
        {
            try
            {
                if (File.Exists(path))
                {
                    configs.Add(DockerConfig.Parse(File.ReadAllText(path), path));
                }
            }
            catch (IOException)
            {
                continue;
            }
            catch (UnauthorizedAccessException)
            {
                continue;
            }
        }

        return new LocalCredentials(configs, TimeSpan.FromSeconds(10));
    }

    /// <inheritdoc />
    public async ValueTask<RegistryCredential?> FindAsync(RegistryImage image, CancellationToken cancellationToken)
    {
        foreach (var config in configs)
        {
            var entry = config.Find(image);
            var helper = config.CredentialHelpers.FirstOrDefault(pair => DockerConfig.Covers(pair.Key, image));
            var server = helper.Key ?? entry?.Key ?? (DockerConfig.IsDockerHub(image.Registry) ? "https://index.docker.io/v1/" : image.Registry);
            var name = helper.Value ?? (entry?.Credential is null ? config.CredentialsStore : null);
            var credential = name is null
                ? entry?.Credential
                : await asked.GetOrAdd(
                    (name, server),
                    key => new Lazy<Task<RegistryCredential?>>(() => CredentialHelper.GetAsync(key.Helper, key.Server, helperLimit, cancellationToken))).Value.ConfigureAwait(false);
            if (credential is not null)
            {
                return credential;
            }
        }

        return null;
    }
}

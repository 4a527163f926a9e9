using System.Collections.Concurrent;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>Finds the directory that is the root of a source's artifact, for the sources of one cluster.</summary>
internal sealed class SourceResolver
{
    private readonly IFileSource source;
    private readonly FluxOptions options;
    private readonly Dictionary<ObjectId, string> own = [];
    private readonly HashSet<string> addresses = new(StringComparer.Ordinal);
    private readonly string mainRoot;
    private readonly ConcurrentDictionary<ObjectId, ConcurrentDictionary<string, bool>> pathsHere = new();

    /// <summary>The sources of a cluster.</summary>
    /// <param name="files">The files.</param>
    /// <param name="entry">The cluster.</param>
    /// <param name="bootstrapped">The sources that the cluster syncs, where they are known.</param>
    /// <param name="remotes">The addresses of the checkout's remotes.</param>
    /// <param name="options">What the user says.</param>
    public SourceResolver(
        YamlFileCache files, ClusterEntry entry, IEnumerable<KubernetesObject> bootstrapped, IEnumerable<string> remotes, FluxOptions options)
    {
        source = files.Source;
        this.options = options;
        mainRoot = entry.EntryPoints[0].SourceRoot;
        foreach (var point in entry.EntryPoints)
        {
            if (!point.IsElsewhere && new FluxKustomization(point.Kustomization, null, point).Source is { } id)
            {
                own[id] = point.SourceRoot;
            }
        }

        addresses.UnionWith(remotes);
        foreach (var item in bootstrapped)
        {
            AddAddress(item);
        }
    }

    /// <summary>Takes the source of an entry point that only its own patches complete.</summary>
    public void AddOwn(ObjectId id, string root) => own.TryAdd(id, root);

    /// <summary>
    /// The root of a source's artifact and the path in it, and whether the artifact is known not to have the path; null where the source is not this repository.
    /// </summary>
    /// <param name="id">The source; null where the Kustomization names none.</param>
    /// <param name="path">The Kustomization's path.</param>
    /// <param name="index">What the cluster gets.</param>
    public (string Root, string Path, bool IsAbsent)? Resolve(ObjectId? id, string path, DataIndex index)
    {
        if (id is not { } source)
        {
            // A patch would have to complete it; then its parent's source is the best that is known.
            return (mainRoot, path, false);
        }

        if (options.Sources.TryGetValue(source.ToString(), out var mapped))
        {
            return (mapped, path, false);
        }

        if (own.TryGetValue(source, out var root))
        {
            return (root, path, false);
        }

        var item = index.Find(source.Group, source.Kind, source.Namespace!, source.Name);
        if (source.Kind == "ExternalArtifact")
        {
            return ResolveArtifact(source, path, index);
        }

        if (item is not null)
        {
            return source.Kind == "GitRepository" && item.Root.GetString("spec", "url") is { } url && addresses.Contains(GitAddress.Normalize(url))
                ? (mainRoot, path, false)
                : null;
        }

        return source.Kind is "GitRepository" or "OCIRepository" or "Bucket" && IsHere(source, path) ? (mainRoot, path, false) : null;
    }

    // Made outside of the repository, as bootstrap does: then it is this repository if the path is here, or those of others are that have the same source.
    private bool IsHere(ObjectId id, string path)
    {
        const int MinOthers = 2;
        var paths = pathsHere.GetOrAdd(id, static _ => new ConcurrentDictionary<string, bool>(StringComparer.Ordinal));
        var directory = SourcePath.Join(mainRoot, path);

        // Every source has a root.
        if (directory != mainRoot && source.DirectoryExists(directory))
        {
            paths.TryAdd(directory, true);
            return true;
        }

        return paths.Count >= MinOthers;
    }

    /// <summary>Takes a source that the cluster syncs: others with its address are this repository, too.</summary>
    public void AddAddress(KubernetesObject item)
    {
        if (item.Kind == "GitRepository" && own.ContainsKey(item.Id with { Namespace = item.Namespace ?? "default" }) && item.Root.GetString("spec", "url") is { } url)
        {
            addresses.Add(GitAddress.Normalize(url));
        }
    }

    // An artifact put together from directories of this repository (https://fluxcd.io/flux/components/source/artifactgenerators/).
    private (string Root, string Path, bool IsAbsent)? ResolveArtifact(ObjectId artifact, string path, DataIndex index)
    {
        foreach (var generator in index.OfKind(FluxGroups.SourceExtensions, "ArtifactGenerator"))
        {
            if ((generator.Namespace ?? "default") != artifact.Namespace)
            {
                continue;
            }

            foreach (var made in generator.Root.Get("spec", "artifacts")?.AsSequence()?.Items ?? [])
            {
                if (made.GetString("name") == artifact.Name)
                {
                    return ResolveCopy(generator, made, path, index);
                }
            }
        }

        return null;
    }

    private (string Root, string Path, bool IsAbsent)? ResolveCopy(KubernetesObject generator, YamlNode artifact, string path, DataIndex index)
    {
        (string Root, string Path, bool IsAbsent)? best = null;
        var bestLength = -1;
        var wanted = SourcePath.Join("/", path);
        var isAbsent = true;
        foreach (var copy in artifact.Get("copy")?.AsSequence()?.Items ?? [])
        {
            const string Target = "@artifact/";
            var from = copy.GetString("from");
            var to = copy.GetString("to");
            var isDirectory = from is not null && (from.EndsWith("/**", StringComparison.Ordinal) || from.EndsWith('/'));
            if (!isDirectory || to is null || !from!.StartsWith('@') || !to.StartsWith(Target, StringComparison.Ordinal) || to.Contains("${", StringComparison.Ordinal))
            {
                isAbsent = false;
                continue;
            }

            // Only copies of whole directories keep the layout that kustomizations rely on.
            var prefix = SourcePath.Join("/", to[Target.Length..]);
            isAbsent &= !SourcePath.IsWithin(wanted, prefix) && !SourcePath.IsWithin(prefix, wanted);
            if (!SourcePath.IsWithin(wanted, prefix) || prefix.Length <= bestLength)
            {
                continue;
            }

            var alias = from[1..from.IndexOf('/', StringComparison.Ordinal)];
            var directory = from[(alias.Length + 2)..].TrimEnd('*');
            if (SourceOf(generator, alias) is { } id && Resolve(id, directory, index) is { } source)
            {
                bestLength = prefix.Length;
                best = (source.Root, $"{source.Path}/{wanted[(prefix == "/" ? 0 : prefix.Length)..]}", source.IsAbsent);
            }
        }

        // Where nothing is copied to there is nothing, whatever the sources hold.
        return isAbsent && bestLength < 0 ? (mainRoot, path, true) : best;
    }

    private static ObjectId? SourceOf(KubernetesObject generator, string alias)
    {
        foreach (var item in generator.Root.Get("spec", "sources")?.AsSequence()?.Items ?? [])
        {
            if (item.GetString("alias") == alias && item.GetString("kind") is { } kind and not "ExternalArtifact" && item.GetString("name") is { } name)
            {
                return new ObjectId(FluxGroups.Source, kind, item.GetString("namespace") ?? generator.Namespace ?? "default", name);
            }
        }

        return null;
    }
}

using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>
/// Finds where Flux begins in a repository, without configuration: what <c>flux bootstrap</c> and the Flux Operator leave behind, and Flux
/// Kustomizations that nothing else produces.
/// </summary>
internal sealed class EntryPointFinder
{
    private static readonly string[] ClusterFolders = ["clusters", "cluster", "environments", "envs", "fleet"];

    private readonly YamlFileCache files;
    private readonly string repositoryRoot;
    private readonly KustomizationReach reach;
    private readonly List<Written> kustomizations = [];
    private readonly List<(YamlMapping Instance, KubernetesObject? Object, string File)> instances = [];
    private readonly List<string> bootstrapFolders = [];
    private readonly HashSet<(string Kind, string Name)> writtenSources = [];
    private readonly CancellationToken cancellationToken;

    private EntryPointFinder(Workspace workspace, KustomizationReach reach, CancellationToken cancellationToken)
    {
        files = workspace.Files;
        repositoryRoot = workspace.RepositoryRoot;
        this.reach = reach;
        this.cancellationToken = cancellationToken;
        foreach (var file in workspace.SelectedFiles)
        {
            if (file.Classification.Template == TemplateKind.None)
            {
                Collect(file);
            }
        }
    }

    /// <summary>The clusters of a repository, in ordinal order of their names.</summary>
    public static ImmutableArray<ClusterEntry> Find(Workspace workspace, KustomizationReach reach, FluxOptions options, CancellationToken cancellationToken)
    {
        var finder = new EntryPointFinder(workspace, reach, cancellationToken);
        return options.EntryPoints.IsEmpty && options.EntryNames.IsEmpty ? finder.FindAround(workspace)
            : [.. finder.FindConfigured(options.EntryPoints), .. finder.FindNamed(options.EntryNames)];
    }

    // A repository may lie inside another one, as an example or a test does. What is linted then begins where the inner one does.
    private ImmutableArray<ClusterEntry> FindAround(Workspace workspace)
    {
        var found = Find();
        if (FindNestedRoot(workspace.FirstPath) is not { } nested)
        {
            return found;
        }

        // An artifact made of a directory looks alike, but what syncs it stands outside.
        foreach (var cluster in found)
        {
            foreach (var point in cluster.EntryPoints)
            {
                if (SourcePath.IsWithin(point.SourceRoot, nested) && !SourcePath.IsWithin(YamlFileCache.Normalize(Path.Combine(files.BaseDirectory, point.At.Source.Root.Path)), nested))
                {
                    return found;
                }
            }
        }

        var inner = new EntryPointFinder(workspace.Within(nested), reach, cancellationToken).Find();
        return inner.IsEmpty ? found : inner;
    }

    // The directory below the repository's root in which all paths of the Flux Kustomizations around the linted path begin;
    // the linted path itself where it holds several such directories. What is written below the linted path counts more than
    // what stands beside it: that may be another example, whose path happens to exist further up.
    private string? FindNestedRoot(string linted)
    {
        string? nested = null;
        string? beside = null;
        foreach (var written in kustomizations)
        {
            if (!TryLocate(written, out var root, out var directory) || directory == root)
            {
                continue;
            }

            var isAround = SourcePath.IsWithin(linted, root);
            if (root == repositoryRoot ? SourcePath.IsWithin(written.File, linted) : isAround || SourcePath.IsWithin(root, linted))
            {
                var candidate = isAround ? root : linted;
                ref var best = ref SourcePath.IsWithin(written.File, linted) ? ref nested : ref beside;
                best = best is null || candidate.Length < best.Length ? candidate : best;
            }
        }

        nested ??= beside;
        return nested == repositoryRoot ? null : nested;
    }

    private ImmutableArray<ClusterEntry> FindNamed(ImmutableArray<string> names)
    {
        if (names.IsEmpty)
        {
            return [];
        }

        // What `flux bootstrap` or the Flux Operator makes is written nowhere, but found.
        var found = Find();
        var result = ImmutableArray.CreateBuilder<ClusterEntry>();
        foreach (var name in names)
        {
            var known = new HashSet<YamlMapping>(ReferenceEqualityComparer.Instance);
            foreach (var cluster in found)
            {
                foreach (var point in cluster.EntryPoints)
                {
                    if (IsNamed(point.Kustomization, name))
                    {
                        known.Add(point.Kustomization.Root);
                        result.Add(cluster with { EntryPoints = [point with { Kind = EntryPointKind.Configured }] });
                    }
                }
            }

            foreach (var written in kustomizations)
            {
                if (IsNamed(written.Object, name) && IsComplete(written) && !known.Contains(written.Object.Root))
                {
                    TryLocate(written, out var root, out _);
                    var at = root.Length > 0 ? root : repositoryRoot;
                    result.Add(new ClusterEntry(NameOf(at, written.File), [new EntryPoint(EntryPointKind.Configured, written.Object, at, written.Object.Root)], null));
                }
            }
        }

        return result.ToImmutable();
    }

    // A namespace that is not written comes from what applies the object.
    private static bool IsNamed(KubernetesObject item, string name) =>
        name.EndsWith("/" + item.Name, StringComparison.Ordinal) && (item.Namespace is null || name == $"{item.Namespace}/{item.Name}");

    private ImmutableArray<ClusterEntry> FindConfigured(ImmutableArray<string> paths)
    {
        var result = ImmutableArray.CreateBuilder<ClusterEntry>();
        foreach (var path in paths)
        {
            if (files.Source.DirectoryExists(path))
            {
                var at = new YamlScalar(new SourceText(files.Display(path), ""), default, "");
                result.Add(new ClusterEntry(NameOf(repositoryRoot, path), [MakeEntry(EntryPointKind.Configured, path, at)], null));
                continue;
            }

            var points = ImmutableArray.CreateBuilder<EntryPoint>();
            foreach (var document in files.Parse(path).Documents)
            {
                if (KubernetesObject.From(document.Root) is { } item && item.Is(FluxGroups.Kustomize, "Kustomization"))
                {
                    TryLocate(new Written(item, path), out var root, out _);
                    points.Add(new EntryPoint(EntryPointKind.Configured, item, root.Length > 0 ? root : repositoryRoot, item.Root));
                }
            }

            if (points.Count > 0)
            {
                result.Add(new ClusterEntry(NameOf(repositoryRoot, path), points.ToImmutable(), null));
            }
        }

        return result.ToImmutable();
    }

    private static bool IsSyncFile(string path) => path.EndsWith("/flux-system/gotk-sync.yaml", StringComparison.Ordinal);

    private void Collect(WorkspaceFile file)
    {
        if (IsSyncFile(file.Path))
        {
            bootstrapFolders.Add(SourcePath.DirectoryOf(SourcePath.DirectoryOf(file.Path)));
        }

        foreach (var document in file.Yaml.Documents)
        {
            var item = KubernetesObject.From(document.Root);
            if (item is null)
            {
                // The values of the flux-instance chart, in a file of their own.
                AddInstance(document.Root?.Get("instance")?.AsMapping(), null, file.Path);
            }
            else if (item.Is(FluxGroups.Kustomize, "Kustomization"))
            {
                kustomizations.Add(new Written(item, file.Path));
            }
            else if (item.Is(FluxGroups.Operator, "FluxInstance"))
            {
                AddInstance(item.Spec, item, file.Path);
            }
            else if (item.Group == FluxGroups.Source && !IsSyncFile(file.Path))
            {
                writtenSources.Add((item.Kind, item.Name ?? ""));
            }
            else if (item.Is(FluxGroups.Helm, "HelmRelease"))
            {
                AddInstance(item.Root.Get("spec", "values", "instance")?.AsMapping(), null, file.Path);
            }
        }
    }

    private void AddInstance(YamlMapping? instance, KubernetesObject? item, string file)
    {
        if (instance?.GetString("sync", "path") is not null)
        {
            instances.Add((instance, item, file));
        }
    }

    private ImmutableArray<ClusterEntry> Find()
    {
        Parallel.ForEach(kustomizations, new ParallelOptions { CancellationToken = cancellationToken }, written =>
        {
            if (TryLocate(written, out _, out var directory))
            {
                reach.ReadAhead(directory);
            }
        });

        // By the directory that the cluster syncs: a FluxInstance and a gotk-sync.yaml may name one.
        var roots = new SortedDictionary<string, ClusterEntry>(StringComparer.Ordinal);
        foreach (var (instance, item, file) in instances)
        {
            AddInstanceRoot(roots, instance, item, file);
        }

        foreach (var written in kustomizations)
        {
            if (IsSelfManaged(written, out var root, out var directory) && !roots.ContainsKey(directory))
            {
                roots.Add(directory, new ClusterEntry(
                    NameOf(root, directory), [new EntryPoint(EntryPointKind.SelfManaged, written.Object, root, written.Object.Root) { IsPart = !IsComplete(written) }], null));
            }
        }

        foreach (var folder in bootstrapFolders)
        {
            if (!roots.ContainsKey(folder) && MakeBootstrapEntry(folder) is { } entry)
            {
                roots.Add(folder, entry);
            }
        }

        JoinNested(roots);
        AddUnproduced(roots);
        return [.. roots.Values.OrderBy(cluster => cluster.Name, StringComparer.Ordinal)];
    }

    // A FluxInstance may sync a directory within one that a Kustomization applied by hand holds, as when a repository moves from the
    // one to the other: both begin the same cluster.
    private void JoinNested(SortedDictionary<string, ClusterEntry> roots)
    {
        foreach (var inner in roots.Keys.ToList())
        {
            var entry = roots[inner];
            var reached = reach.Of(inner);
            foreach (var (outer, around) in roots)
            {
                if (outer != inner && SourcePath.IsWithin(inner, outer) && entry.EntryPoints[0].SourceRoot == around.EntryPoints[0].SourceRoot
                    && reached.Resources.Count > 0 && reached.Resources.IsSubsetOf(reach.Of(outer).Resources))
                {
                    roots.Remove(inner);
                    roots[outer] = around with { EntryPoints = [.. around.EntryPoints, .. entry.EntryPoints], Instance = around.Instance ?? entry.Instance };
                    break;
                }
            }
        }
    }

    private void AddInstanceRoot(SortedDictionary<string, ClusterEntry> roots, YamlMapping instance, KubernetesObject? item, string file)
    {
        var sync = instance["sync"]!.AsMapping()!;
        var path = sync.GetString("path")!;
        var root = SourcePath.FindRoot(files.Source, repositoryRoot, file, path);
        if (root is null || IsHidden(file))
        {
            return;
        }

        var directory = SourcePath.Join(root, path);
        if (!roots.ContainsKey(directory))
        {
            var made = InstancePatches.Apply(FluxInstanceSync.MakeKustomization(instance, item?.Namespace), instance);
            roots.Add(directory, new ClusterEntry(NameOf(root, directory), [new EntryPoint(EntryPointKind.FluxInstance, made, root, sync)], instance));
        }
    }

    // A Flux Kustomization whose own path leads to itself, as an object or, in part, as a patch; but not an app that by
    // mistake includes its own Flux Kustomization, which another one applies already.
    private bool IsSelfManaged(Written written, out string root, out string directory)
    {
        root = directory = "";
        if (!TryLocate(written, out root, out directory) || IsHidden(written.File) || (directory == root && !IsSyncFile(written.File)))
        {
            // The root of a repository holds everything, so that it holds the object says nothing.
            return false;
        }

        var reached = reach.Of(directory);
        if (!reached.Resources.Contains(written.File) && !reached.Others.Contains(written.File))
        {
            return false;
        }

        foreach (var other in kustomizations)
        {
            if (!ReferenceEquals(other, written) && other.Object.Name != written.Object.Name && TryLocate(other, out _, out var otherDirectory)
                && otherDirectory != directory && reach.Of(otherDirectory) is var elsewhere
                && (elsewhere.Resources.Contains(written.File) || elsewhere.Others.Contains(written.File)) && !reached.Resources.Contains(other.File))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsSourceWritten(Written written) => !IsSyncFile(written.File) && writtenSources.Contains(
        (written.Object.Root.GetString("spec", "sourceRef", "kind") ?? "", written.Object.Root.GetString("spec", "sourceRef", "name") ?? ""));

    private bool TryLocate(Written written, out string root, out string directory)
    {
        if (written.Root is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            written.Root = Locate(written) ?? "";
            written.Directory = written.Root.Length == 0 ? "" : SourcePath.Join(written.Root, written.Object.Root.GetString("spec", "path")!);
        }

        root = written.Root;
        directory = written.Directory;
        return root.Length > 0;
    }

    private string? Locate(Written written)
    {
        var path = written.Object.Root.GetString("spec", "path");
        if (path is null || path.Contains("${", StringComparison.Ordinal) || written.Object.Root.GetString("spec", "sourceRef", "kind") == "ExternalArtifact")
        {
            return null;
        }

        // The root of a source that stands here like any other object is that source's, not this repository's.
        if (SourcePath.IsRoot(path) && IsSourceWritten(written))
        {
            return null;
        }

        // A patch of a Kustomization says too little to look for its path anywhere but where it should be.
        return IsComplete(written) ? SourcePath.FindRoot(files.Source, repositoryRoot, written.File, path)
            : files.Source.DirectoryExists(SourcePath.Join(repositoryRoot, path)) ? repositoryRoot
            : null;
    }

    private static bool IsComplete(Written written) => written.Object.Root.GetString("spec", "sourceRef", "name") is not null && written.Object.Name is not null;

    private ClusterEntry? MakeBootstrapEntry(string folder)
    {
        if (IsHidden(folder + "/"))
        {
            return null;
        }

        var file = files.Parse($"{folder}/flux-system/gotk-sync.yaml");
        var at = new YamlScalar(file.Text, default, "", YamlScalarStyle.Plain);
        foreach (var document in file.Documents)
        {
            if (KubernetesObject.From(document.Root) is { } item && item.Is(FluxGroups.Kustomize, "Kustomization"))
            {
                // It syncs another path, or one that is not here.
                return null;
            }
        }

        var entry = MakeEntry(EntryPointKind.BootstrapLayout, folder, at);
        return new ClusterEntry(NameOf(entry.SourceRoot, folder), [entry], null);
    }

    // The Flux Kustomization that bootstrap makes for a directory.
    private EntryPoint MakeEntry(EntryPointKind kind, string folder, YamlScalar at)
    {
        // Nothing tells the source's root: the one in which the paths of the cluster's own Kustomizations exist. Without git and
        // without such a path a folder of clusters is taken to stand at the root.
        var parent = SourcePath.DirectoryOf(folder);
        var isClusterFolder = Array.IndexOf(ClusterFolders, parent[(parent.LastIndexOf('/') + 1)..]) >= 0 && SourcePath.IsWithin(parent, repositoryRoot) && parent != repositoryRoot;
        var root = isClusterFolder && Discovery.FindGitRoot(files.Source, folder) is null ? SourcePath.DirectoryOf(parent) : repositoryRoot;
        foreach (var written in kustomizations)
        {
            if (SourcePath.IsWithin(written.File, folder) && TryLocate(written, out var found, out _))
            {
                root = found;
                break;
            }
        }

        const string By = "flux bootstrap";
        var made = MadeNode.Mapping(
            at,
            By,
            ("apiVersion", MadeNode.Text(at, FluxGroups.Kustomize + "/v1", By)),
            ("kind", MadeNode.Text(at, "Kustomization", By)),
            ("metadata", MadeNode.Mapping(at, By, ("name", MadeNode.Text(at, "flux-system", By)), ("namespace", MadeNode.Text(at, "flux-system", By)))),
            ("spec", MadeNode.Mapping(
                at,
                By,
                ("path", MadeNode.Text(at, "./" + Relative(root, folder), By)),
                ("sourceRef", MadeNode.Mapping(at, By, ("kind", MadeNode.Text(at, "GitRepository", By)), ("name", MadeNode.Text(at, "flux-system", By)))))));
        return new EntryPoint(kind, KubernetesObject.From(made)!, root, at);
    }

    private void AddUnproduced(SortedDictionary<string, ClusterEntry> roots)
    {
        var built = new HashSet<string>(roots.Keys, StringComparer.Ordinal);
        var applied = new HashSet<string>(StringComparer.Ordinal);
        var patches = new HashSet<string>(StringComparer.Ordinal);
        foreach (var directory in roots.Keys)
        {
            applied.UnionWith(reach.Of(directory).Resources);
            patches.UnionWith(reach.Of(directory).Others);
        }

        foreach (var written in kustomizations)
        {
            if (TryLocate(written, out _, out var directory))
            {
                built.Add(directory);
                var reached = reach.Of(directory);
                foreach (var path in reached.Resources)
                {
                    // Itself aside: what applies only itself is not produced by anything else.
                    if (path != written.File)
                    {
                        applied.Add(path);
                    }
                }

                patches.UnionWith(reached.Others);
            }
        }

        var left = new List<Written>();
        foreach (var written in kustomizations)
        {
            if (IsComplete(written) && !applied.Contains(written.File) && !patches.Contains(written.File) && !IsHidden(written.File) && !IsParked(written.File, built)
                && (roots.Count == 0 || IsBesideRoot(written.File, roots.Keys)))
            {
                left.Add(written);
            }
        }

        foreach (var group in Split(left))
        {
            var folder = CommonDirectory(group);
            var entries = ImmutableArray.CreateBuilder<EntryPoint>(group.Count);
            foreach (var written in group)
            {
                TryLocate(written, out var root, out _);
                entries.Add(new EntryPoint(
                    EntryPointKind.NotProduced, written.Object, root.Length > 0 ? root : repositoryRoot, written.Object.Root) { IsElsewhere = IsElsewhere(written) });
            }

            roots.TryAdd(folder + "/", new ClusterEntry(NameOf(entries[0].SourceRoot, folder), entries.ToImmutable(), null));
        }
    }

    // One path that is not here may be misspelt; several of one source, of which none is here, are those of another repository. The root of a source
    // is here, too, unless all that is found here has another source, or its source stands here like any other object.
    private bool IsElsewhere(Written written)
    {
        var isRoot = SourcePath.IsRoot(written.Object.Root.GetString("spec", "path") ?? "");
        if (!isRoot && TryLocate(written, out _, out _))
        {
            return false;
        }

        var paths = new HashSet<string>(StringComparer.Ordinal);
        var isElseFound = false;
        foreach (var other in kustomizations)
        {
            if (!IsComplete(other))
            {
                continue;
            }

            var isHere = TryLocate(other, out var root, out var directory) && directory != root;
            if (SourceOf(other) != SourceOf(written))
            {
                isElseFound |= isHere;
            }
            else if (isHere)
            {
                return false;
            }
            else
            {
                paths.Add(SourcePath.Join("/", other.Object.Root.GetString("spec", "path") ?? ""));
            }
        }

        return isRoot ? isElseFound || IsSourceWritten(written) : paths.Count > 1;

        static (string?, string?, string?) SourceOf(Written item) => (
            item.Object.Root.GetString("spec", "sourceRef", "kind"),
            item.Object.Root.GetString("spec", "sourceRef", "name"),
            item.Object.Root.GetString("spec", "sourceRef", "namespace") ?? item.Object.Namespace);
    }

    // In a directory that something builds, but that does not name the file: set aside, or forgotten.
    private static bool IsParked(string file, HashSet<string> built)
    {
        for (var directory = SourcePath.DirectoryOf(file); directory.Length > 1; directory = SourcePath.DirectoryOf(directory))
        {
            if (built.Contains(directory))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBesideRoot(string file, IEnumerable<string> roots)
    {
        foreach (var root in roots)
        {
            var parent = SourcePath.DirectoryOf(root.TrimEnd('/'));
            if (Array.IndexOf(ClusterFolders, parent[(parent.LastIndexOf('/') + 1)..]) >= 0 && SourcePath.IsWithin(file, parent))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsHidden(string file)
    {
        var path = file.AsSpan(Math.Min(file.Length, repositoryRoot == "/" ? 1 : repositoryRoot.Length + 1));
        return path.StartsWith('.') || path.Contains("/.", StringComparison.Ordinal);
    }

    // Objects of one identity cannot be in one cluster: such directories are clusters of their own.
    private List<List<Written>> Split(List<Written> all)
    {
        if (all.Count == 0)
        {
            return [];
        }

        var folder = CommonDirectory(all);
        var isClusterFolder = Array.IndexOf(ClusterFolders, folder[(folder.LastIndexOf('/') + 1)..]) >= 0;
        if (all.Count == 1 || (!isClusterFolder && !Conflicts(all)))
        {
            return [all];
        }

        var parts = all.GroupBy(written => ChildOf(folder, written.File), StringComparer.Ordinal).ToList();
        if (parts.Count < 2 || parts.Any(part => part.Key.Length == 0))
        {
            return [all];
        }

        return [.. parts.SelectMany(part => Split([.. part]))];
    }

    private bool Conflicts(List<Written> all)
    {
        var owners = new Dictionary<ObjectId, string>();
        var folder = CommonDirectory(all);
        var byFile = kustomizations.ToLookup(written => written.File, StringComparer.Ordinal);
        foreach (var written in all)
        {
            var top = ChildOf(folder, written.File);
            foreach (var id in Produced(written, byFile))
            {
                if (!owners.TryAdd(id, top) && owners[id] != top)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // The Flux Kustomization and those that it leads to, by what is written.
    private HashSet<ObjectId> Produced(Written start, ILookup<string, Written> byFile)
    {
        var ids = new HashSet<ObjectId> { start.Object.Id };
        var pending = new Queue<Written>([start]);
        var seen = new HashSet<Written>(ReferenceEqualityComparer.Instance) { start };
        while (pending.TryDequeue(out var written))
        {
            if (!TryLocate(written, out _, out var directory))
            {
                continue;
            }

            foreach (var other in reach.Of(directory).Resources.SelectMany(file => byFile[file]))
            {
                if (seen.Add(other))
                {
                    ids.Add(other.Object.Id);
                    pending.Enqueue(other);
                }
            }
        }

        return ids;
    }

    private static string ChildOf(string folder, string file)
    {
        var start = folder == "/" ? 1 : folder.Length + 1;
        var end = file.IndexOf('/', start);
        return end < 0 ? "" : file[start..end];
    }

    private static string CommonDirectory(List<Written> all)
    {
        var common = SourcePath.DirectoryOf(all[0].File);
        foreach (var written in all)
        {
            while (!SourcePath.IsWithin(written.File, common))
            {
                common = SourcePath.DirectoryOf(common);
            }
        }

        return common;
    }

    private static string Relative(string root, string path) => path == root ? "" : path[(root == "/" ? 1 : root.Length + 1)..];

    // Several repositories may lie below the base directory: then their directories tell the clusters apart.
    private string NameOf(string root, string directory)
    {
        var name = SourcePath.IsWithin(directory, repositoryRoot) ? Relative(repositoryRoot, directory) : Relative(root, directory);
        return name.Length == 0 ? "." : name;
    }

    private sealed class Written(KubernetesObject item, string file)
    {
        public KubernetesObject Object { get; } = item;

        public string File { get; } = file;

        // Where its path leads; the empty string where that is nowhere.
        public string? Root { get; set; }

        public string Directory { get; set; } = "";
    }
}

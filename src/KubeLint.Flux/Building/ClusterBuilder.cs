using System.Collections.Immutable;

using KubeLint.Kustomize;
using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>
/// Builds what a cluster gets. Variables, paths and patches depend on objects that are themselves built, so the tree of
/// Kustomizations is gone through until what they look up no longer changes.
/// </summary>
internal sealed class ClusterBuilder
{
    private const int MaxPasses = 5;
    private const int MaxDepth = 32;

    private readonly ClusterEntry entry;
    private readonly FluxOptions options;
    private readonly BuildMemory memory;
    private readonly YamlFileCache files;
    private readonly SourceResolver sources;
    private readonly ImmutableArray<KubernetesObject> bootstrapped;
    private readonly CancellationToken cancellationToken;
    private readonly FluxVersion version;
    private readonly bool isVersionTold;
    private readonly List<FeatureGate> gates;

    public ClusterBuilder(
        ClusterEntry entry,
        FluxOptions options,
        YamlFileCache files,
        BuildMemory memory,
        IReadOnlyList<string> remotes,
        CancellationToken cancellationToken)
    {
        this.entry = entry;
        this.options = options;
        this.files = files;
        this.memory = memory;
        this.cancellationToken = cancellationToken;
        bootstrapped = entry.Instance?["sync"]?.AsMapping() is { } sync && FluxInstanceSync.MakeSource(sync, entry.EntryPoints[0].Kustomization.Namespace) is { } made
            ? [InstancePatches.Apply(made, entry.Instance)]
            : [];
        sources = new SourceResolver(files, entry, bootstrapped, remotes, options);
        var told = options.Version ?? FluxVersion.Parse(entry.Instance?.GetString("distribution", "version"));
        version = told ?? FluxVersion.Newest;
        isVersionTold = told is not null;
        gates = FeatureGateReader.OfInstance(entry.Instance);
    }

    /// <summary>Builds the cluster.</summary>
    public FluxCluster Build()
    {
        var index = DataIndex.Empty;
        var pass = new Pass(index, version, IsStrict(version, gates)) { IsVersionTold = isVersionTold };
        for (var i = 0; i < MaxPasses; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Run(pass);
            var found = new DataIndex();
            foreach (var source in bootstrapped)
            {
                found.Add(source);
            }

            var installed = version;
            var isTold = isVersionTold;
            var allGates = new List<FeatureGate>(gates);
            foreach (var kustomization in pass.Kustomizations)
            {
                foreach (var item in kustomization.AllObjects())
                {
                    found.Add(item.Object);
                    sources.AddAddress(item.Object);
                    FeatureGateReader.AddDeployment(item.Object, allGates);
                    if (options.Version is null && entry.Instance is null && FluxVersion.Parse(FeatureGateReader.InstalledVersion(item.Object)) is { } told)
                    {
                        installed = told;
                        isTold = true;
                    }
                }
            }

            var next = new Pass(found, installed, IsStrict(installed, allGates)) { Gates = allGates, IsVersionTold = isTold };
            if (found.SameAs(pass.Index) && next.IsStrict == pass.IsStrict && i > 0)
            {
                pass.Version = installed;
                pass.IsVersionTold = isTold;
                pass.Gates = allGates;
                break;
            }

            pass = i + 1 < MaxPasses ? next : pass;
        }

        return Finish(pass);
    }

    private static bool IsStrict(FluxVersion version, List<FeatureGate> gates)
    {
        // https://github.com/fluxcd/kustomize-controller/blob/main/CHANGELOG.md: on by default since 1.9.0, Flux 2.9.
        var result = version.IsAtLeast(2, 9);
        foreach (var gate in gates)
        {
            if (gate.Name == "StrictPostBuildSubstitutions" && ControllerPattern.Matches(gate.Controller, "kustomize-controller"))
            {
                result = gate.IsEnabled;
            }
        }

        return result;
    }

    private void Run(Pass pass)
    {
        var level = new List<FluxKustomization>();
        foreach (var point in entry.EntryPoints)
        {
            if (new FluxKustomization(point.Kustomization, null, point) is var root && pass.Known.Add(root.Id))
            {
                level.Add(root);
            }
        }

        for (var depth = 0; level.Count > 0; depth++)
        {
            var current = level;
            if (depth == 0)
            {
                for (var i = 0; i < current.Count; i++)
                {
                    current[i] = BuildRoot(current[i], pass);
                }
            }
            else
            {
                // Builds of one level do not depend on each other.
                Parallel.For(0, current.Count, new ParallelOptions { CancellationToken = cancellationToken }, i => Process(current[i], pass));
            }

            level = [];
            foreach (var kustomization in current)
            {
                pass.Kustomizations.Add(kustomization);
                var children = ImmutableArray.CreateBuilder<FluxKustomization>(0);
                foreach (var item in kustomization.AllObjects())
                {
                    if (item.Object.Is(FluxGroups.Kustomize, "Kustomization") && item.Object.Name is not null
                        && new FluxKustomization(item.Object, kustomization, null) is var child && pass.Known.Add(child.Id))
                    {
                        children.Add(child);
                    }
                }

                kustomization.Children = children.ToImmutable();
                level.AddRange(kustomization.Children);
            }

            if (depth == MaxDepth && level.Count > 0)
            {
                foreach (var kustomization in level)
                {
                    kustomization.State = KustomizationState.TooDeep;
                    kustomization.Problems = [new FluxProblem(
                        FluxProblemKind.TooDeep, $"Flux Kustomizations lead to each other more than {MaxDepth} levels deep", kustomization.Object.Root.Location)];
                    pass.Kustomizations.Add(kustomization);
                }

                break;
            }
        }
    }

    // An entry point that applies itself is what its own build says, patches of its own directory included.
    private FluxKustomization BuildRoot(FluxKustomization written, Pass pass)
    {
        const int MaxRounds = 3;
        var root = written;
        Process(root, pass);
        for (var i = 0; i < MaxRounds; i++)
        {
            KubernetesObject? applied = null;
            foreach (var item in root.Objects)
            {
                if (item.Object.Is(FluxGroups.Kustomize, "Kustomization") && item.Id == written.Object.Id)
                {
                    applied = item.Object;
                    break;
                }
            }

            if (applied is null || ReferenceEquals(applied.Root, root.Object.Root) || applied.Spec is null)
            {
                break;
            }

            var next = new FluxKustomization(applied, null, written.EntryPoint);
            Process(next, pass);
            if (next.State != KustomizationState.Built)
            {
                break;
            }

            var isSame = KustomizationEdits.Inputs(root.Object.Spec).SequenceEqual(KustomizationEdits.Inputs(applied.Spec)) && next.Directory == root.Directory
                && ReferenceEquals(root.Object.Root["spec"]?.Get("postBuild"), applied.Root["spec"]?.Get("postBuild"));
            root = next;
            if (isSame)
            {
                break;
            }
        }

        if (root is { Source: { } source, SourceRoot: { } directory })
        {
            sources.AddOwn(source, directory);
        }

        return root;
    }

    private void Process(FluxKustomization kustomization, Pass pass)
    {
        var item = kustomization.Object;
        var path = item.Root.Get("spec", "path");
        var isUnsubstituted = kustomization.EntryPoint is not null && path?.AsScalar()?.Value.Contains("${", StringComparison.Ordinal) == true;
        if (path is { IsUnknown: true } || isUnsubstituted)
        {
            kustomization.State = KustomizationState.UnknownPath;
            return;
        }

        var written = path?.AsScalar() is { IsNull: false } scalar ? scalar.Value : "";
        var source = kustomization.EntryPoint is { IsElsewhere: true } ? null
            : kustomization.EntryPoint is { } point ? (point.SourceRoot, written, false)
            : sources.Resolve(kustomization.Source, written, pass.Index);
        if (source is not var (root, inSource, isAbsent))
        {
            kustomization.State = KustomizationState.ExternalSource;
            return;
        }

        kustomization.SourceRoot = root;
        kustomization.Directory = SourcePath.Join(root, inSource);
        if (isAbsent || !files.Source.DirectoryExists(kustomization.Directory))
        {
            if (kustomization is { EntryPoint.Kind: EntryPointKind.NotProduced, Source.Kind: not "GitRepository" }
                || SourceOf(kustomization.Source, pass.Index)?.Root.Get("spec", "include") is not null
                || Submodules.Of(files.Source, root).Holds(kustomization.Directory))
            {
                // An artifact that somebody else makes, and what is taken in from elsewhere, have directories of their own.
                kustomization.State = KustomizationState.ExternalSource;
                kustomization.SourceRoot = kustomization.Directory = null;
                return;
            }

            kustomization.State = KustomizationState.MissingPath;
            kustomization.Problems = [new FluxProblem(
                FluxProblemKind.MissingPath,
                $"The path '{written}' of Kustomization {kustomization.Id.Namespace}/{kustomization.Id.Name} is not in the source",
                (path ?? item.Root).Location)
            {
                Nearest = !isAbsent && inSource == written && !written.Contains("..", StringComparison.Ordinal) ? NearestPath.Find(files.Source, root, written) : null,
            }];
            return;
        }

        var origin = SourceOf(kustomization.Source, pass.Index);
        var patterns = origin?.Root.Get("spec", "ignore")?.AsScalar();
        var ignore = memory.Builds.IgnoreOf(root, patterns is { IsNull: false } ? patterns.Value : null);
        var sparse = origin?.Root.Get("spec", "sparseCheckout")?.AsSequence();
        var isOutside = sparse is { Items.IsEmpty: false } && !IsCheckedOut(kustomization.Directory, root, sparse);
        var isDefault = ignore is null && IsWithinDefault(inSource);
        if (isOutside || isDefault || ignore?.Holds(kustomization.Directory) == false)
        {
            var by = isOutside ? "`spec.sparseCheckout`" : isDefault ? "what Flux leaves out by itself" : patterns is { IsNull: false } ? "`spec.ignore`" : ".sourceignore";
            kustomization.State = KustomizationState.MissingPath;
            kustomization.Problems = [new FluxProblem(
                FluxProblemKind.PathLeftOut,
                $"The path '{written}' of Kustomization {kustomization.Id.Namespace}/{kustomization.Id.Name} is left out of its source by {by}",
                (path ?? item.Root).Location)
            {
                Because = isOutside ? sparse : patterns,
            }];
            return;
        }

        var (result, problems) = memory.Builds.Build(kustomization.Directory, item, ignore);
        kustomization.Build = result;
        kustomization.Variables = VariableResolver.Resolve(item, pass.Index, options.Variables);
        kustomization.IsComplete = result.IsComplete;
        Substitute(kustomization, result.Objects, problems, pass);
    }

    private static bool IsWithinDefault(string path)
    {
        foreach (var name in path.AsSpan().Split('/'))
        {
            if (SourceIgnore.IsDefault(path.AsSpan(name)))
            {
                return true;
            }
        }

        return false;
    }

    private static KubernetesObject? SourceOf(ObjectId? source, DataIndex index) =>
        source is { Namespace: { } ns } id ? index.Find(id.Group, id.Kind, ns, id.Name) : null;

    // https://fluxcd.io/flux/components/source/gitrepositories/#sparse-checkout: whole directories, and the files at the top.
    private static bool IsCheckedOut(string directory, string root, YamlSequence sparse)
    {
        foreach (var item in sparse.Items)
        {
            if (item.AsScalar() is not { IsUnknown: false } entry)
            {
                return true;
            }

            var kept = SourcePath.Join(root, entry.Value);
            if (SourcePath.IsWithin(directory, kept) || SourcePath.IsWithin(kept, directory))
            {
                return true;
            }
        }

        return false;
    }

    private void Substitute(FluxKustomization kustomization, ImmutableArray<YamlMapping> roots, ImmutableArray<FluxProblem> problems, Pass pass)
    {
        var made = ImmutableArray.CreateBuilder<EffectiveObject>(roots.Length);
        var uses = ImmutableArray.CreateBuilder<VariableUse>(0);
        var all = problems.ToBuilder();
        var metadata = kustomization.Object.Root.Get("spec", "commonMetadata")?.AsMapping();
        foreach (var built in roots)
        {
            var substituted = memory.Substitute(built, kustomization.Variables, metadata, pass.IsStrict);
            if (substituted.Result is { } result)
            {
                uses.AddRange(result.Uses);
                foreach (var problem in result.Problems)
                {
                    all.Add(new FluxProblem(FluxProblemKind.Substitution, problem.Message, problem.Where) { Substitution = problem });
                }
            }

            if (memory.ObjectOf(substituted.Root) is { } item)
            {
                made.Add(new EffectiveObject(entry.Name, item, kustomization));
            }
        }

        kustomization.Objects = made.DrainToImmutable();
        kustomization.Rendered = RenderSets(kustomization);
        kustomization.VariableUses = uses.ToImmutable();
        kustomization.Problems = all.ToImmutable();
    }

    private ImmutableArray<EffectiveObject> RenderSets(FluxKustomization kustomization)
    {
        var rendered = ImmutableArray.CreateBuilder<EffectiveObject>(0);
        foreach (var item in kustomization.Objects)
        {
            if (!item.Object.Is(FluxGroups.Operator, "ResourceSet"))
            {
                continue;
            }

            if (ResourceSetRenderer.Render(item.Object) is not { } roots)
            {
                kustomization.IsComplete = false;
                continue;
            }

            foreach (var root in roots)
            {
                if (memory.ObjectOf(root) is { } made)
                {
                    rendered.Add(new EffectiveObject(entry.Name, made, kustomization));
                }
            }
        }

        return rendered.ToImmutable();
    }

    private FluxCluster Finish(Pass pass)
    {
        var byId = new Dictionary<ObjectId, EffectiveObject>();
        var releases = ImmutableArray.CreateBuilder<FluxHelmRelease>();
        var resolver = new ReleaseResolver(files, pass.Index, sources);
        foreach (var kustomization in pass.Kustomizations)
        {
            foreach (var item in kustomization.AllObjects())
            {
                byId.TryAdd(item.Id, item);
                if (item.Object.Is(FluxGroups.Helm, "HelmRelease"))
                {
                    releases.Add(new FluxHelmRelease(item, resolver));
                }
            }
        }

        return new FluxCluster(entry, [.. pass.Kustomizations], pass.Version, [.. pass.Gates], bootstrapped, releases.ToImmutable(), byId)
        {
            IsVersionTold = pass.IsVersionTold,
        };
    }

    private sealed class Pass(DataIndex index, FluxVersion version, bool isStrict)
    {
        public DataIndex Index { get; } = index;

        public bool IsStrict { get; } = isStrict;

        public FluxVersion Version { get; set; } = version;

        public bool IsVersionTold { get; set; }

        public List<FeatureGate> Gates { get; set; } = [];

        public List<FluxKustomization> Kustomizations { get; } = [];

        public HashSet<ObjectId> Known { get; } = [];
    }
}

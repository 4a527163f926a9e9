using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace KubeLint.Flux;

/// <summary>
/// What exists in a cluster, and what may exist unseen. Everything is indexed at its first use and may be asked from several threads.
/// </summary>
/// <remarks>
/// Flux objects come from builds, from ResourceSets and from the charts of the Flux Operator; that any other chart or a third party's manifests
/// bring a Kustomization or a HelmRelease is not assumed. Secrets and ConfigMaps come from much more than is written.
/// </remarks>
public sealed class ClusterKnowledge
{
    // Of what kustomize puts behind the name of a generated object, with the dash before it.
    private const int HashSuffixLength = 11;

    private readonly FluxCluster cluster;
    private readonly Lazy<Dictionary<ObjectId, ImmutableArray<EffectiveObject>>> objects;
    private readonly Lazy<ImmutableArray<ImmutableArray<EffectiveObject>>> repeated;
    private readonly Lazy<ILookup<(string Group, string Kind), EffectiveObject>> byKind;
    private readonly Lazy<ILookup<(string Group, string Kind, string Namespace), EffectiveObject>> byNamespace;
    private readonly Lazy<ILookup<(string Group, string Kind, string Name), EffectiveObject>> byName;
    private readonly Lazy<ILookup<(string Kind, string Namespace, string Name), EffectiveObject>> hashed;
    private readonly ConcurrentDictionary<(string Group, string Kind, string Namespace), NameIndex> names = [];
    private readonly Lazy<ImmutableArray<FluxKustomization>> beginnings;
    private readonly Lazy<HashSet<(string Namespace, string Name)>> beginningIds;
    private readonly Lazy<HashSet<(string Kind, string Name)>> beginningSources;
    private readonly Lazy<ClusterSecretMakers> secretMakers;
    private readonly Lazy<CustomResourceTexts> customResources;
    private readonly Lazy<IncompleteBuilds> incomplete;
    private readonly Lazy<ResourceSetTemplates> resourceSets;
    private readonly Lazy<ReleaseNames> releases;
    private readonly Lazy<ILookup<(string Namespace, string Name), FluxHelmRelease>> charts;
    private readonly Lazy<FluxHelmRelease?> installer;
    private readonly Lazy<HashSet<FluxKustomization>> failing;
    private readonly Lazy<Dictionary<ObjectId, KubernetesObject>> byHand;
    private readonly Lazy<KubernetesObject?> mutator;

    internal ClusterKnowledge(FluxCluster cluster)
    {
        this.cluster = cluster;
        objects = new(IndexObjects);
        repeated = new(() => [.. objects.Value.Values.Where(items => items.Length > 1)]);
        byKind = new(() => cluster.Objects().ToLookup(item => (item.Object.Group, item.Object.Kind)));
        byNamespace = new(() => cluster.Objects().ToLookup(item => (item.Object.Group, item.Object.Kind, item.Object.Namespace ?? "default")));
        byName = new(() => cluster.Objects().Where(item => item.Object.Name is not null).ToLookup(item => (item.Object.Group, item.Object.Kind, item.Object.Name!)));
        hashed = new(() => OfKind("", "ConfigMap").Concat(OfKind("", "Secret")).Where(IsHashed)
            .ToLookup(item => (item.Object.Kind, item.Object.Namespace ?? "default", item.Object.Name![..^HashSuffixLength])));
        beginnings = new(() => [.. cluster.Kustomizations.Where(kustomization => kustomization.EntryPoint is not null)]);
        beginningSources = new(() => [.. beginnings.Value.Select(kustomization => kustomization.Source).OfType<ObjectId>().Select(source => (source.Kind, source.Name))]);
        beginningIds = new(() => beginnings.Value.Select(kustomization => (kustomization.Id.Namespace!, kustomization.Id.Name)).ToHashSet());
        secretMakers = new(() => new ClusterSecretMakers(cluster.Objects().Select(item => item.Object)));
        customResources = new(() => new CustomResourceTexts(cluster.Objects().Select(item => item.Object)));
        incomplete = new(() => new IncompleteBuilds(cluster));
        resourceSets = new(() => new ResourceSetTemplates(cluster.Objects().Select(item => item.Object)));
        releases = new(() => new ReleaseNames(cluster.Releases));
        charts = new(() => cluster.Releases.ToLookup(release => (release.Chart.SourceId?.Namespace ?? release.Id.Namespace!, $"{release.Id.Namespace}-{release.Id.Name}")));
        installer = new(() => cluster.Releases.FirstOrDefault(InstallsFlux));
        failing = new(() => cluster.Kustomizations.Where(IsFailing).ToHashSet());
        byHand = new(IndexByHand);
        mutator = new(() => KustomizationMutators.Find(cluster));
    }

    /// <summary>What changes Flux Kustomizations when they reach the API server, so that their variables are not known; null where nothing is known to.</summary>
    public KubernetesObject? KustomizationMutator => mutator.Value;

    /// <summary>The Flux Kustomizations with which the cluster begins, in its order.</summary>
    public ImmutableArray<FluxKustomization> Beginnings => beginnings.Value;

    /// <summary>Whether the cluster begins with a source of this kind and name, in whatever namespace.</summary>
    public bool BeginsWith(string kind, string? name) => name is not null && beginningSources.Value.Contains((kind, name));

    /// <summary>Whether Flux applies nothing of a Kustomization because its path is missing, or its build or its substitution fails.</summary>
    public static bool IsFailing(FluxKustomization kustomization) => !kustomization.Problems.IsEmpty;

    /// <summary>Whether an object exists in the cluster, or may.</summary>
    /// <param name="group">The API group; empty for the core group.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace; null for one that is not written, which is <c>default</c>, or a kind that has none.</param>
    /// <param name="name">The name.</param>
    /// <param name="asker">What needs the object, and so cannot make it; null where nothing of the kind is meant.</param>
    public Existence Find(string group, string kind, string? ns, string name, KubernetesObject? asker = null)
    {
        var found = ProducersOf(group, kind, ns, name);
        foreach (var item in found)
        {
            if (!failing.Value.Contains(item.Producer))
            {
                return new Existence(Presence.Present, item);
            }
        }

        if (IsEntryPoint(group, kind, ns, name))
        {
            return new Existence(Presence.Present);
        }

        var unseen = FindUnseen(group, kind, ns ?? "default", name, asker);
        if (!found.IsEmpty)
        {
            return new Existence(Presence.Failing, found[0], unseen?.By ?? UnseenMaker.None, unseen?.Reason, unseen?.Maker);
        }

        return unseen ?? Existence.Missing;
    }

    /// <summary>Whether an object exists or may; <see cref="Find(string, string, string?, string, KubernetesObject?)"/>.</summary>
    /// <param name="id">Its identity.</param>
    public Existence Find(ObjectId id) => Find(id.Group, id.Kind, id.Namespace, id.Name);

    /// <summary>The objects of an identity, one for each Flux Kustomization that applies it, parents first.</summary>
    /// <param name="group">The API group; empty for the core group.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace; null and <c>default</c> are one.</param>
    /// <param name="name">The name.</param>
    public ImmutableArray<EffectiveObject> ProducersOf(string group, string kind, string? ns, string name) =>
        objects.Value.TryGetValue(new ObjectId(group, kind, ns ?? "default", name), out var found) ? found : [];

    /// <summary>All objects of a kind, in the order of the cluster.</summary>
    /// <param name="group">The API group; empty for the core group.</param>
    /// <param name="kind">The kind.</param>
    public IEnumerable<EffectiveObject> OfKind(string group, string kind) => byKind.Value[(group, kind)];

    /// <summary>All objects of a kind in a namespace, in the order of the cluster.</summary>
    /// <param name="group">The API group; empty for the core group.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace; one that is not written counts as <c>default</c>.</param>
    public IEnumerable<EffectiveObject> InNamespace(string group, string kind, string? ns) => byNamespace.Value[(group, kind, ns ?? "default")];

    /// <summary>All objects of a kind and a name, of any namespace, in the order of the cluster.</summary>
    /// <param name="group">The API group; empty for the core group.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="name">The name.</param>
    public IEnumerable<EffectiveObject> Named(string group, string kind, string name) => byName.Value[(group, kind, name)];

    /// <summary>The name of an object of the kind in the namespace that is nearest to one that names none; null where none is near.</summary>
    /// <param name="group">The API group; empty for the core group.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace; one that is not written counts as <c>default</c>.</param>
    /// <param name="name">The name.</param>
    public string? Nearest(string group, string kind, string? ns, string name) =>
        names.GetOrAdd(
            (group, kind, ns ?? "default"),
            static (key, self) => new NameIndex(self.InNamespace(key.Group, key.Kind, key.Namespace).Select(item => item.Object.Name).OfType<string>()),
            this).Nearest(name);

    /// <summary>The ConfigMap or Secret that a generator makes under a name, which kustomize puts a hash behind; null where there is none.</summary>
    /// <param name="kind"><c>ConfigMap</c> or <c>Secret</c>.</param>
    /// <param name="ns">The namespace; one that is not written counts as <c>default</c>.</param>
    /// <param name="name">The name without the hash.</param>
    public EffectiveObject? FindHashed(string kind, string? ns, string name) => hashed.Value[(kind, ns ?? "default", name)].FirstOrDefault();

    /// <summary>The identities that several Flux Kustomizations apply, with what each of them applies.</summary>
    /// <remarks>
    /// Each group stands in one Kubernetes cluster: what Flux applies through another <c>kubeConfig</c> is another object. Where a FluxInstance and a
    /// self-managed Kustomization begin the same cluster, one of them is likely the way of before, and is left out.
    /// </remarks>
    public IEnumerable<ImmutableArray<EffectiveObject>> Duplicates()
    {
        foreach (var items in repeated.Value)
        {
            var isInstance = items.Any(item => item.Producer.EntryPoint is { Kind: EntryPointKind.FluxInstance });
            foreach (var group in items.Where(item => !isInstance || item.Producer.EntryPoint is not { Kind: EntryPointKind.SelfManaged }).GroupBy(item => item.Producer.Target))
            {
                ImmutableArray<EffectiveObject> here = [.. group];
                if (here.Length > 1)
                {
                    yield return here;
                }
            }
        }
    }

    /// <summary>The keys of a ConfigMap or Secret, written or made by an ExternalSecret or a SealedSecret.</summary>
    /// <param name="kind"><c>ConfigMap</c> or <c>Secret</c>.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="name">The name.</param>
    public DataKeys KeysOf(string kind, string? ns, string name)
    {
        var existence = Find("", kind, ns, name);
        return existence.Found is { } found ? DataKeys.Of(found.Object)
            : existence is { By: UnseenMaker.Generator, Maker: { } maker } ? DataKeys.Of(maker)
            : DataKeys.Unknown;
    }

    private bool IsEntryPoint(string group, string kind, string? ns, string name)
    {
        return group == FluxGroups.Kustomize && kind == "Kustomization" && beginningIds.Value.Contains((ns ?? "default", name));
    }

    private static bool IsHashed(EffectiveObject item) =>
        item.Object.Name is { Length: > HashSuffixLength } name && name[^HashSuffixLength] == '-' && item.Object.Root.Get("metadata", "name") is { Derivation: not null };

    private Existence? FindUnseen(string group, string kind, string ns, string name, KubernetesObject? asker)
    {
        var isFlux = group.EndsWith(".toolkit.fluxcd.io", StringComparison.Ordinal) || group is FluxGroups.SourceExtensions or FluxGroups.Operator;
        if (resourceSets.Value.Find(group, kind, ns, name) is { } set)
        {
            return Existence.May(UnseenMaker.ResourceSet, $"{set.Id} may make it", set);
        }

        return isFlux ? FindUnseenFlux(group, kind, ns, name) : FindUnseenOther(group, kind, ns, name, asker);
    }

    private Existence? FindUnseenFlux(string group, string kind, string ns, string name)
    {
        if (group == FluxGroups.Source && FindMadeSource(kind, ns, name) is { } made)
        {
            return made;
        }

        if (incomplete.Value.Find(group, kind, ns, name) is { } build)
        {
            return OfBuild(build);
        }

        if (installer.Value is { } release)
        {
            return Existence.May(UnseenMaker.NamedRelease, $"the chart of HelmRelease {release.Id.Namespace}/{release.Id.Name} makes Flux objects", release.Object);
        }

        if (kind == "FluxInstance" && cluster.Releases.FirstOrDefault(item => ChartOf(item).EndsWith("flux-instance", StringComparison.Ordinal)) is { } chart)
        {
            return Existence.May(UnseenMaker.NamedRelease, $"the chart of HelmRelease {chart.Id.Namespace}/{chart.Id.Name} makes it", chart.Object);
        }

        return FindElsewhere(group, kind, ns, name);
    }

    // What bootstrap, a generator of artifacts or helm-controller makes.
    private Existence? FindMadeSource(string kind, string ns, string name)
    {
        foreach (var item in cluster.Bootstrapped)
        {
            if (item.Kind == kind && item.Name == name && (item.Namespace ?? "flux-system") == ns)
            {
                return Existence.May(UnseenMaker.Bootstrap, "the Flux Operator makes it", item);
            }
        }

        foreach (var kustomization in beginnings.Value)
        {
            if (kustomization.Source is { } source && source.Kind == kind && source.Name == name && source.Namespace == ns)
            {
                return Existence.May(UnseenMaker.Bootstrap, "the cluster begins with it", kustomization.Object);
            }
        }

        if (kind == "ExternalArtifact")
        {
            foreach (var generator in InNamespace(FluxGroups.SourceExtensions, "ArtifactGenerator", ns))
            {
                foreach (var artifact in generator.Object.Root.Get("spec", "artifacts")?.AsSequence()?.Items ?? [])
                {
                    if (artifact.GetString("name") == name)
                    {
                        return Existence.May(UnseenMaker.Generator, $"{generator.Object.Id} makes it", generator.Object);
                    }
                }
            }

            // Any controller may make one; of those of the cluster only the generator is known.
            return OfKind(FluxGroups.SourceExtensions, "ArtifactGenerator").Any() ? null : Existence.May(UnseenMaker.Elsewhere, "a controller may make it");
        }

        if (kind == "HelmChart")
        {
            foreach (var release in charts.Value[(ns, name)])
            {
                return Existence.May(UnseenMaker.Generator, $"HelmRelease {release.Id.Namespace}/{release.Id.Name} makes it", release.Object);
            }
        }

        return null;
    }

    private Existence? FindElsewhere(string group, string kind, string ns, string name)
    {
        var id = new ObjectId(group, kind, ns, name);
        if (byHand.Value.TryGetValue(id, out var written))
        {
            return Existence.May(UnseenMaker.ByHand, $"{written.Root.Location} may be applied by hand", written);
        }

        if (IsAnchored(cluster))
        {
            return null;
        }

        foreach (var other in cluster.Neighbours)
        {
            if (!IsAnchored(other) && !ReferenceEquals(other, cluster)
                && (!other.Knowledge.ProducersOf(group, kind, ns, name).IsEmpty || other.Knowledge.IsEntryPoint(group, kind, ns, name)))
            {
                return Existence.May(UnseenMaker.Elsewhere, $"it is in {other.Name}, which may be a part of the same cluster");
            }
        }

        if (InNamespace(group, kind, ns).Any())
        {
            return null;
        }

        foreach (var kustomization in beginnings.Value)
        {
            if (kustomization.Id.Kind == kind && kustomization.Id.Namespace == ns)
            {
                return null;
            }
        }

        return Existence.May(UnseenMaker.Elsewhere, "where the cluster begins is not written, and nothing of this kind is known in the namespace");
    }

    private Existence? FindUnseenOther(string group, string kind, string ns, string name, KubernetesObject? asker)
    {
        if (group.Length == 0 && IsOfKubernetes(kind, ns, name))
        {
            return Existence.May(UnseenMaker.Kubernetes, "Kubernetes makes it");
        }

        if (group.Length == 0 && kind is "Secret" or "ConfigMap")
        {
            if (secretMakers.Value.Find(kind, ns, name) is { } maker)
            {
                return maker;
            }

            if (kind == "Secret" && IsBootstrapSecret(ns, name))
            {
                return Existence.May(UnseenMaker.Bootstrap, "such a Secret is made when Flux is installed");
            }
        }

        if (customResources.Value.Find(kind, ns, name) is { } custom)
        {
            return Existence.May(UnseenMaker.CustomResource, $"what operates {custom.Id} may make it", custom);
        }

        if (incomplete.Value.Find(group, kind, ns, name) is { } build)
        {
            return OfBuild(build);
        }

        if (releases.Value.FindNamed(ns, name, asker) is { } named)
        {
            return Existence.May(UnseenMaker.NamedRelease, $"the chart of HelmRelease {named.Id.Namespace}/{named.Id.Name} may make it", named.Object);
        }

        if (releases.Value.FindAny(ns, asker) is { } release)
        {
            return Existence.May(UnseenMaker.AnyRelease, $"a chart in namespace {ns} may make it", release.Object);
        }

        return FindElsewhere(group, kind, ns, name);
    }

    private static Existence OfBuild((FluxKustomization Kustomization, bool IsOfOthers) build) => Existence.May(
        build.IsOfOthers ? UnseenMaker.OtherProject : UnseenMaker.Build,
        $"not everything that Kustomization {build.Kustomization.Id.Namespace}/{build.Kustomization.Id.Name} makes is known",
        build.Kustomization.Object);

    // https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces, https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
    private static bool IsOfKubernetes(string kind, string ns, string name) => (kind, name) switch
    {
        ("ConfigMap", "kube-root-ca.crt") or ("ServiceAccount", "default") or ("Namespace", "default" or "kube-system" or "kube-public" or "kube-node-lease") => true,
        ("ConfigMap" or "Secret" or "ServiceAccount", _) => ns is "kube-system" or "kube-public",
        _ => false,
    };

    private bool IsBootstrapSecret(string ns, string name)
    {
        if (name.StartsWith("sops-", StringComparison.Ordinal) || name == "flux-system")
        {
            return true;
        }

        foreach (var kustomization in beginnings.Value)
        {
            if (kustomization.Id.Namespace == ns && kustomization.Source?.Name == name)
            {
                return true;
            }
        }

        return cluster.Bootstrapped.Any(item => item.Root.GetString("spec", "secretRef", "name") == name);
    }

    // https://github.com/fluxcd-community/helm-charts (flux2-sync), https://github.com/controlplaneio-fluxcd/charts
    private static bool InstallsFlux(FluxHelmRelease release)
    {
        var name = ChartOf(release);
        return name.EndsWith("flux2-sync", StringComparison.Ordinal) || name.EndsWith("flux2-multi-tenancy", StringComparison.Ordinal);
    }

    private static string ChartOf(FluxHelmRelease release) => release.Chart.Name?.Value ?? release.Chart.Source?.Root.GetString("spec", "url") ?? "";

    // Where Flux begins is written, not guessed.
    private static bool IsAnchored(FluxCluster cluster)
    {
        foreach (var point in cluster.Entry.EntryPoints)
        {
            if (point.Kind != EntryPointKind.NotProduced)
            {
                return true;
            }
        }

        return false;
    }

    private Dictionary<ObjectId, ImmutableArray<EffectiveObject>> IndexObjects()
    {
        var objects = cluster.Objects();
        var index = new Dictionary<ObjectId, ImmutableArray<EffectiveObject>>(objects.Length);
        var several = new Dictionary<ObjectId, List<EffectiveObject>>();
        foreach (var item in objects)
        {
            var id = item.Id with { Namespace = item.Id.Namespace ?? "default" };
            if (index.TryAdd(id, [item]))
            {
                continue;
            }

            if (!several.TryGetValue(id, out var all))
            {
                several.Add(id, all = [.. index[id]]);
            }

            all.Add(item);
        }

        foreach (var (id, all) in several)
        {
            index[id] = [.. all];
        }

        return index;
    }

    // What stands in folders for the first installation; a file that is set aside in a comment is not applied by anybody.
    private Dictionary<ObjectId, KubernetesObject> IndexByHand()
    {
        var index = new Dictionary<ObjectId, KubernetesObject>();
        foreach (var file in cluster.Unreached)
        {
            var isBootstrap = file.File.DisplayPath.Contains("bootstrap", StringComparison.OrdinalIgnoreCase);
            foreach (var item in file.Objects)
            {
                var isSecret = item.Group.Length == 0 && item.Kind is "Secret" or "ConfigMap";
                if (isBootstrap || (isSecret && file.Reason is not (UnreachedReason.CommentedOut or UnreachedReason.Hidden)))
                {
                    index.TryAdd(item.Id with { Namespace = item.Namespace ?? "default" }, item);
                }
            }
        }

        return index;
    }
}

using System.Collections.Immutable;

using KubeLint.Kustomize;

namespace KubeLint.Flux;

/// <summary>The Flux Kustomizations of a cluster of which not everything is known, and what they may hold.</summary>
internal sealed class IncompleteBuilds
{
    // Words in the address of a source that holds Flux objects rather than one project's manifests.
    private static readonly string[] FleetWords = ["flux", "fleet", "gitops", "clusters", "tenant", "infrastructure", "home-ops", "homelab"];

    // Flux's own distribution: controllers and definitions, no objects of these kinds.
    private static readonly string[] Distributions = ["fluxcd/flux-manifests", "fluxcd/flux2/", "fluxcd/flux2?", "flux-operator"];

    // Words in the path of what holds the sources of all others, and folders that hold the Kustomizations of all others.
    private static readonly string[] SourceWords = ["repo", "source", "charts"];
    private static readonly string[] KustomizationFolders = ["kustomizations", "cluster", "clusters"];

    private static readonly string[] OtherKinds = ["release", "secret", "values", "configmap", "claim", "pvc", "route", "ingress", "service", "policy", "repository"];

    private readonly FluxCluster cluster;
    private readonly List<Lost> builds = [];
    private readonly HashSet<string> beginnings = new(StringComparer.Ordinal);

    public IncompleteBuilds(FluxCluster cluster)
    {
        this.cluster = cluster;
        var owners = new HashSet<string>(StringComparer.Ordinal);
        foreach (var point in cluster.Kustomizations)
        {
            if (point.EntryPoint is null)
            {
                continue;
            }

            beginnings.Add(point.Id.Namespace!);
            if (point.Source is { } id && UrlOf(id) is { } url && OwnerOf(url) is { } owner)
            {
                owners.Add(owner);
            }
        }

        foreach (var kustomization in cluster.Kustomizations)
        {
            var path = kustomization.Object.Root.GetString("spec", "path") ?? "";
            switch (kustomization.State)
            {
                case KustomizationState.Built:
                    AddLost(kustomization, owners);
                    break;
                case KustomizationState.MissingPath:
                    builds.Add(new Lost(kustomization, true, [path]));
                    break;
                case KustomizationState.ExternalSource when kustomization.EntryPoint is null && IsSourceTold(kustomization.Object) && kustomization.Source is { } source && UrlOf(source) is null:
                    // Its source may be missing, too, and then it makes nothing.
                    builds.Add(new Lost(kustomization, true, [path]));
                    break;
                case KustomizationState.ExternalSource:
                    var isFleet = MayBeFleet(kustomization, owners);
                    builds.Add(new Lost(kustomization, isFleet, null) { IsOfOthers = !isFleet });
                    break;
                default:
                    builds.Add(new Lost(kustomization, true, null));
                    break;
            }
        }
    }

    /// <summary>A Kustomization that may hold an object, and whether all that is not known of it is somebody else's manifests; null where none may.</summary>
    public (FluxKustomization Kustomization, bool IsOfOthers)? Find(string group, string kind, string ns, string name)
    {
        var id = new ObjectId(group, kind, ns, name);
        var isFlux = group.EndsWith(".toolkit.fluxcd.io", StringComparison.Ordinal);
        (FluxKustomization, bool IsOfOthers)? found = null;
        foreach (var lost in builds)
        {
            var kustomization = lost.Kustomization;

            // What a Kustomization itself needs it does not make; with its source missing it makes nothing.
            if (kustomization.Id == id || kustomization.Source == id)
            {
                continue;
            }

            // A tenant has a service account of its own, which keeps it out of where Flux begins.
            if (isFlux && beginnings.Contains(ns) && kustomization.Id.Namespace != ns && kustomization.Object.Root.GetString("spec", "serviceAccountName") is not null)
            {
                continue;
            }

            // With a target namespace nothing gets to another one.
            var target = kustomization.Object.Root.GetString("spec", "targetNamespace");
            if ((lost.MayHoldFlux || !isFlux) && (target is null || target == ns || target.Contains("${", StringComparison.Ordinal))
                && (!isFlux || lost.Paths is null || IsLikely(lost, id)))
            {
                // One that bears the object's name is the likeliest.
                if (kustomization.Id.Name == name)
                {
                    return (kustomization, lost.IsOfOthers);
                }

                if (found is null || (found.Value.IsOfOthers && !lost.IsOfOthers))
                {
                    found = (kustomization, lost.IsOfOthers);
                }
            }
        }

        return found;
    }

    // One broken Kustomization must not hide all that is missing elsewhere: what it lost goes by its name, its namespace or the lost files' paths.
    private bool IsLikely(Lost lost, ObjectId id)
    {
        var kustomization = lost.Kustomization;
        var own = kustomization.Id.Name;
        var isSource = id.Group == FluxGroups.Source;
        if (own == id.Name || (!isSource && (own.Contains(id.Name, StringComparison.Ordinal) || id.Name.Contains(own, StringComparison.Ordinal))))
        {
            return true;
        }

        // Where others install into the namespace, that it is this one's too says nothing.
        var target = kustomization.Object.Root.GetString("spec", "targetNamespace") ?? kustomization.Id.Namespace!;
        if (id.Kind != "Kustomization" && target == id.Namespace && !beginnings.Contains(target)
            && !cluster.Releases.Any(release => release.Id.Namespace == target && !ReferenceEquals(release.Effective.Producer, kustomization)))
        {
            return true;
        }

        // The sources of others lie where all sources do.
        foreach (var path in lost.Paths!.Value)
        {
            var isLikely = isSource ? SourceWords.Any(word => EndOf(path, 2).Contains(word, StringComparison.OrdinalIgnoreCase))
                : path.Contains(id.Name, StringComparison.Ordinal) || (path.Split('/').Contains(id.Namespace) && !(id.Kind == "Kustomization" && IsOfOtherKind(path)))
                    || (id.Kind == "Kustomization" && path.Split('/').Any(folder => KustomizationFolders.Contains(folder, StringComparer.OrdinalIgnoreCase)));
            if (isLikely)
            {
                return true;
            }
        }

        return false;
    }

    // A file that is called after a kind holds no Kustomizations.
    private static bool IsOfOtherKind(string path) =>
        OtherKinds.Any(word => path.AsSpan(path.LastIndexOf('/') + 1).Contains(word, StringComparison.OrdinalIgnoreCase));

    // What a directory holds its own name tells, not those on the way to it.
    private static string EndOf(string path, int parts)
    {
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('/', names[^Math.Min(parts, names.Length)..]);
    }

    // What keeps names from being known, not only contents.
    private void AddLost(FluxKustomization kustomization, HashSet<string> owners)
    {
        var paths = ImmutableArray.CreateBuilder<string>();
        var hasRemote = false;
        var hasFleet = false;
        var isMade = false;
        foreach (var problem in kustomization.Problems)
        {
            if (problem.Kind is FluxProblemKind.Component or FluxProblemKind.TooDeep)
            {
                paths.Add("");
            }
        }

        foreach (var problem in kustomization.Build?.Problems ?? [])
        {
            switch (problem.Kind)
            {
                case KustomizeProblemKind.MissingFile or KustomizeProblemKind.MissingKustomization or KustomizeProblemKind.Syntax or KustomizeProblemKind.Cycle
                    or KustomizeProblemKind.TooDeep or KustomizeProblemKind.OutsideRepository or KustomizeProblemKind.WrongKind or KustomizeProblemKind.InvalidResource or KustomizeProblemKind.ExternalPlugin
                    or KustomizeProblemKind.InvalidPatch or KustomizeProblemKind.Transformer when problem.Severity == KustomizeSeverity.Error:
                    paths.Add(problem.Node?.AsScalar()?.Value is { Length: < 256 } text ? text : problem.Where.Text.Path);
                    break;
                case KustomizeProblemKind.RemoteBase:
                    hasRemote = true;
                    hasFleet |= problem.Node?.AsScalar()?.Value is not { } address || IsFleet(address, owners);
                    break;
                case KustomizeProblemKind.HelmChart or KustomizeProblemKind.Generator:
                    hasRemote = isMade = true;
                    break;
                default:
                    break;
            }
        }

        if (hasRemote)
        {
            builds.Add(new Lost(kustomization, hasFleet, null) { IsOfOthers = !hasFleet && !isMade });
        }

        if (paths.Count > 0)
        {
            builds.Add(new Lost(kustomization, true, paths.ToImmutable()));
        }
    }

    private bool MayBeFleet(FluxKustomization kustomization, HashSet<string> owners) =>
        kustomization.Source is not { } id || UrlOf(id) is not { } url || IsFleet(url, owners);

    private static bool IsFleet(string address, HashSet<string> owners)
    {
        if (GitAddress.Normalize(address).EndsWith("fluxcd/flux2", StringComparison.Ordinal) || Distributions.Any(name => address.Contains(name, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        if (OwnerOf(address) is { } owner && owners.Contains(owner))
        {
            return true;
        }

        foreach (var word in FleetWords)
        {
            if (address.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // A reference that a variable makes may lead anywhere.
    private static bool IsSourceTold(KubernetesObject kustomization)
    {
        foreach (var field in (ReadOnlySpan<string>)["kind", "name", "namespace"])
        {
            if (kustomization.Root.Get("spec", "sourceRef", field) is { } node && (node.IsUnknown || node.AsScalar()?.Value.Contains("${", StringComparison.Ordinal) == true))
            {
                return false;
            }
        }

        return true;
    }

    private string? UrlOf(ObjectId id)
    {
        if (cluster.Find(id.Group, id.Kind, id.Namespace, id.Name) is { } item)
        {
            return item.Object.Root.GetString("spec", "url");
        }

        foreach (var made in cluster.Bootstrapped)
        {
            if (made.Kind == id.Kind && made.Name == id.Name)
            {
                return made.Root.GetString("spec", "url");
            }
        }

        return null;
    }

    // Host and first part of the path: github.com/org.
    private static string? OwnerOf(string address)
    {
        var text = GitAddress.Normalize(address);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return null;
        }

        var end = text.IndexOf('/', slash + 1);
        return end < 0 ? text : text[..end];
    }

    /// <summary>What is not known of a Kustomization.</summary>
    /// <param name="Kustomization">The Kustomization.</param>
    /// <param name="MayHoldFlux">Whether Flux objects may be in it.</param>
    /// <param name="Paths">The paths that are lost; null where it may hold anything.</param>
    private readonly record struct Lost(FluxKustomization Kustomization, bool MayHoldFlux, ImmutableArray<string>? Paths)
    {
        /// <summary>Whether it is manifests of somebody else's project.</summary>
        public bool IsOfOthers { get; init; }
    }
}

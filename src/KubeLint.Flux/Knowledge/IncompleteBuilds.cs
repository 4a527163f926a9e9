using KubeLint.Kustomize;

namespace KubeLint.Flux;

/// <summary>The Flux Kustomizations of a cluster of which not everything is known, and what they may hold.</summary>
internal sealed class IncompleteBuilds
{
    // Words in the address of a source that holds Flux objects rather than one project's manifests.
    private static readonly string[] FleetWords = ["flux", "fleet", "gitops", "cluster", "tenant", "infra", "deploy", "home-ops", "homelab", "config"];

    private readonly FluxCluster cluster;
    private readonly List<(FluxKustomization Kustomization, bool MayHoldFlux)> builds = [];

    public IncompleteBuilds(FluxCluster cluster)
    {
        this.cluster = cluster;
        var owners = new HashSet<string>(StringComparer.Ordinal);
        foreach (var point in cluster.Kustomizations)
        {
            if (point.EntryPoint is not null && point.Source is { } id && UrlOf(id) is { } url && OwnerOf(url) is { } owner)
            {
                owners.Add(owner);
            }
        }

        foreach (var kustomization in cluster.Kustomizations)
        {
            if (kustomization.State != KustomizationState.Built)
            {
                builds.Add((kustomization, kustomization.State != KustomizationState.ExternalSource || MayBeFleet(kustomization, owners)));
            }
            else if (LosesObjects(kustomization, owners, out var mayHoldFlux))
            {
                builds.Add((kustomization, mayHoldFlux));
            }
        }
    }

    /// <summary>A Kustomization that may hold an object; null where none may.</summary>
    public FluxKustomization? Find(string group, string? ns)
    {
        var isFlux = group.EndsWith(".toolkit.fluxcd.io", StringComparison.Ordinal);
        foreach (var (kustomization, mayHoldFlux) in builds)
        {
            // With a target namespace nothing gets to another one.
            var target = kustomization.Object.Root.GetString("spec", "targetNamespace");
            if ((mayHoldFlux || !isFlux) && (target is null || ns is null || target == ns || target.Contains("${", StringComparison.Ordinal)))
            {
                return kustomization;
            }
        }

        return null;
    }

    // Whether names are unknown, not only contents: a patch that fails loses none.
    private static bool LosesObjects(FluxKustomization kustomization, HashSet<string> owners, out bool mayHoldFlux)
    {
        mayHoldFlux = false;
        var loses = false;
        foreach (var problem in kustomization.Problems)
        {
            if (problem.Kind is FluxProblemKind.Component or FluxProblemKind.MissingPath or FluxProblemKind.TooDeep)
            {
                loses = mayHoldFlux = true;
            }
        }

        foreach (var problem in kustomization.Build?.Problems ?? [])
        {
            switch (problem.Kind)
            {
                case KustomizeProblemKind.MissingFile or KustomizeProblemKind.MissingKustomization or KustomizeProblemKind.Syntax or KustomizeProblemKind.Cycle
                    or KustomizeProblemKind.TooDeep or KustomizeProblemKind.OutsideRepository or KustomizeProblemKind.InvalidResource or KustomizeProblemKind.ExternalPlugin:
                    loses = mayHoldFlux = true;
                    break;
                case KustomizeProblemKind.RemoteBase:
                    loses = true;
                    mayHoldFlux |= problem.Node?.AsScalar()?.Value is not { } address || IsFleet(address, owners);
                    break;
                case KustomizeProblemKind.HelmChart or KustomizeProblemKind.Generator:
                    loses = true;
                    break;
                default:
                    break;
            }
        }

        return loses;
    }

    private bool MayBeFleet(FluxKustomization kustomization, HashSet<string> owners) =>
        kustomization.Source is not { } id || UrlOf(id) is not { } url || IsFleet(url, owners);

    private static bool IsFleet(string address, HashSet<string> owners)
    {
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
}

using System.Collections.Immutable;

namespace KubeLint.Flux;

/// <summary>The HelmReleases of a cluster by the namespace into which they install.</summary>
internal sealed class ReleaseNames
{
    private readonly Dictionary<string, Installed> byNamespace = new(StringComparer.Ordinal);

    public ReleaseNames(ImmutableArray<FluxHelmRelease> releases)
    {
        for (var i = 0; i < releases.Length; i++)
        {
            var release = releases[i];
            var ns = release.Object.Spec?.GetString("targetNamespace") ?? release.Id.Namespace!;
            if (!byNamespace.TryGetValue(ns, out var installed))
            {
                byNamespace.Add(ns, installed = new Installed());
            }

            var name = release.Object.Spec?.GetString("releaseName") ?? release.Id.Name;
            if (!installed.ByName.TryGetValue(name, out var named))
            {
                installed.ByName.Add(name, named = []);
            }

            installed.All.Add(release);
            named.Add((i, release));
        }
    }

    /// <summary>The first release of a namespace whose name begins a name; null where there is none.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="name">The name.</param>
    /// <param name="except">A HelmRelease that does not count; null for none.</param>
    public FluxHelmRelease? FindNamed(string ns, string name, KubernetesObject? except)
    {
        if (!byNamespace.TryGetValue(ns, out var installed))
        {
            return null;
        }

        var byName = installed.ByName.GetAlternateLookup<ReadOnlySpan<char>>();
        (int Order, FluxHelmRelease Release)? first = null;
        for (var length = 0; length <= name.Length; length++)
        {
            if (byName.TryGetValue(name.AsSpan(0, length), out var named) && First(named, except) is { } found && (first is null || found.Order < first.Value.Order))
            {
                first = found;
            }
        }

        return first?.Release;
    }

    /// <summary>The first release of a namespace; null where there is none.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="except">A HelmRelease that does not count; null for none.</param>
    public FluxHelmRelease? FindAny(string ns, KubernetesObject? except) =>
        byNamespace.TryGetValue(ns, out var installed) ? installed.All.Find(release => !ReferenceEquals(release.Object, except)) : null;

    private static (int Order, FluxHelmRelease Release)? First(List<(int Order, FluxHelmRelease Release)> named, KubernetesObject? except)
    {
        foreach (var entry in named)
        {
            if (!ReferenceEquals(entry.Release.Object, except))
            {
                return entry;
            }
        }

        return null;
    }

    private sealed class Installed
    {
        public List<FluxHelmRelease> All { get; } = [];

        public Dictionary<string, List<(int Order, FluxHelmRelease Release)>> ByName { get; } = new(StringComparer.Ordinal);
    }
}

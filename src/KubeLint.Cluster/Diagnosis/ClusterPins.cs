using KubeLint.Cluster.Snapshots;
using KubeLint.Registry.Pins;

namespace KubeLint.Cluster.Diagnosis;

/// <summary>What the cluster itself knows of an image's digest and version. It never guesses: only what runs or lies on a node counts.</summary>
public static class ClusterPins
{
    /// <summary>What to pin a container's image to: the registry's word first, then what other pods run, then what nodes have.</summary>
    public static Pin? Find(ClusterSnapshot snapshot, ContainerView container)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(container);
        if (snapshot.Registries.GetValueOrDefault(container.Image)?.Pin is { } pin)
        {
            return pin;
        }

        if (container.Reference is not { } wanted)
        {
            return null;
        }

        var running = snapshot.Containers.FirstOrDefault(other => other.Image == container.Image && other.RunningDigest is not null)?.RunningDigest;
        foreach (var node in snapshot.Nodes.Values.OrderBy(node => node.Name == container.Node ? 0 : 1).ThenBy(node => node.Name, StringComparer.Ordinal))
        {
            foreach (var image in node.Root.Items("status", "images"))
            {
                string? digest = null;
                VersionTag? version = null;
                var same = false;
                foreach (var name in image.Items("names"))
                {
                    if (ContainerView.Parse(name.GetString() ?? "") is not { } parsed || parsed.Name != wanted.Name)
                    {
                        continue;
                    }

                    digest ??= parsed.Digest;
                    same |= parsed.Digest is null && parsed.Reference == wanted.Reference;
                    if (parsed.Digest is null && VersionTag.TryParse(parsed.Reference, out var read) && (version is null || read > version.Value))
                    {
                        version = read;
                    }
                }

                if (digest is not null && (running is null ? same : digest == running))
                {
                    return new Pin(version?.Tag, digest);
                }
            }
        }

        return running is null ? null : new Pin(null, running);
    }
}

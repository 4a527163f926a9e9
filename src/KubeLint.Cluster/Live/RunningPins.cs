using System.Collections.Immutable;
using KubeLint.Cluster.Api;
using KubeLint.Cluster.Diagnosis;
using KubeLint.Cluster.Snapshots;
using KubeLint.Registry;
using KubeLint.Registry.Pins;

namespace KubeLint.Cluster.Live;

/// <summary>What runs now under a tag, as the pods of a cluster say. Nothing is guessed: where pods differ, there is no pin.</summary>
public sealed class RunningPins
{
    private readonly ClusterSnapshot snapshot;

    /// <summary>Over pods and nodes.</summary>
    /// <param name="pods">The pods.</param>
    /// <param name="nodes">The nodes, whose lists of images tell versions of the same digest.</param>
    public RunningPins(IEnumerable<ClusterObject> pods, IEnumerable<ClusterObject> nodes)
    {
        ArgumentNullException.ThrowIfNull(pods);
        snapshot = new ClusterSnapshot
        {
            Cluster = "",
            Namespace = "",
            Name = "",
            Containers = [.. pods.SelectMany(pod => ContainerReader.Read(pod, [])).Where(container => container.RunningDigest is not null)],
            Nodes = nodes.DistinctBy(node => node.Name).ToDictionary(node => node.Name),
        };
    }

    /// <summary>Reads pods and nodes.</summary>
    /// <exception cref="ClusterException">The pods cannot be read.</exception>
    public static async Task<RunningPins> ReadAsync(IClusterReader reader, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var pods = await reader.ListAsync(ResourceType.Pod, null, null, metadataOnly: false, cancellationToken).ConfigureAwait(false);
        if (pods.State != ReadState.Ok)
        {
            throw new ClusterException($"The pods of {reader.Name} cannot be read: {pods.Message}");
        }

        var nodes = await reader.ListAsync(ResourceType.Node, null, null, metadataOnly: false, cancellationToken).ConfigureAwait(false);
        return new RunningPins(pods.Items, nodes.Items);
    }

    /// <summary>What to pin an image with a tag to; null where nothing of it runs, or not the same everywhere.</summary>
    public Pin? Find(RegistryImage image)
    {
        var running = snapshot.Containers.Where(container => container.Reference is { Digest: null } own && own.Name == image.Name && own.Reference == image.Reference).ToList();
        if (running.Count == 0 || running.Select(container => container.RunningDigest).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            return null;
        }

        var pin = ClusterPins.Find(snapshot, running[0]);
        return pin is { Version: null } && VersionTag.TryParse(image.Reference, out var own) && own.Parts == 3 ? pin with { Version = own.Tag } : pin;
    }

    /// <summary>The tag with its digest for each image of which one tag runs, the same everywhere; by the image's name.</summary>
    public ImmutableDictionary<string, string> ByName()
    {
        var pins = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var group in snapshot.Containers.Where(container => container.Reference is { Digest: null }).GroupBy(container => container.Reference!.Value.Name))
        {
            var image = group.First().Reference!.Value;
            if (group.Select(container => container.Reference!.Value.Reference).Distinct(StringComparer.Ordinal).Count() == 1 && Find(image) is { } pin)
            {
                pins[group.Key] = pin.TagWithDigest ?? $"{image.Reference}@{pin.Digest}";
            }
        }

        return pins.ToImmutable();
    }
}

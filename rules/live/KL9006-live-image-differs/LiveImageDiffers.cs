using KubeLint.Analysis;
using KubeLint.Flux.Images;
using KubeLint.Flux.Live;
using KubeLint.Yaml;

namespace KubeLint.Rules.Live;

/// <summary>Reports pods whose image is another than the one that the repository declares.</summary>
public sealed class LiveImageDiffers : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL9006", "live-image-differs", "A pod runs another image than the repository declares", Severity.Warning)
        {
            Reference = new("https://kubernetes.io/docs/concepts/containers/images/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Live(Check);

    private static void Check(LiveContext context)
    {
        foreach (var item in context.Objects)
        {
            var pods = context.PodsOf(item);
            if (pods.IsEmpty)
            {
                continue;
            }

            var found = new Dictionary<Location, (ContainerImage Image, string Running, List<string> Pods)>();
            foreach (var declared in context.Model.ImagesOf(item))
            {
                foreach (var pod in pods)
                {
                    if (Other(declared, pod.Object) is { } running)
                    {
                        var place = LiveImages.PlaceOf(declared, item);
                        if (!found.TryGetValue(place, out var entry))
                        {
                            found.Add(place, entry = (declared, running, []));
                        }

                        entry.Pods.Add(pod.Object.Name);
                    }
                }
            }

            foreach (var (place, (image, running, names)) in found)
            {
                context.Report(
                    place,
                    $"{item.Id} declares {Text(image)}, and {Names(names)} {(names.Distinct().Count() == 1 ? "runs" : "run")} {running} in {context.Live.Name}",
                    "See whether Flux has applied the commit, whether the rollout is stuck, or who changed the workload by hand",
                    about: item.Id);
            }
        }
    }

    /// <summary>What a pod has in place of a declared image: another tag or digest of it, or in a container of that name another image; null where nothing.</summary>
    private static string? Other(ContainerImage declared, LiveObject pod)
    {
        if (declared.Name is not { } name || declared.Tag.State == PartState.Unknown || declared.Digest.State == PartState.Unknown
            || (declared.Tag.State == PartState.Absent && declared.Digest.State == PartState.Absent && !declared.TagDefaultsToLatest))
        {
            return null;
        }

        var container = ContainerOf(declared);
        string? other = null;
        foreach (var (own, text, status) in LiveImages.Containers(pod))
        {
            if (LiveImages.Read(text) is not { } running)
            {
                continue;
            }

            if (running.Name == name)
            {
                if (IsSame(declared, running.Tag, running.Digest ?? LiveImages.Digest(status), running.Digest is not null))
                {
                    return null;
                }

                other ??= text;
            }
            else if (container == own)
            {
                other ??= text;
            }
        }

        return other;
    }

    // What is known on both sides decides: the digest before the tag. One that only the runtime tells may be that of one platform: it can only acquit.
    private static bool IsSame(ContainerImage declared, string? tag, string? digest, bool isWritten)
    {
        var (ownTag, ownDigest) = (declared.Tag.Value, declared.Digest.Value);
        if (ownTag?.Split('@') is [var first, var second])
        {
            (ownTag, ownDigest) = (first, second);
        }

        if (ownDigest is not null && digest is not null)
        {
            var same = ownDigest.EndsWith(digest[(digest.IndexOf(':', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal);
            if (same || isWritten)
            {
                return same;
            }
        }

        if (tag is null && isWritten)
        {
            return true;
        }

        return ownDigest is not null && ownTag is null ? tag is null : (ownTag ?? "latest") == (tag ?? "latest");
    }

    // A pod template's container has a name; a chart's values have none that is certain.
    private static string? ContainerOf(ContainerImage image)
    {
        if (image.Owner is not { Kind: not "HelmRelease" } owner || image.NameNode is not { } node)
        {
            return null;
        }

        var spec = owner.Kind switch
        {
            "Pod" => owner.Root.Get("spec"),
            "CronJob" => owner.Root.Get("spec", "jobTemplate", "spec", "template", "spec"),
            _ => owner.Root.Get("spec", "template", "spec"),
        };
        foreach (var list in new[] { "containers", "initContainers" })
        {
            foreach (var container in spec?.Get(list)?.AsSequence()?.Items ?? [])
            {
                if (ReferenceEquals(container.Get("image"), node))
                {
                    return container.GetString("name");
                }
            }
        }

        return null;
    }

    private static string Text(ContainerImage image) =>
        image.DisplayName + (image.Tag.IsWritten ? $":{image.Tag.Text}" : "") + (image.Digest.IsWritten ? $"@{image.Digest.Text}" : "");

    private static string Names(List<string> pods)
    {
        var names = pods.Distinct().Order(StringComparer.Ordinal).ToList();
        return names.Count == 1 ? $"pod {names[0]}" : $"pods {string.Join(", ", names.Take(3))}{(names.Count > 3 ? $" and {names.Count - 3} more" : "")}";
    }
}

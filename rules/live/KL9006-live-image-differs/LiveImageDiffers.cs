using System.Text.Json;

using KubeLint.Analysis;
using KubeLint.Flux.Images;
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
            var images = context.Model.ImagesOf(item);
            var declaredImages = images.Select(image => (Image: image, Container: ContainerOf(image))).ToList();
            foreach (var pod in pods)
            {
                foreach (var (own, text, status) in LiveImages.Containers(pod.Object))
                {
                    if (Declared(declaredImages, own, text, status) is not { } declared)
                    {
                        continue;
                    }

                    var place = LiveImages.PlaceOf(declared, item);
                    if (!found.TryGetValue(place, out var entry))
                    {
                        found.Add(place, entry = (declared, text, []));
                    }

                    entry.Pods.Add(pod.Object.Name);
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

    /// <summary>
    /// The declared image that a container runs another one in place of; null where it runs a declared one, or nothing says what it should run. A release
    /// may declare one image with several tags, for several containers.
    /// </summary>
    private static ContainerImage? Declared(List<(ContainerImage Image, string? Container)> images, string container, string text, JsonElement status)
    {
        if (LiveImages.Read(text) is not { } running)
        {
            return null;
        }

        var named = images.FindAll(entry => entry.Container == container && entry.Container is not null);
        var candidates = named.Count > 0 ? named : images.FindAll(entry => entry.Image.Name == running.Name);
        foreach (var (image, _) in candidates)
        {
            if (!IsKnown(image) || (image.Name == running.Name && IsSame(image, running.Tag, running.Digest ?? LiveImages.Digest(status), running.Digest is not null)))
            {
                return null;
            }
        }

        return candidates.Count == 0 ? null : candidates[0].Image;
    }

    private static bool IsKnown(ContainerImage image) =>
        image.Name is not null && image.Tag.State != PartState.Unknown && image.Digest.State != PartState.Unknown
        && (image.Tag.State != PartState.Absent || image.Digest.State != PartState.Absent || image.TagDefaultsToLatest);

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

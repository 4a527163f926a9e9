using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux.Images;
using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Rules.Images;

/// <summary>Reports image references that no container runtime reads.</summary>
public sealed class ImageReferenceMalformed : Rule
{
    private const string Help = "A reference is `registry/repository:tag@sha256:digest`";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1006", "image-reference-malformed", "An image reference is malformed, so no pod starts", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/concepts/containers/images/#image-names"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        foreach (var (group, kind) in WorkloadPods.Kinds)
        {
            on.Object(group, kind, CheckWorkload);
        }

        on.HelmRelease(context =>
        {
            foreach (var controller in Entries(context.Release.Values?["controllers"]))
            {
                foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers"])
                {
                    foreach (var container in Entries(controller.Value.AsMapping()?[list]))
                    {
                        CheckAppTemplate(context, container.Value.AsMapping()?["image"]);
                    }
                }
            }
        });
    }

    private static void CheckWorkload(ObjectContext context)
    {
        foreach (var container in WorkloadPods.ContainersOf(context.Object))
        {
            if (container["image"] is YamlScalar image)
            {
                CheckReference(context, image);
            }
        }
    }

    private static ImmutableArray<YamlEntry> Entries(YamlNode? node) => node?.AsMapping()?.EffectiveEntries() ?? [];

    private static void CheckReference(RuleContext context, YamlScalar image)
    {
        if (image is { IsUnknown: false, IsNull: false, Value.Length: > 0 } && !ImageReference.TryParse(image.Value, out _, out var error))
        {
            Report(context, image, error.Offset, error.Message);
        }
    }

    // The chart joins the parts: repository:tag@digest.
    private static void CheckAppTemplate(RuleContext context, YamlNode? node)
    {
        if (node is YamlScalar whole)
        {
            CheckReference(context, whole);
            return;
        }

        if (node?.Get("repository") is not YamlScalar { IsUnknown: false, IsNull: false, Value: { Length: > 0 } repository } name)
        {
            return;
        }

        if (!ImageReference.TryParse(repository, out var reference, out var error))
        {
            Report(context, name, error.Offset, error.Message);
        }
        else if (node.Get("tag") is YamlScalar { IsUnknown: false, IsNull: false, Value: { Length: > 0 } tag } scalar)
        {
            if (reference.Tag.State == PartState.Known)
            {
                context.Report(name, $"The repository '{repository}' holds a tag already, so the chart makes '{repository}:{tag}' of it, which no runtime reads", "Write the tag below `tag` only");
            }
            else if (!reference.HasUnknown && !ImageReference.TryParse($"{repository}:{tag}", out _, out var inTag))
            {
                Report(context, scalar, Math.Max(0, inTag.Offset - repository.Length - 1), inTag.Message);
            }
        }
    }

    private static void Report(RuleContext context, YamlScalar scalar, int position, string message)
    {
        var at = scalar.Derivation is null && position < scalar.Value.Length
            ? scalar.EmbeddedText().Locate(TextSpan.FromBounds(position, scalar.Value.Length))
            : scalar.Location;
        context.Report(at, $"{message}: the kubelet answers InvalidImageName and no pod starts", Help);
    }
}

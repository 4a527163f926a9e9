using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Rules.Images;
using KubeLint.Yaml;

namespace KubeLint.Rules.Sources;

/// <summary>Reports charts and manifests that are found by a tag that moves.</summary>
public sealed class OciSourceTagMutable : Rule<OciSourceTagMutable.OciSourceTagMutableOptions>
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL6002", "oci-source-tag-mutable", "A chart or manifests are fetched by a tag that moves", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/source/ocirepositories/#reference"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        var tags = new MutableTags(Options.MutableTags);
        on.Graph(context =>
        {
            foreach (var item in context.Cluster.Knowledge.OfKind(FluxGroups.Source, "OCIRepository"))
            {
                if (!SourceObjects.IsBeginning(context.Cluster, item.Object))
                {
                    Check(context, item.Object, tags);
                }
            }
        });
    }

    private static void Check(GraphContext context, KubernetesObject source, MutableTags tags)
    {
        if (source.Spec?["ref"]?.AsMapping() is not { } reference || reference["digest"] is not null || reference["semver"] is not null
            || reference.Find("tag") is not { } entry || entry.Value.Resolved is not YamlScalar { IsUnknown: false } tag || !tags.Contains(tag.Value))
        {
            return;
        }

        context.Report(
            entry.Value,
            $"The tag '{tag.Value}' of OCIRepository {source.Namespace ?? "default"}/{source.Name} moves, so what is installed from it changes without a commit, and a revert does not bring the old one back",
            "Write a version as the tag, best with its `digest`",
            about: source.Id);
    }

    /// <summary>The options of KL6002.</summary>
    public sealed record OciSourceTagMutableOptions
    {
        /// <summary>The tags that move, whatever their case; <c>*</c> stands for any text.</summary>
        public ImmutableArray<string> MutableTags { get; init; } = Images.MutableTags.Default;
    }
}

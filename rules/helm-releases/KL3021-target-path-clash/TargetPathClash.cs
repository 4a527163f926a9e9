using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports target paths that overwrite each other.</summary>
public sealed class TargetPathClash : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3021", "target-path-clash", "Two targetPaths set one value, or one lies in the other", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#values-references"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.HelmRelease(context =>
    {
        var before = new List<TargetPath>();
        foreach (var item in TargetPaths.Of(context.Release))
        {
            if (before.Find(other => ValuesMerge.AreInEachOther(other.Path, item.Path)) is { } first)
            {
                context.Report(
                    item.Node,
                    item.Path == first.Path
                        ? $"'{item.Path}' is set twice, so the value of {first.Layer.Origin} never counts"
                        : $"'{item.Path}' and '{first.Path}' lie in each other, so one of the two values is lost",
                    "Keep one of them",
                    [new RelatedLocation(first.Node.Location, "The other path")]);
            }

            before.Add(item);
        }
    });
}

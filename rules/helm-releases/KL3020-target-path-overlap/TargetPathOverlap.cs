using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports values that are set inline and by a targetPath.</summary>
public sealed class TargetPathOverlap : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3020", "target-path-overlap", "A targetPath sets what the inline values set too", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#values-references"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.HelmRelease(context =>
    {
        if (context.Release.Object.Root.Get("spec", "values")?.AsMapping() is not { } inline)
        {
            return;
        }

        foreach (var item in TargetPaths.Of(context.Release))
        {
            if (ValuesMerge.Find(inline, item.Path) is { } value)
            {
                context.Report(
                    item.Node,
                    $"'{item.Path}' is also set in `spec.values`: which of the two counts depends on where it stands, and on the Flux version",
                    "Remove it from `spec.values`",
                    [new RelatedLocation(value.Location, "The inline value")]);
            }
        }
    });
}

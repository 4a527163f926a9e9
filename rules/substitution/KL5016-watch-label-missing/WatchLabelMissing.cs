using KubeLint.Analysis;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports ConfigMaps and Secrets with variables or values that Flux does not watch.</summary>
public sealed class WatchLabelMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5016", "watch-label-missing", "Flux does not watch an object that it reads variables or values from", Severity.Info)
        {
            IsEnabledByDefault = false,
            Reference = WatchLabels.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        foreach (var (item, reference) in WatchLabels.Objects(context.Cluster))
        {
            // A name with a hash changes with the content, so that the reference itself does.
            var root = item.Object.Root;
            if (root.Get("metadata", "labels", WatchLabels.Key) is null && root.Get("metadata", "name") is { Derivation.By: not ("configMapGenerator" or "secretGenerator") } or { Derivation: null })
            {
                context.Report(
                    root.Get("metadata", "name") ?? root,
                    $"Flux notices a change of {item.Id} only at the next interval of what reads it",
                    $"Label it `{WatchLabels.Key}: {WatchLabels.Value}`",
                    [new RelatedLocation(reference.Location, "It is read here")],
                    about: item.Id);
            }
        }
    });
}

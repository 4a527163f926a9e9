using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports Kustomizations whose directories hold each other and that apply the same files.</summary>
public sealed class OverlappingPaths : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2017", "overlapping-paths", "Two Kustomizations apply the same files", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#path"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        var told = new HashSet<(ObjectId, ObjectId)>();
        foreach (var shared in Owners.Shared(context))
        {
            if (shared.Overlap is not var (outer, inner) || !told.Add((outer.Id, inner.Id)))
            {
                continue;
            }

            var at = inner.Object.Root.Get("spec")?.AsMapping()?.Find("path")?.Value ?? inner.Object.Root.Get("metadata", "name")!;
            var related = outer.Object.Root.Get("spec")?.AsMapping()?.Find("path")?.Value ?? outer.Object.Root;
            context.Report(
                at,
                $"Kustomization {inner.Id.Namespace}/{inner.Id.Name} applies files that {outer.Id.Namespace}/{outer.Id.Name} applies too, such as {shared.Items[0].Object.Id}: each takes them for its own",
                "Leave the directory out of one of the two: a kustomization.yaml in the outer directory names what that one applies",
                [new RelatedLocation(related.Location, "The directory of the other Kustomization")],
                about: inner.Id);
        }
    });
}

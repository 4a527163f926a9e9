using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports Flux Kustomizations of which a cluster gets two of one name.</summary>
public sealed class KustomizationDuplicate : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2021", "kustomization-duplicate", "Two Flux Kustomizations of one cluster have the same name", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#writing-a-kustomization-spec"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        foreach (var items in context.Cluster.Knowledge.Duplicates())
        {
            // One that applies itself as well is another mistake.
            var id = items[0].Object.Id;
            var ns = id.Namespace ?? "default";
            var others = items.Where(item => item.Producer.Id.Name != id.Name || item.Producer.Id.Namespace != ns)
                .Where(item => !ClusterKnowledge.IsFailing(item.Producer)).DistinctBy(item => item.Producer).ToImmutableArray();
            if (!items[0].Object.Is(FluxGroups.Kustomize, "Kustomization") || others.Length < 2 || ObjectReference.Text(items[0].Object.Root.Get("metadata", "name")) is null)
            {
                continue;
            }

            var producers = string.Join(" and ", others.Select(item => $"{item.Producer.Id.Namespace}/{item.Producer.Id.Name}").Order(StringComparer.Ordinal));
            var places = others.Select(item => item.Object.Root.Get("metadata", "name")!.Location).Distinct().ToList();
            foreach (var place in places)
            {
                context.Report(
                    place,
                    $"Kustomization {ns}/{id.Name} is applied by {producers}, and each overwrites what the other wrote",
                    places.Count > 1 ? "Give one of the two another name" : "Apply it from one place",
                    [.. places.Where(other => other != place).Select(other => new RelatedLocation(other, "The other Kustomization of this name"))],
                    about: id);
            }
        }
    });
}

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Live;
using KubeLint.Yaml;

namespace KubeLint.Rules.Live;

/// <summary>Reports variables whose value only the cluster could tell, and that it does not have either.</summary>
public sealed class LiveVariableUndefined : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL9013", "live-variable-undefined", "A variable is in none of the cluster's Secrets and ConfigMaps", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Live(Check);

    private static void Check(LiveContext context)
    {
        foreach (var item in context.Cluster?.Kustomizations ?? [])
        {
            var sources = LiveReference.Of(item.Object, []).Where(reference => reference.Use == LiveUse.Variables).ToList();
            if (item.Variables is not { OpenBy: not null } variables || sources.Count == 0 || !sources.TrueForAll(source => IsKnown(context.Live, source)))
            {
                continue;
            }

            var names = sources.SelectMany(source => context.Live.Data.TryGetValue(source.Id, out var data) ? data.Keys : []).ToHashSet(StringComparer.Ordinal);
            foreach (var use in item.VariableUses)
            {
                // What the repository tells is for other rules: here is what only the cluster can.
                if (!use.HasDefault && use.State == VariableState.Unknown && variables.Find(use.Name) is null && !names.Contains(use.Name))
                {
                    var nearest = NearestName.Find(use.Name, names);
                    context.Report(
                        use.Where,
                        $"The variable {use.Name} is in none of {string.Join(", ", sources.Select(source => source.Id))} in {context.Live.Name}{(nearest is null ? "" : $"; did you mean {nearest}?")}: {item.Id} puts an empty text there",
                        "Add the key, or give the variable a default: `${NAME:=value}`",
                        about: item.Id);
                }
            }
        }
    }

    private static bool IsKnown(LiveCluster live, LiveReference source) => live.Data.ContainsKey(source.Id) || live.Find(source.Id).State == LiveState.Absent;
}

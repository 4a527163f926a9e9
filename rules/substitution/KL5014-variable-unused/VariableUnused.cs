using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports variables of <c>substitute</c> that no object uses.</summary>
public sealed class VariableUnused : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5014", "variable-unused", "A variable is supplied that nothing uses", Severity.Info)
        {
            Tag = FindingTag.Unnecessary,
            IsEnabledByDefault = false,
            Reference = SubstitutionText.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Repository(context =>
    {
        // One patch may give a variable to many Kustomizations: it is unused where none of them uses it.
        var unused = new Dictionary<Location, (YamlNode Key, string Name, ObjectId About)>();
        var used = new HashSet<Location>();
        foreach (var cluster in context.Model.Clusters)
        {
            foreach (var kustomization in cluster.Kustomizations)
            {
                if (kustomization.Object.Root.Get("spec", "postBuild", "substitute")?.AsMapping() is { } substitute)
                {
                    Sort(kustomization, substitute, unused, used);
                }
            }
        }

        foreach (var (place, (key, name, about)) in unused)
        {
            if (!used.Contains(place))
            {
                context.Report(key, $"Nothing uses the variable '{name}'", "Take it away, or look for a name that is misspelt", about: about);
            }
        }
    });

    private static void Sort(
        FluxKustomization kustomization, YamlMapping substitute, Dictionary<Location, (YamlNode Key, string Name, ObjectId About)> unused, HashSet<Location> used)
    {
        var isKnown = kustomization is { IsComplete: true, State: KustomizationState.Built } && kustomization.Problems.IsEmpty;
        var names = kustomization.VariableUses.Select(use => use.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in substitute.EffectiveEntries())
        {
            if (entry.Name is not { } name)
            {
                continue;
            }

            if (!isKnown || names.Contains(name) || entry.Key.Derivation is not null)
            {
                used.Add(entry.Key.Location);
            }
            else
            {
                unused.TryAdd(entry.Key.Location, (entry.Key, name, kustomization.Id));
            }
        }
    }
}

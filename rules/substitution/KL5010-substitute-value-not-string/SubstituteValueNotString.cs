using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports variables that are written as a number or a boolean.</summary>
public sealed class SubstituteValueNotString : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5010", "substitute-value-not-string", "A variable's value is no string, which the API server rejects", Severity.Error)
        {
            Fix = FixSafety.Safe,
            Reference = SubstitutionText.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        // An entry point is no object that a Kustomization makes, and one that nothing reaches is no Kustomization of a cluster.
        on.Kustomization(context => Check(context, context.Kustomization.Object));
        on.Object(FluxGroups.Kustomize, "Kustomization", context => Check(context, context.Object));
    }

    private static void Check(RuleContext context, KubernetesObject item)
    {
        foreach (var entry in item.Root.Get("spec", "postBuild", "substitute")?.AsMapping()?.EffectiveEntries() ?? [])
        {
            // What a parent's substitution made of it is told by another rule.
            var value = entry.Value.Resolved;
            if (!value.IsUnknown && value.Derivation?.By != PostBuildSubstitution.By && QuoteFix.BuiltTypeName(value) is { } type)
            {
                context.Report(
                    entry.Value,
                    $"The variable '{entry.Name}' is {type}, and the API server takes strings only",
                    "Put it in quotes",
                    fixes: entry.Value is YamlScalar scalar ? QuoteFix.Of(scalar, FixSafety.Safe) : []);
            }
        }
    }
}

using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports names of supplied variables that Flux rejects.</summary>
public sealed class VariableNameInvalid : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5011", "variable-name-invalid", "A supplied variable has a name that Flux rejects, so the Kustomization fails", Severity.Error)
        {
            Reference = SubstitutionText.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        foreach (var (_, variable) in context.Kustomization.Variables?.Variables ?? ImmutableDictionary<string, FluxVariable>.Empty)
        {
            if (!VariableSet.IsValidName(variable.Name) && variable.Definition is { } definition)
            {
                context.Report(
                    KeyOf(context, variable) ?? definition,
                    $"'{variable.Name}' cannot be a variable's name, so Flux fails to build each Kustomization that is given it",
                    "A name is made of letters, digits and '_', and begins with no digit; keep other keys in an object of their own",
                    [new RelatedLocation(PostBuild(context), "It is given here")]);
            }
        }
    });

    private static Location PostBuild(KustomizationContext context) =>
        (context.Kustomization.Object.Spec?.Find("postBuild")?.Key ?? context.Kustomization.Object.Root).Location;

    // The key, not the value: a Secret's value is not to be shown.
    private static YamlNode? KeyOf(KustomizationContext context, FluxVariable variable)
    {
        var root = context.Kustomization.Object.Root;
        if (root.Get("spec", "postBuild", "substitute")?.AsMapping()?.Find(variable.Name) is { } own && own.Value.Resolved == variable.Definition)
        {
            return own.Key;
        }

        foreach (var reference in root.Get("spec", "postBuild", "substituteFrom")?.AsSequence()?.Items ?? [])
        {
            if (reference.GetString("kind") is { } kind && reference.GetString("name") is { } name
                && context.Cluster.Find("", kind, context.Kustomization.Id.Namespace, name) is { Object.Root: var source })
            {
                foreach (var section in (string[])["data", "stringData"])
                {
                    if (source[section]?.AsMapping()?.Find(variable.Name) is { } entry && entry.Value.Resolved == variable.Definition)
                    {
                        return entry.Key;
                    }
                }
            }
        }

        return null;
    }
}

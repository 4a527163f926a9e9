using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports a Kustomization that needs variables from an object which only it makes.</summary>
public sealed class VariablesFromOwnProduct : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5017", "variables-from-own-product", "A Kustomization needs variables from an object that only it makes", Severity.Info)
        {
            Reference = SubstitutionText.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        foreach (var kustomization in context.Cluster.Kustomizations)
        {
            foreach (var reference in kustomization.Object.Root.Get("spec", "postBuild", "substituteFrom")?.AsSequence()?.Items ?? [])
            {
                if (reference.GetString("kind") is not { } kind || reference.Get("name") is not YamlScalar { IsUnknown: false } name || reference.Get("optional")?.AsScalar()?.AsBoolean() == true)
                {
                    continue;
                }

                var by = kind is "ConfigMap" or "Secret" ? context.Cluster.Knowledge.ProducersOf("", kind, kustomization.Id.Namespace, name.Value) : [];
                if (!by.IsEmpty && by.All(item => IsSelfOrBelow(item.Producer, kustomization)))
                {
                    context.Report(
                        name,
                        $"{kind} '{name.Value}' is made only by what this Kustomization applies, so a new cluster never gets either",
                        "Apply it by a Kustomization of its own and write `dependsOn`, or write `optional: true`",
                        [new RelatedLocation((by[0].Producer.Object.Root.Get("metadata", "name") ?? by[0].Producer.Object.Root).Location, "This one applies it")],
                        about: kustomization.Id);
                }
            }
        }
    });

    private static bool IsSelfOrBelow(FluxKustomization kustomization, FluxKustomization ancestor)
    {
        for (var at = kustomization; at is not null; at = at.Parent)
        {
            if (at == ancestor)
            {
                return true;
            }
        }

        return false;
    }
}

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
        Dictionary<ObjectId, List<FluxKustomization>>? makers = null;
        foreach (var kustomization in context.Cluster.Kustomizations)
        {
            foreach (var reference in kustomization.Object.Root.Get("spec", "postBuild", "substituteFrom")?.AsSequence()?.Items ?? [])
            {
                if (reference.GetString("kind") is not { } kind || reference.Get("name") is not YamlScalar { IsUnknown: false } name || reference.Get("optional")?.AsScalar()?.AsBoolean() == true)
                {
                    continue;
                }

                makers ??= Makers(context.Cluster);
                if (makers.TryGetValue(new ObjectId("", kind, kustomization.Id.Namespace, name.Value), out var by) && by.TrueForAll(maker => IsSelfOrBelow(maker, kustomization)))
                {
                    context.Report(
                        name,
                        $"{kind} '{name.Value}' is made only by what this Kustomization applies, so a new cluster never gets either",
                        "Apply it by a Kustomization of its own and write `dependsOn`, or write `optional: true`",
                        [new RelatedLocation((by[0].Object.Root.Get("metadata", "name") ?? by[0].Object.Root).Location, "This one applies it")],
                        about: kustomization.Id);
                }
            }
        }
    });

    private static Dictionary<ObjectId, List<FluxKustomization>> Makers(FluxCluster cluster)
    {
        var makers = new Dictionary<ObjectId, List<FluxKustomization>>();
        foreach (var item in cluster.Objects())
        {
            if (item.Object is { Group: "", Kind: "ConfigMap" or "Secret" })
            {
                var id = item.Id with { Namespace = item.Object.Namespace ?? "default" };
                if (!makers.TryGetValue(id, out var list))
                {
                    makers.Add(id, list = []);
                }

                list.Add(item.Producer);
            }
        }

        return makers;
    }

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

using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports values that substitution makes a number or a boolean where Kubernetes takes strings only.</summary>
public sealed class SubstitutedTypeNotString : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5009", "substituted-type-not-string", "After substitution a number or a boolean stands where a string must", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-substitution-of-numbers-and-booleans"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        if (context.Kustomization.Variables is null || context.Kustomization.VariableUses.IsEmpty)
        {
            return;
        }

        foreach (var item in context.Kustomization.Objects)
        {
            foreach (var place in StringPlaces.Of(item.Object))
            {
                if (place.Node is { Derivation: { By: PostBuildSubstitution.By } derivation, IsUnknown: false } && QuoteFix.TypeName(place.Node) is { } type)
                {
                    context.Report(
                        place.Node,
                        $"After substitution {place.What} is {type}, and Kubernetes takes a string only: Flux drops the quotes before it substitutes",
                        "Put a variable that holds a quotation mark around it: `${quote}${NAME}${quote}`, with `quote: '\"'` in `substitute`",
                        [.. derivation.Inputs.Select(input => new RelatedLocation(input.Location, "This value goes into it"))],
                        about: item.Id);
                }
            }
        }
    });
}

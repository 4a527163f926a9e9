using KubeLint.Analysis;
using KubeLint.Kustomize;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports what breaks the kustomization that Flux generates for a directory.</summary>
public sealed class GeneratedKustomizationBroken : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4017", "generated-kustomization-broken", "A directory without a kustomization.yaml holds what Flux cannot apply", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => BuildCauses.On(on, BuildCause.Generated, static (context, problem) =>
    {
        var path = context.Kustomization.Object.Root.Get("spec", "path")?.AsScalar()?.Value ?? ".";
        var what = problem.Build?.Kind == KustomizeProblemKind.WrongKind
            ? "the directory of this component as one of resources, which it cannot be"
            : "this file as one of resources, which it is not";
        context.Report(
            problem.Build?.First?.Location ?? problem.Where,
            $"'{path}' has no kustomization.yaml, so Flux takes {what}: {problem.Message}",
            $"Write a kustomization.yaml there that names what is to be applied. {BuildCauses.Help(context)}",
            problem.Where.Text.Path == context.Kustomization.Object.Root.Source.Root.Path ? [new RelatedLocation(problem.Where, "The path is written here")] : []);
    });
}

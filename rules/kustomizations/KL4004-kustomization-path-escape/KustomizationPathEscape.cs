using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports paths of Flux Kustomizations that lead above the root of their source.</summary>
public sealed class KustomizationPathEscape : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4004", "kustomization-path-escape", "The path of a Flux Kustomization leads above the root of its source", Severity.Info)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#path"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(static context =>
    {
        var item = context.Kustomization;
        if (item.State == KustomizationState.Built && item.Object.Root.Get("spec", "path")?.AsScalar() is { IsUnknown: false } path && path.Value.Contains("..", StringComparison.Ordinal) && Escapes(path.Value))
        {
            context.Report(
                path,
                $"The path '{path.Value}' is not relative to this file but to the root of the source, above which `..` leads: it works only because Flux cuts that off",
                "Write the path from the root of the source, without `..`");
        }
    });

    private static bool Escapes(string path)
    {
        var depth = 0;
        foreach (var part in path.Split('/'))
        {
            depth += part is "" or "." ? 0 : part == ".." ? -1 : 1;
            if (depth < 0)
            {
                return true;
            }
        }

        return false;
    }
}

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Cel;

namespace KubeLint.Rules.References;

/// <summary>Reports CEL expressions that cannot be compiled.</summary>
public sealed class CelSyntaxError : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2009", "cel-syntax", "A CEL expression cannot be compiled", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        foreach (var (group, kind) in new[]
        {
            (FluxGroups.Kustomize, "Kustomization"), (FluxGroups.Helm, "HelmRelease"), (FluxGroups.Notification, "Receiver"), (FluxGroups.Notification, "Provider"),
            (FluxGroups.Operator, "ResourceSet"),
        })
        {
            on.Object(group, kind, context => Check(context, context.Object));
        }

        // What nothing applies is where a cluster begins.
        on.Kustomization(context =>
        {
            if (context.Kustomization.EntryPoint is not null)
            {
                Check(context, context.Kustomization.Object);
            }
        });
    }

    private static void Check(RuleContext context, KubernetesObject item)
    {
        foreach (var (field, text) in CelExpressions.Of(item))
        {
            var (problem, variables) = CelSyntax.Parse(text.Value);
            if (problem is not null)
            {
                context.Report(CelExpressions.Locate(text, problem.Span), $"{field} is no CEL expression: {problem.Message}, so the {item.Kind} fails");
                continue;
            }

            if (field != "readyExpr" || item.Group == FluxGroups.Operator)
            {
                continue;
            }

            foreach (var variable in variables)
            {
                // Names of types are values, too.
                if (variable.Name is not ("self" or "dep" or "bool" or "bytes" or "double" or "int" or "uint" or "string" or "list" or "map" or "null_type" or "type" or "google"))
                {
                    context.Report(
                        CelExpressions.Locate(text, variable.Span),
                        $"readyExpr knows `self` and `dep` only, not '{variable.Name}', so the {item.Kind} fails",
                        $"Write `dep.{variable.Name}` for the dependency, `self.{variable.Name}` for this object");
                }
            }
        }
    }
}

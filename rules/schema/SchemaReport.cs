using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Rules.Substitution;
using KubeLint.Schema;

namespace KubeLint.Rules.Schema;

/// <summary>Reports one kind of violation: of objects as clusters get them, and of kustomization files that nothing builds.</summary>
internal static class SchemaReport
{
    /// <summary>Registers for what has a schema.</summary>
    public static void Register(IRuleRegistrar on, ViolationKind kind)
    {
        on.Object(context =>
        {
            foreach (var violation in SchemaRun.Check(context).Own)
            {
                // What YAML makes of a value for want of quotes is told with the reason.
                if (violation.Kind == kind && !(kind == ViolationKind.WrongType && StringPlaces.IsJudged(context.Object, violation.At)))
                {
                    Report(context, violation, $"{context.Object.Kind}: {violation.Message}", ", so it cannot be applied");
                }
            }
        });
        on.Document(context =>
        {
            // Of a kustomization that is built, the build itself says what is wrong (KL0006).
            if (context.Kind != DocumentKind.KustomizationFile || context.Root.AsMapping() is null
                || SchemaRun.Of(context).IsBuilt(context.File.Path))
            {
                return;
            }

            foreach (var violation in SchemaRun.CheckKustomization(context.Root))
            {
                if (violation.Kind == kind)
                {
                    Report(context, violation, char.ToUpperInvariant(violation.Message[0]) + violation.Message[1..], ", so kustomize cannot build it");
                }
            }
        });
    }

    private static void Report(RuleContext context, SchemaViolation violation, string message, string consequence)
    {
        ImmutableArray<RelatedLocation> related = violation.Related is { } first ? [new RelatedLocation(first.Location, "The first one is here")]
            : violation.At.Derivation is { Inputs: { IsDefaultOrEmpty: false } inputs } ? [.. inputs.Select(input => new RelatedLocation(input.Location, "This value goes into it"))]
            : [];
        context.Report(violation.At, message + consequence, violation.Help, related);
    }
}

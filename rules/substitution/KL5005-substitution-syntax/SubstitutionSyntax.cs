using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports what makes Flux's substitution fail: text that it cannot read, cannot evaluate, or that is no YAML afterwards.</summary>
public sealed class SubstitutionSyntax : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5005", "substitution-syntax", "Flux cannot substitute this text, so nothing of the Kustomization is applied", Severity.Error)
        {
            Fix = FixSafety.Safe,
            Reference = SubstitutionText.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        foreach (var problem in context.Kustomization.Problems)
        {
            if (problem is { Kind: FluxProblemKind.Substitution, Substitution: { } substitution })
            {
                Report(context, substitution);
            }
        }
    });

    private static void Report(KustomizationContext context, SubstitutionProblem problem)
    {
        if (problem.Error is null)
        {
            context.Report(problem.Where, problem.Message, "Flux applies nothing of the Kustomization until this is mended");
            return;
        }

        var isForeign = SubstitutionText.IsForeignText(problem.Scalar, problem.Owner);
        if (!isForeign && Dash(problem) is { } dash)
        {
            // ${NAME-default}, as in a shell.
            context.Report(
                problem.Where,
                "Flux does not know the operator '-' of a shell, so it applies nothing of the Kustomization",
                "Write `:-` or `:=` before the default",
                fixes: SubstitutionText.IsWritten(problem.Where, problem.Scalar)
                    ? [new Fix("Write `:-`", FixSafety.Safe, [new FileEdit(problem.Where.Text, [new TextEdit(new TextSpan(dash, 0), ":")])])]
                    : []);
            return;
        }

        context.Report(
            problem.Where,
            $"{problem.Message}, so it applies nothing of the Kustomization",
            "Write `$${…}` for what is not meant for Flux",
            fixes: SubstitutionText.Escape(problem.Scalar, FixSafety.Safe, problem.Where));
    }

    // The offset, in the file, of the dash behind a name.
    private static int? Dash(SubstitutionProblem problem)
    {
        var span = problem.Where.Span;
        var text = problem.Where.Text.Content.AsSpan(span.Start, span.Length);
        if (text.Length < 4 || text[^1] != '-' || !text.StartsWith("${") || !VariableSet.IsValidName(text[2..^1].ToString()))
        {
            return null;
        }

        return span.End - 1;
    }
}

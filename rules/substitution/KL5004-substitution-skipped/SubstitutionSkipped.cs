using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports a <c>postBuild</c> that does nothing because it supplies no variable, while expressions rely on their defaults.</summary>
public sealed class SubstitutionSkipped : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5004", "substitution-skipped", "A postBuild without variables leaves expressions with defaults as text", Severity.Warning)
        {
            Fix = FixSafety.Safe,
            Reference = SubstitutionText.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        var kustomization = context.Kustomization;
        if (kustomization.Variables is not null || kustomization.Object.Spec?.Find("postBuild") is not { } entry)
        {
            return;
        }

        if (FirstExpression(kustomization) is { } first)
        {
            var isNew = context.Cluster.Version.IsAtLeast(2, 9);
            context.Report(
                entry.Key,
                $"`postBuild` supplies no variable, so Flux substitutes nothing and the defaults of expressions such as '{first.Text}' are not used",
                isNew ? "Write `substituteStrategy: Always` below it, or supply a variable" : "Supply a variable in `substitute`: one is enough for the defaults of the others to count",
                [new RelatedLocation(first.Where, "Reaches the cluster as it stands")],
                isNew ? Fixes(entry) : []);
        }
    });

    private static (string Text, Location Where)? FirstExpression(FluxKustomization kustomization)
    {
        foreach (var item in kustomization.Objects)
        {
            if (PostBuildSubstitution.IsDisabled(item.Object.Root))
            {
                continue;
            }

            foreach (var scalar in ScalarWalk.Values(item.Object.Root))
            {
                if (!VariableTemplate.MayChange(scalar.Value) || scalar.IsUnknown || SubstitutionText.IsForeignText(scalar, item.Object.Root))
                {
                    continue;
                }

                var template = VariableTemplate.Parse(scalar.Value);
                if (template.Error is null && template.Expressions().FirstOrDefault(one => one.HasDefault) is { } expression)
                {
                    return (template.Text.Substring(expression.Span.Start, expression.Span.Length), scalar.Location);
                }
            }
        }

        return null;
    }

    private static ImmutableArray<Fix> Fixes(YamlEntry entry)
    {
        if (entry.Value is not YamlMapping { Derivation: null, Anchor: null, Source.Parent: null } postBuild || postBuild.ContainsKey("substituteStrategy"))
        {
            return [];
        }

        // Only `{}` and a block whose first key stands on a line of its own are sure to be written so.
        var text = postBuild.Source;
        TextEdit edit;
        if (postBuild is { IsFlow: true, Entries.IsEmpty: true })
        {
            edit = new TextEdit(postBuild.Span, "{substituteStrategy: Always}");
        }
        else if (!postBuild.IsFlow && postBuild.Entries is [{ Key: { Source: var source } key }, ..] && source == text)
        {
            var column = text.GetPosition(key.Span.Start).Column - 1;
            edit = new TextEdit(new TextSpan(key.Span.Start, 0), $"substituteStrategy: Always{LineEnd(text)}{new string(' ', column)}");
        }
        else
        {
            return [];
        }

        return [new Fix("Substitute always", FixSafety.Safe, [new FileEdit(text, [edit])])];
    }

    private static string LineEnd(SourceText text) => text.Content.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
}

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports a label or annotation that is meant to keep Flux from substituting and does not.</summary>
public sealed class SubstituteOptOutMisspelt : Rule
{
    private const string Wanted = "disabled";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5012", "substitute-opt-out-misspelt", "The opt-out of substitution has a value that Flux ignores", Severity.Warning)
        {
            Fix = FixSafety.Safe,
            Reference = SubstitutionText.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(context =>
    {
        var metadata = context.Object.Root["metadata"];
        foreach (var section in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            if (metadata?.Get(section, PostBuildSubstitution.OptOutKey) is YamlScalar { IsUnknown: false } value
                && value.Value is not (Wanted or "enabled" or ""))
            {
                context.Report(
                    value,
                    $"Flux substitutes this object all the same: it compares '{value.Value}' with 'disabled', in just these letters",
                    "Write `disabled`",
                    fixes: value is { Derivation: null, Anchor: null, Source.Parent: null, Style: YamlScalarStyle.Plain or YamlScalarStyle.SingleQuoted or YamlScalarStyle.DoubleQuoted }
                        ? [new Fix("Write `disabled`", FixSafety.Safe, [new FileEdit(value.Source, [new TextEdit(value.Span, Wanted)])])]
                        : []);
            }
        }
    });
}

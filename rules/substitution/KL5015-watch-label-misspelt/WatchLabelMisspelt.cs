using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports the watch label with a value that Flux ignores.</summary>
public sealed class WatchLabelMisspelt : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5015", "watch-label-misspelt", "The watch label has a value that Flux ignores", Severity.Warning)
        {
            Fix = FixSafety.Safe,
            Reference = WatchLabels.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(context =>
    {
        if (context.Object.Root.Get("metadata", "labels", WatchLabels.Key) is YamlScalar { IsUnknown: false } value
            && value.Value is not (WatchLabels.Value or "Disabled" or "disabled" or ""))
        {
            context.Report(
                value,
                $"Flux does not react to changes of this object: it watches for the value 'Enabled' in just these letters, not '{value.Value}'",
                "Write `Enabled`",
                fixes: value is { Derivation: null, Anchor: null, Source.Parent: null, Style: YamlScalarStyle.Plain or YamlScalarStyle.SingleQuoted or YamlScalarStyle.DoubleQuoted }
                    ? [new Fix("Write `Enabled`", FixSafety.Safe, [new FileEdit(value.Source, [new TextEdit(value.Span, WatchLabels.Value)])])]
                    : []);
        }
    });
}

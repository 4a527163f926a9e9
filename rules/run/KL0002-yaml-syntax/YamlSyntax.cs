using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Run;

/// <summary>Reports what the YAML parser cannot read.</summary>
public sealed class YamlSyntax : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL0002", "yaml-syntax", "A YAML document cannot be read, so nothing in it is checked", Severity.Error) { CanBeSuppressed = false, CanBeTurnedOff = false };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.File(context =>
    {
        foreach (var problem in context.File.Problems)
        {
            if (problem.Kind is YamlProblemKind.Syntax or YamlProblemKind.Limit)
            {
                context.Report(new Location(context.File.Yaml.Text, problem.Span), problem.Message);
            }
        }
    });
}

using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Run;

/// <summary>Reports a key that a mapping has twice.</summary>
public sealed class DuplicateKey : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL0004", "duplicate-key", "A mapping has one key twice, which Flux refuses", Severity.Error);

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.File(context =>
    {
        foreach (var problem in context.File.Problems)
        {
            if (problem.Kind == YamlProblemKind.DuplicateKey)
            {
                var text = context.File.Yaml.Text;
                context.Report(
                    new Location(text, problem.Span),
                    problem.Message,
                    related: problem.Related is { } first ? [new RelatedLocation(new Location(text, first), "It is set here first")] : []);
            }
        }
    });
}

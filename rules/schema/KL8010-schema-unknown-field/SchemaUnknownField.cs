using KubeLint.Analysis;
using KubeLint.Schema;

namespace KubeLint.Rules.Schema;

/// <summary>Reports fields that an object's kind does not have.</summary>
public sealed class SchemaUnknownField : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8010", "schema-unknown-field", "The kind has no such field", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => SchemaReport.Register(on, ViolationKind.UnknownField);
}

using KubeLint.Analysis;
using KubeLint.Schema;

namespace KubeLint.Rules.Schema;

/// <summary>Reports values that their field cannot have.</summary>
public sealed class SchemaInvalidValue : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8013", "schema-invalid-value", "The field cannot have this value", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => SchemaReport.Register(on, ViolationKind.InvalidValue);
}

using KubeLint.Analysis;
using KubeLint.Schema;

namespace KubeLint.Rules.Schema;

/// <summary>Reports values of another type than their field.</summary>
public sealed class SchemaWrongType : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8011", "schema-wrong-type", "The value has another type than the field", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => SchemaReport.Register(on, ViolationKind.WrongType);
}

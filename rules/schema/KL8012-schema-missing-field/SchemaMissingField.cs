using KubeLint.Analysis;
using KubeLint.Schema;

namespace KubeLint.Rules.Schema;

/// <summary>Reports fields that an object needs and does not have.</summary>
public sealed class SchemaMissingField : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8012", "schema-missing-field", "A field that the kind needs is missing", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => SchemaReport.Register(on, ViolationKind.MissingField);
}

using KubeLint.Analysis;
using KubeLint.Schema;

namespace KubeLint.Rules.Schema;

/// <summary>Reports items of a list that another item repeats.</summary>
public sealed class SchemaDuplicateItem : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8014", "schema-duplicate-item", "Two items of a list have the same key", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => SchemaReport.Register(on, ViolationKind.DuplicateItem);
}

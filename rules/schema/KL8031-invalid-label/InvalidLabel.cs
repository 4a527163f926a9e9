using KubeLint.Analysis;
using KubeLint.Schema;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>Reports labels that the API server does not take.</summary>
public sealed class InvalidLabel : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8031", "invalid-label", "The API server does not take this label", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(static context =>
    {
        foreach (var entry in ObjectMetadata.Entries(context.Object, "labels"))
        {
            if (entry.Name is not { } key || entry.Key.IsUnknown || SchemaChecker.IsOpen(key) || key.StartsWith('$'))
            {
                continue;
            }

            if (ObjectNames.KeyError(key) is { } error)
            {
                context.Report(entry.Key, $"The label's key '{key}' {error}: the object cannot be applied");
            }

            if (entry.Value.AsScalar() is { IsUnknown: false, Type: YamlScalarType.String } value && !SchemaChecker.IsOpen(value.Value)
                && ObjectNames.ValueError(value.Value) is { } wrong)
            {
                context.Report(value, $"The value of the label '{key}' {wrong}: the object cannot be applied");
            }
        }
    });
}

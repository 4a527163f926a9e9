using KubeLint.Analysis;
using KubeLint.Schema;

namespace KubeLint.Rules.Schema;

/// <summary>Reports annotations that the API server does not take.</summary>
public sealed class InvalidAnnotation : Rule
{
    private const int MaxTotal = 256 * 1024;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8032", "invalid-annotation", "The API server does not take this annotation", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(static context =>
    {
        foreach (var entry in ObjectMetadata.Entries(context.Object, "annotations"))
        {
            if (entry.Name is { } key && !entry.Key.IsUnknown && !SchemaChecker.IsOpen(key) && !key.StartsWith('$') && ObjectNames.KeyError(key) is { } error)
            {
                context.Report(entry.Key, $"The annotation's key '{key}' {error}: the object cannot be applied");
            }
        }

        // kustomize and Flux add little; what is written alone is too much here.
        var own = context.Object.Root.Get("metadata", "annotations")?.AsMapping();
        var total = own?.EffectiveEntries().Sum(entry => (entry.Name?.Length ?? 0) + (entry.Value.AsScalar()?.Value.Length ?? 0)) ?? 0;
        if (total > MaxTotal && own is { Entries: [var first, ..] })
        {
            context.Report(first.Key, $"The annotations of {context.Object.Kind} {context.Object.Name} have {total} characters together, and {MaxTotal} fit: the object cannot be applied");
        }
    });
}

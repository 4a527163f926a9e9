using KubeLint.Analysis;
using KubeLint.Schema;

namespace KubeLint.Rules.Schema;

/// <summary>Reports fields that only an older version of the kind has.</summary>
public sealed class FluxFieldRemoved : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8003", "flux-field-removed", "This API version of the Flux kind no longer has the field", Severity.Error)
        {
            Tag = FindingTag.Deprecated,
            Reference = new("https://fluxcd.io/flux/releases/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(static context =>
    {
        var item = context.Object;
        if (!FluxVersions.IsFlux(item.Group))
        {
            return;
        }

        foreach (var violation in SchemaRun.Check(context).All)
        {
            if (violation.Kind == ViolationKind.UnknownField && RemovedFields.Find(item, violation.Path) is { } field)
            {
                context.Report(violation.At, $"{item.Kind} {item.Version} no longer has '{violation.Path}', so it cannot be applied", field.Instead);
            }
        }
    });
}

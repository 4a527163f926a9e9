using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>Reports API versions that the cluster's Flux no longer serves.</summary>
public sealed class FluxApiRemoved : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8001", "flux-api-removed", "The cluster's Flux no longer serves this API version", Severity.Error)
        {
            Tag = FindingTag.Deprecated,
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/releases/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(static context =>
    {
        var item = context.Object;
        if (FluxVersions.MigrationOf(item) is { } migration && item.Root["apiVersion"] is YamlScalar version
            && IsGone(context, migration))
        {
            context.Report(
                version,
                $"{item.Kind} {item.Version} is gone since Flux {migration.RemovedIn}, which the cluster is past: the object cannot be applied",
                ApiVersionFix.Help(item, migration),
                fixes: ApiVersionFix.Create(item, version, migration));
        }
    });

    private static bool IsGone(ObjectContext context, FluxMigration migration) =>
        FluxVersions.Told(context, context.Object).Any(told => told >= migration.RemovedIn);
}

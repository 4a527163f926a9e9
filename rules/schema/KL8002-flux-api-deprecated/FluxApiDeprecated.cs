using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>Reports API versions that a later Flux does not serve.</summary>
public sealed class FluxApiDeprecated : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8002", "flux-api-deprecated", "A Flux API version is deprecated", Severity.Warning)
        {
            Tag = FindingTag.Deprecated,
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/releases/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(static context =>
    {
        var item = context.Object;
        if (FluxVersions.MigrationOf(item) is not { } migration || item.Root["apiVersion"] is not YamlScalar version)
        {
            return;
        }

        if (!IsGoneOrNeeded(context, migration))
        {
            context.Report(
                version,
                $"{item.Kind} {item.Version} is deprecated: Flux {migration.RemovedIn} no longer serves it",
                ApiVersionFix.Help(item, migration),
                fixes: ApiVersionFix.Create(item, version, migration));
        }
    });

    // KL8001 reports what is gone, and a Flux without the new version needs the old one.
    private static bool IsGoneOrNeeded(ObjectContext context, FluxMigration migration) =>
        FluxVersions.Told(context, context.Object).Any(flux => flux >= migration.RemovedIn || flux < migration.Since);
}

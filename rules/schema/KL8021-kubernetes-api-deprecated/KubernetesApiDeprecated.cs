using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>Reports API versions that a later Kubernetes does not serve.</summary>
public sealed class KubernetesApiDeprecated : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8021", "kubernetes-api-deprecated", "A Kubernetes API version is deprecated", Severity.Warning)
        {
            Tag = FindingTag.Deprecated,
            Fix = FixSafety.Safe,
            Reference = new("https://kubernetes.io/docs/reference/using-api/deprecation-guide/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(static context =>
    {
        var item = context.Object;
        if (KubernetesApis.MigrationOf(item) is not { } migration || item.Root["apiVersion"] is not YamlScalar version)
        {
            return;
        }

        // KL8020 reports what is gone; before it was deprecated, nothing newer was there.
        var minor = KubernetesApis.Minor(context.Settings);
        if (migration.RemovedIn > (minor ?? KubernetesApis.Oldest) && (minor is null || migration.DeprecatedIn <= minor) || migration.RemovedIn is null)
        {
            context.Report(
                version,
                $"{item.Kind} {item.ApiVersion} is deprecated since Kubernetes 1.{migration.DeprecatedIn}"
                + (migration.RemovedIn is { } removed ? $": 1.{removed} no longer serves it" : " and may go"),
                KubernetesApis.Help(migration),
                fixes: migration is { New: { } now, Note: null } ? ApiVersionFix.Replace(version, item.ApiVersion, now) : []);
        }
    });
}

using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>Reports API versions that the cluster's Kubernetes no longer serves.</summary>
public sealed class KubernetesApiRemoved : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8020", "kubernetes-api-removed", "The cluster's Kubernetes no longer serves this API version", Severity.Error)
        {
            Tag = FindingTag.Deprecated,
            Fix = FixSafety.Safe,
            Reference = new("https://kubernetes.io/docs/reference/using-api/deprecation-guide/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(static context =>
    {
        var item = context.Object;
        if (KubernetesApis.MigrationOf(item) is { RemovedIn: { } removed } migration && removed <= (KubernetesApis.Minor(context.Settings) ?? KubernetesApis.Oldest)
            && item.Root["apiVersion"] is YamlScalar version)
        {
            context.Report(
                version,
                $"{item.Kind} {item.ApiVersion} is gone since Kubernetes 1.{removed}: the object cannot be applied",
                KubernetesApis.Help(migration),
                fixes: migration is { New: { } now, Note: null } ? ApiVersionFix.Replace(version, item.ApiVersion, now) : []);
        }
    });
}

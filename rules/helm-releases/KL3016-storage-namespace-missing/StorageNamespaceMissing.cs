using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports releases whose records lie in another namespace than what they make.</summary>
public sealed class StorageNamespaceMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3016", "storage-namespace-missing", "A targetNamespace without a storageNamespace", Severity.Info)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#storage-namespace"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(FluxGroups.Helm, "HelmRelease", context =>
    {
        if (context.Object.Spec is { } spec && spec["targetNamespace"] is YamlScalar { IsNull: false } target && spec["storageNamespace"] is null
            && ReleaseIdentity.Of(context.Object) is { } identity && identity.TargetNamespace != identity.StorageNamespace && Judging.IsFinal(context))
        {
            context.Report(
                target,
                $"The release goes to {target.Value}, and Helm keeps its records in {identity.StorageNamespace}: `helm list -n {target.Value}` does not show it",
                $"For a release that is new: `storageNamespace: {target.Value}`. One that is installed would be installed anew, so move its records first");
        }
    });
}

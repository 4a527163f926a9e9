using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports HelmReleases whose objects may be changed by hand unnoticed.</summary>
public sealed class DriftDetectionDisabled : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3014", "drift-detection-disabled", "A HelmRelease does not correct changes made by others", Severity.Info)
        {
            IsEnabledByDefault = false,
            Fix = FixSafety.Suggestion,
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(FluxGroups.Helm, "HelmRelease", context =>
    {
        if (context.Object.Spec is not { } spec || !Judging.IsFinal(context))
        {
            return;
        }

        var mode = spec.Get("driftDetection", "mode");
        if (mode is null or YamlScalar { IsUnknown: false, Value: "disabled" or "" })
        {
            context.Report(
                mode ?? Judging.NameOf(context.Object),
                $"{context.Object.Id} detects no drift: what somebody changes in its objects by hand stays so until the next upgrade",
                "Write `driftDetection: {mode: enabled}`, or `warn` to be told only",
                fixes: spec["driftDetection"] is null ? EntryFixes.Insert("Correct drift", spec, FixSafety.Suggestion, "driftDetection:", "  mode: enabled") : []);
        }
    });
}

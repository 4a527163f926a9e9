using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports HelmReleases that are not tried again after a failure.</summary>
public sealed class ReleaseWithoutRetries : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3010", "release-without-retries", "A HelmRelease is not tried again after a failure", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#configuring-failure-handling"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.HelmRelease(context =>
    {
        var release = context.Release.Object;
        if (release.Spec is not { } spec || !context.Release.Effective.Producer.IsComplete || Judging.True(release, "spec", "suspend") is not null)
        {
            return;
        }

        var isDefault = context.Cluster.IsGateEnabled("helm-controller", "DefaultToRetryOnFailure", byDefault: false);
        var install = IsTriedAgain(spec["install"], isDefault);
        var upgrade = IsTriedAgain(spec["upgrade"], isDefault);
        if (install && upgrade)
        {
            return;
        }

        var (what, keys) = (install, upgrade) switch
        {
            (false, false) => ("install or upgrade", "`install` and `upgrade`"),
            (false, true) => ("install", "`install`"),
            _ => ("upgrade", "`upgrade`"),
        };
        context.Report(
            Judging.NameOf(release),
            $"{release.Id} has no retries, so a failed {what} (a slow image, a webhook that is not up yet) stays until somebody resets it",
            $"Write `strategy: {{name: RetryOnFailure}}` or `remediation: {{retries: 3}}` below {keys}, here or in a patch of all HelmReleases");
    });

    private static bool IsTriedAgain(YamlNode? action, bool isDefault)
    {
        if (action?.Get("strategy", "name") is YamlScalar { IsNull: false } strategy)
        {
            if (!Judging.IsKnown(strategy) || strategy.Value == "RetryOnFailure")
            {
                return true;
            }
        }
        else if (isDefault)
        {
            return true;
        }

        return action?.Get("remediation", "retries") is YamlScalar { IsNull: false } retries && (!Judging.IsKnown(retries) || retries.Value != "0");
    }
}

using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports values that app-template's schema refuses.</summary>
public sealed class AppTemplateValueRejected : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3027", "app-template-value-rejected", "A value of app-template stands where the chart's schema allows none", Severity.Error)
        {
            Reference = new("https://bjw-s-labs.github.io/helm-charts/docs/app-template/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.HelmRelease(context =>
    {
        if (AppTemplate.Of(context.Release) is not { HasSchema: true } template)
        {
            return;
        }

        foreach (var (key, home, near) in AppTemplateLevels.Misplaced(template))
        {
            var name = ((YamlScalar)key.Resolved).Value;
            context.Report(
                key,
                home is not null
                    ? $"app-template {template.Major} allows no `{name}` here, so the release fails: it belongs to {home}"
                    : $"app-template {template.Major} knows no `{name}` here, so the release fails",
                home is not null ? "Move it there" : near is not null ? $"Did you mean `{near}`?" : null);
        }
    });
}

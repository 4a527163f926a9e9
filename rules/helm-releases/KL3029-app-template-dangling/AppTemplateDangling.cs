using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports names in app-template's values that nothing in them has.</summary>
public sealed class AppTemplateDangling : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3029", "app-template-dangling", "A service or volume of app-template names a controller that is not there", Severity.Error)
        {
            Reference = new("https://bjw-s-labs.github.io/helm-charts/docs/app-template/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.HelmRelease(context =>
    {
        if (AppTemplate.Of(context.Release) is not { Major: >= 3, IsComplete: true } template)
        {
            return;
        }

        var names = template.Controllers.Where(entry => !AppTemplate.IsOff(entry.Value)).Select(entry => entry.Name ?? "").ToList();
        if (names.Count == 0)
        {
            return;
        }

        foreach (var service in AppTemplate.Entries(template.Values["service"]))
        {
            if (!AppTemplate.IsOff(service.Value) && service.Value.Get("controller") is YamlScalar { IsNull: false } controller)
            {
                Check(context, template, controller, controller.Value, $"service {service.Name}", names);
            }
        }

        foreach (var item in AppTemplate.Entries(template.Values["persistence"]))
        {
            foreach (var mount in AppTemplate.IsOff(item.Value) ? [] : AppTemplate.Entries(item.Value.Get("advancedMounts")))
            {
                Check(context, template, mount.Key, mount.Name ?? "", $"volume {item.Name}", names);
            }
        }
    });

    private static void Check(HelmReleaseContext context, AppTemplate template, YamlNode at, string name, string what, List<string> names)
    {
        // The chart renders templates in names, too.
        if (names.Contains(name) || at.IsUnknown || name.Length == 0 || name.Contains("{{", StringComparison.Ordinal) || name.Contains("${", StringComparison.Ordinal))
        {
            return;
        }

        context.Report(
            at,
            $"The {what} names the controller '{name}', which is not there or switched off, so app-template {template.Major} fails",
            NearestName.Find(name, names) is { } near ? $"Did you mean '{near}'?" : $"The controllers are {string.Join(", ", names)}");
    }
}

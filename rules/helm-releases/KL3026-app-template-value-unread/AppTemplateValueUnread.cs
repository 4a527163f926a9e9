using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports values at levels where app-template never reads them.</summary>
public sealed class AppTemplateValueUnread : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3026", "app-template-value-unread", "A value of app-template stands where the chart never reads it", Severity.Warning)
        {
            Reference = new("https://bjw-s-labs.github.io/helm-charts/docs/app-template/upgrade-instructions/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.HelmRelease(context =>
    {
        if (AppTemplate.Of(context.Release) is not { } template)
        {
            return;
        }

        foreach (var entry in template.Values.EffectiveEntries())
        {
            if (entry.Name is { } key && AppTemplateKeys.HomeOfTop(key) is { } home && IsJudged(entry) && !IsNamed(template.Values, $".Values.{key}"))
            {
                context.Report(
                    entry.Key,
                    $"app-template {template.Major} reads no `{key}` here, so it has no effect: it belongs to {home}",
                    "Move it there");
            }
        }

        CheckMounts(context, template);
        if (!template.HasSchema)
        {
            // Without a schema nothing refuses them either.
            foreach (var (key, home, _) in AppTemplateLevels.Misplaced(template))
            {
                context.Report(key, $"app-template {template.Major} reads no `{((YamlScalar)key.Resolved).Value}` here, so it has no effect: it belongs to {home}", "Move it there");
            }
        }
    });

    // A mount for a container that is not there is silently left out.
    private static void CheckMounts(HelmReleaseContext context, AppTemplate template)
    {
        if (template.Major < 3 || !template.IsComplete)
        {
            return;
        }

        foreach (var item in AppTemplate.Entries(template.Values["persistence"]))
        {
            foreach (var mount in AppTemplate.IsOff(item.Value) ? [] : AppTemplate.Entries(item.Value.Get("advancedMounts")))
            {
                if (mount.Name is not { } name || template.Values.Get("controllers", name) is not { } controller)
                {
                    continue;
                }

                var names = AppTemplate.Containers(controller).Select(container => container.Name ?? "").ToList();
                foreach (var container in AppTemplate.Entries(mount.Value))
                {
                    if (container.Name is { } wanted && names.Count > 0 && !names.Contains(wanted))
                    {
                        context.Report(
                            container.Key,
                            $"The controller {name} has no container '{wanted}', so {item.Name} is not mounted there",
                            NearestName.Find(wanted, names) is { } near ? $"Did you mean '{near}'?" : $"Its containers are {string.Join(", ", names)}");
                    }
                }
            }
        }
    }

    // An anchor's value may stand anywhere: others take it from there.
    private static bool IsJudged(YamlEntry entry) => entry.Value.Resolved is { Anchor: null, IsUnknown: false } value && value is not YamlScalar { IsNull: true };

    private static bool IsNamed(YamlNode node, string path) => node.Resolved switch
    {
        YamlScalar scalar => scalar.Value.Contains(path, StringComparison.Ordinal),
        YamlMapping mapping => mapping.Entries.Any(entry => IsNamed(entry.Value, path)),
        YamlSequence sequence => sequence.Items.Any(item => IsNamed(item, path)),
        _ => false,
    };
}

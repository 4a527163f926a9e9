using System.Collections.Frozen;

using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Finds keys that app-template does not read at their level.</summary>
internal static class AppTemplateLevels
{
    /// <summary>The keys, each with the place where it belongs, or the key that was probably meant; both null where neither is known.</summary>
    public static List<(YamlNode Key, string? Home, string? Near)> Misplaced(AppTemplate template)
    {
        var found = new List<(YamlNode Key, string? Home, string? Near)>();
        AddLevel(found, template, template.Values["defaultPodOptions"], AppTemplateKeys.Pod, AppTemplateKeys.HomeOfPod);
        foreach (var controller in template.Controllers)
        {
            AddLevel(found, template, controller.Value, AppTemplateKeys.Controller, AppTemplateKeys.HomeOfController);
            AddLevel(found, template, controller.Value.Get("pod"), AppTemplateKeys.Pod, AppTemplateKeys.HomeOfPod);
            foreach (var container in AppTemplate.Containers(controller.Value))
            {
                AddLevel(found, template, container.Value, AppTemplateKeys.Container, AppTemplateKeys.HomeOfContainer);
            }
        }

        return found;
    }

    private static void AddLevel(
        List<(YamlNode Key, string? Home, string? Near)> found, AppTemplate template, YamlNode? node, FrozenSet<string> keys, Func<string, string?> homeOf)
    {
        foreach (var entry in AppTemplate.Entries(node))
        {
            if (entry.Name is not { } key || keys.Contains(key) || entry.Key is not YamlScalar)
            {
                continue;
            }

            var home = homeOf(key);
            var near = home is null ? NearestName.Find(key, keys.Order(StringComparer.Ordinal)) : null;

            // A newer version may read more than is known here; a key that differs only in its case is none of these.
            if (home is not null || (template.HasSchema && (template.AreKeysKnown || string.Equals(near, key, StringComparison.OrdinalIgnoreCase))))
            {
                found.Add((entry.Key, home, near));
            }
        }
    }
}

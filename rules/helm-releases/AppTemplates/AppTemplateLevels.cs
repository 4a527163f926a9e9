using System.Collections.Frozen;

using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Finds keys that app-template does not read at their level.</summary>
internal static class AppTemplateLevels
{
    /// <summary>The keys, each with the place where it belongs, or the key that was probably meant; both null where neither is known.</summary>
    public static IEnumerable<(YamlNode Key, string? Home, string? Near)> Misplaced(AppTemplate template)
    {
        foreach (var found in Level(template, template.Values["defaultPodOptions"], AppTemplateKeys.Pod, AppTemplateKeys.HomeOfPod))
        {
            yield return found;
        }

        foreach (var controller in template.Controllers)
        {
            foreach (var found in Level(template, controller.Value, AppTemplateKeys.Controller, AppTemplateKeys.HomeOfController))
            {
                yield return found;
            }

            foreach (var found in Level(template, controller.Value.Get("pod"), AppTemplateKeys.Pod, AppTemplateKeys.HomeOfPod))
            {
                yield return found;
            }

            foreach (var container in AppTemplate.Containers(controller.Value))
            {
                foreach (var found in Level(template, container.Value, AppTemplateKeys.Container, AppTemplateKeys.HomeOfContainer))
                {
                    yield return found;
                }
            }
        }
    }

    private static IEnumerable<(YamlNode Key, string? Home, string? Near)> Level(
        AppTemplate template, YamlNode? node, FrozenSet<string> keys, Func<string, string?> homeOf)
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
                yield return (entry.Key, home, near);
            }
        }
    }
}

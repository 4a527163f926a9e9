using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>What ResourceSets that are not rendered may make: their templates' kinds and names, with anything for each expression.</summary>
internal sealed class ResourceSetTemplates
{
    private readonly List<(string? Group, string? Kind, string? Namespace, string? Name, KubernetesObject Set)> templates = [];

    public ResourceSetTemplates(IEnumerable<KubernetesObject> objects)
    {
        foreach (var item in objects)
        {
            if (item.Is(FluxGroups.Operator, "ResourceSet") && ResourceSetRenderer.Render(item) is null)
            {
                Add(item);
            }
        }
    }

    /// <summary>A ResourceSet that may make an object; null where none may.</summary>
    public KubernetesObject? Find(string group, string kind, string? ns, string name)
    {
        foreach (var template in templates)
        {
            if ((template.Group is null || template.Group == group) && (template.Kind is null || template.Kind == kind)
                && Matches(template.Namespace, ns ?? "default") && Matches(template.Name, name))
            {
                return template.Set;
            }
        }

        return null;
    }

    private void Add(KubernetesObject set)
    {
        foreach (var resource in set.Root.Get("spec", "resources")?.AsSequence()?.Items ?? [])
        {
            AddTemplate(resource, set);
        }

        if (set.Root.Get("spec", "resourcesTemplate") is YamlScalar { IsNull: false } text)
        {
            // A template of text need not be YAML before it is rendered.
            var file = YamlParser.Parse(text.EmbeddedText());
            if (!file.Problems.IsEmpty)
            {
                templates.Add((null, null, null, null, set));
                return;
            }

            foreach (var document in file.Documents)
            {
                AddTemplate(document.Root, set);
            }
        }
    }

    private void AddTemplate(YamlNode? node, KubernetesObject set)
    {
        if (KubernetesObject.From(node) is { } item)
        {
            templates.Add((
                item.ApiVersion.Contains("<<", StringComparison.Ordinal) ? null : item.Group,
                item.Kind.Contains("<<", StringComparison.Ordinal) ? null : item.Kind,
                item.Namespace ?? set.Namespace,
                item.Name,
                set));
        }
        else
        {
            templates.Add((null, null, null, null, set));
        }
    }

    // Literal text before the first and after the last expression must agree; what is between may be anything.
    private static bool Matches(string? template, string text)
    {
        if (template is null)
        {
            return true;
        }

        var open = template.IndexOf("<<", StringComparison.Ordinal);
        var close = template.LastIndexOf(">>", StringComparison.Ordinal);
        return open < 0 || close < open
            ? template == text || template.Contains("${", StringComparison.Ordinal)
            : text.StartsWith(template[..open], StringComparison.Ordinal) && text.EndsWith(template[(close + 2)..], StringComparison.Ordinal);
    }
}

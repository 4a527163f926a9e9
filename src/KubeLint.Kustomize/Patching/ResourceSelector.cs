using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Patching;

/// <summary>
/// Selects resources by type, name and namespace, each a regular expression, and by labels and annotations
/// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/).
/// </summary>
internal sealed class ResourceSelector
{
    private readonly NamePattern group;
    private readonly NamePattern version;
    private readonly NamePattern kind;
    private readonly NamePattern name;
    private readonly NamePattern ns;
    private readonly LabelSelector? labels;
    private readonly LabelSelector? annotations;

    private ResourceSelector(YamlMapping selector)
    {
        group = Pattern(selector, "group");
        version = Pattern(selector, "version");
        kind = Pattern(selector, "kind");
        name = Pattern(selector, "name");
        ns = Pattern(selector, "namespace");
        labels = Labels(selector, "labelSelector");
        annotations = Labels(selector, "annotationSelector");
    }

    /// <summary>Whether it asks for a type, a name or a namespace.</summary>
    public bool AsksForId => !group.IsEmpty || !version.IsEmpty || !kind.IsEmpty || !name.IsEmpty || !ns.IsEmpty;

    /// <summary>Whether it asks for labels or annotations.</summary>
    public bool AsksForMetadata => labels is not null || annotations is not null;

    /// <summary>Reads a selector; null, with the problem noted, where a part of it is wrong.</summary>
    public static ResourceSelector? Read(YamlMapping selector, BuildContext context)
    {
        try
        {
            return new ResourceSelector(selector);
        }
        catch (PatchException problem)
        {
            context.Error(KustomizeProblemKind.InvalidField, problem.Error.Node, problem.Error.Message);
            return null;
        }
    }

    /// <summary>The resources that a patch's target means, in order; none, with the problem noted, where the target is wrong.</summary>
    public static List<KustomizeResource> Select(ResourceMap resources, YamlMapping selector, BuildContext context)
    {
        if (Read(selector, context) is not { } read)
        {
            return [];
        }

        var selected = new List<KustomizeResource>();
        foreach (var resource in resources)
        {
            if (!resource.IsEmpty && read.Selects(resource))
            {
                selected.Add(resource);
            }
        }

        context.Selections.Add(new PatchSelection(selector, selected.Count, !context.IsIncomplete));
        return selected;
    }

    /// <summary>Whether a patch's target means the resource: by its name and namespace of now or of first, its type of now.</summary>
    public bool Selects(KustomizeResource resource)
    {
        var (current, original) = (resource.CurrentId, resource.OriginalId);
        return MatchesType(current.Type)
            && (name.IsMatch(original.Name) || name.IsMatch(current.Name))
            && (ns.IsMatch(original.EffectiveNamespace) || ns.IsMatch(current.EffectiveNamespace))
            && MatchesMetadata(resource);
    }

    /// <summary>Whether one id is meant, with the namespace as it is written.</summary>
    public bool Matches(ResourceId id) => MatchesType(id.Type) && name.IsMatch(id.Name) && ns.IsMatch(id.Namespace);

    /// <summary>Whether the resource's labels and annotations are those that are asked for.</summary>
    public bool MatchesMetadata(KustomizeResource resource) =>
        (labels?.Matches(resource.Metadata?["labels"] as YamlMapping) ?? true)
        && (annotations?.Matches(resource.Metadata?["annotations"] as YamlMapping) ?? true);

    private bool MatchesType(GroupVersionKind type) =>
        kind.IsMatch(type.Kind) && group.IsMatch(type.Group) && version.IsMatch(type.Version);

    private static NamePattern Pattern(YamlMapping selector, string field)
    {
        try
        {
            return NamePattern.Parse(KustomizationFields.Text(selector, field));
        }
        catch (FormatException error)
        {
            throw new PatchException(KustomizationFields.Get(selector, field)!, error.Message);
        }
    }

    private static LabelSelector? Labels(YamlMapping selector, string field)
    {
        if (KustomizationFields.Get(selector, field) is not YamlScalar { Value.Length: > 0 } text)
        {
            return null;
        }

        return LabelSelector.TryParse(text.Value, out var labels, out var error)
            ? labels
            : throw new PatchException(text, $"'{field}' cannot be read: {error}");
    }
}

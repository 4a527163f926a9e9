using System.Collections.Immutable;

using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Origins;
using KubeLint.Kustomize.Output;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Building;

/// <summary>
/// Gives resources the form in which kustomize prints them: its own annotations removed, those that
/// <c>buildMetadata</c> asks for added, every annotation a string.
/// </summary>
internal static class Finish
{
    private const string By = "buildMetadata";

    /// <summary>The finished trees.</summary>
    public static ImmutableArray<YamlMapping> Run(KustomizationFile file, ResourceMap resources, string[] options, BuildContext context)
    {
        var at = KustomizationFields.Get(file.Root, By) ?? file.Root;
        var result = ImmutableArray.CreateBuilder<YamlMapping>(resources.Items.Count);
        foreach (var resource in resources)
        {
            var root = resource.Root!;
            if (options.Contains("managedByLabel"))
            {
                root = SetLabel(root, at);
            }

            root = SetAnnotations(root, resource, options, at);
            if (KustomizeYamlWriter.FindProblem(root) is { } problem)
            {
                context.Error(KustomizeProblemKind.InvalidResource, problem.Node, problem.Message);
            }

            result.Add(root);
        }

        return result.MoveToImmutable();
    }

    private static YamlMapping SetLabel(YamlMapping root, YamlNode at)
    {
        var metadata = Tree.Get(root, "metadata") as YamlMapping ?? Tree.ComputedMapping(at, By, []);
        var labels = Tree.Get(metadata, "labels") as YamlMapping ?? Tree.ComputedMapping(at, By, []);
        var label = Tree.Computed(at, "kustomize-v5.8.1", By);
        return Tree.Set(root, "metadata", Tree.Set(metadata, "labels", Tree.Set(labels, "app.kubernetes.io/managed-by", label, By), By), By);
    }

    private static YamlMapping SetAnnotations(YamlMapping root, KustomizeResource resource, string[] options, YamlNode at)
    {
        if (Tree.Get(root, "metadata") is not YamlMapping metadata)
        {
            return root;
        }

        var old = Tree.Get(metadata, "annotations");
        var mapping = old as YamlMapping;
        var entries = mapping?.Entries ?? [];
        for (var i = entries.Length - 1; i >= 0; i--)
        {
            var name = entries[i].Name ?? "";
            if (BuildAnnotations.IsBookkeeping(name) || name is BuildAnnotations.Origin or BuildAnnotations.Transformations)
            {
                entries = entries.RemoveAt(i);
            }
            else if (AnnotationText.AsString(entries[i].Value) is var value && !ReferenceEquals(value, entries[i].Value))
            {
                entries = entries.SetItem(i, entries[i] with { Value = value });
            }
        }

        if (options.Contains("originAnnotations") && resource.Origin is { } origin)
        {
            entries = entries.Add(Entry(BuildAnnotations.Origin, origin.ToString(), at));
        }

        if (options.Contains("transformerAnnotations") && resource.Transformations is { } transformations)
        {
            entries = entries.Add(Entry(BuildAnnotations.Transformations, ResourceOrigin.Write(transformations), at));
        }

        if (entries.IsEmpty)
        {
            return old is null ? root : Tree.Set(root, "metadata", Tree.Remove(metadata, "annotations"), By);
        }

        return mapping is not null && entries == mapping.Entries
            ? root
            : Tree.Set(root, "metadata", Tree.Set(metadata, "annotations", (mapping ?? Tree.ComputedMapping(at, By, [])).With(entries), By), By);
    }

    private static YamlEntry Entry(string key, string value, YamlNode at) => new(Tree.Computed(at, key, By), Tree.Computed(at, value, By));
}

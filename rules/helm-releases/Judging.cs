using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>What of an object may be judged.</summary>
internal static class Judging
{
    /// <summary>
    /// Whether the object is all that there will be, so that what is missing is missing: a cluster gets it so, and no part of the build that
    /// could complete it is unknown; or there is nothing that could.
    /// </summary>
    public static bool IsFinal(ObjectContext context)
    {
        var model = context.Model;
        if (!model.Clusters.IsEmpty)
        {
            return model.ProducersOf(context.Object) is { IsEmpty: false } producers && producers.All(item => item.Producer.IsComplete);
        }

        return !context.Shared(static (model, _) => new Completion(model)).IsPossible;
    }

    /// <summary>Whether a value is what will stand there: no variable that is left to somebody else.</summary>
    public static bool IsKnown(YamlScalar scalar) => !scalar.IsUnknown && !scalar.Value.Contains("${", StringComparison.Ordinal);

    /// <summary>The boolean at a path; null where there is none, or it is not known.</summary>
    public static YamlScalar? True(KubernetesObject item, params ReadOnlySpan<string> path) =>
        item.Root.Get(path) is YamlScalar { IsUnknown: false } scalar && scalar.AsBoolean() == true ? scalar : null;

    /// <summary>The node that stands for the object: its name, or what else a person wrote where the object is, for a patch brings a name of its own.</summary>
    public static YamlNode NameOf(KubernetesObject item)
    {
        var root = item.Root;
        var name = root.Get("metadata", "name");
        foreach (var node in (ReadOnlySpan<YamlNode?>)[name, root["kind"], root.Find("spec")?.Key])
        {
            if (node is not null && ReferenceEquals(node.Source, root.Source))
            {
                return node;
            }
        }

        return name ?? root;
    }

    /// <summary>Whether a kustomization file among the linted ones could complete objects.</summary>
    private sealed class Completion(RepositoryModel model)
    {
        public bool IsPossible { get; } = model.Workspace.SelectedFiles.Any(file => file.Classification.Documents.Contains(DocumentKind.KustomizationFile));
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Loading;

/// <summary>
/// Reads resources from files and from texts inside scalars, each once, as kustomize reads them (kyaml/kio): aliases
/// and merge keys resolved, empty documents dropped, lists of resources taken apart. Safe to use from several threads.
/// </summary>
internal sealed class ResourceLoader(YamlFileCache files)
{
    private readonly ConcurrentDictionary<string, LoadedResources> byPath = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<YamlScalar, Lazy<LoadedResources>> byScalar = new(ReferenceEqualityComparer.Instance);

    /// <summary>The resources of a file.</summary>
    /// <param name="path">The absolute path.</param>
    public LoadedResources Load(string path) =>
        byPath.TryGetValue(path, out var known) ? known : byPath.GetOrAdd(path, Read(files.Parse(path)));

    /// <summary>The resources of the text inside a scalar.</summary>
    public LoadedResources Load(YamlScalar scalar) =>
        byScalar.GetOrAdd(scalar, static key => new Lazy<LoadedResources>(() => Read(YamlParser.Parse(key.EmbeddedText())))).Value;

    private static LoadedResources Read(YamlFile file)
    {
        var errors = ImmutableArray.CreateBuilder<LoadError>(0);
        foreach (var problem in file.Problems)
        {
            var kind = problem.Kind == YamlProblemKind.DuplicateKey ? KustomizeProblemKind.InvalidResource : KustomizeProblemKind.Syntax;
            errors.Add(new LoadError(kind, file.Text.Locate(problem.Span), null, problem.Message));
        }

        if (errors.Count > 0)
        {
            return new LoadedResources([], errors.DrainToImmutable(), file.Documents);
        }

        var dealiaser = new Dealiaser(file.Text.Content);
        var queue = new Queue<YamlNode>(file.Documents.Length);
        foreach (var document in file.Documents)
        {
            if (document.Root is not null)
            {
                queue.Enqueue(dealiaser.Resolve(document.Root));
            }
        }

        if (file.Documents.Length == 1 && queue.TryPeek(out var only) && only is YamlMapping wrapper
            && Tree.Text(wrapper, "kind") is "List" or "ResourceList" && Tree.IndexOf(wrapper, "items") >= 0)
        {
            queue.Clear();
            Enqueue(Tree.Get(wrapper, "items"), queue);
        }

        var roots = ImmutableArray.CreateBuilder<YamlMapping>(queue.Count);
        while (queue.TryDequeue(out var node))
        {
            if (Tree.IsMissingOrEmpty(node))
            {
                continue;
            }

            if (Judge(node) is { } error)
            {
                errors.Add(error);
                continue;
            }

            var root = (YamlMapping)node;
            var items = Tree.Get(root, "items");
            if (items is null || !Tree.Text(root, "kind").EndsWith("List", StringComparison.Ordinal))
            {
                roots.Add(root);
            }
            else if (items is YamlSequence or YamlScalar { IsNull: true })
            {
                Enqueue(items, queue);
            }
            else
            {
                errors.Add(Error(items, $"Expected a list in the items of {Tree.Text(root, "kind")}"));
            }
        }

        return new LoadedResources(errors.Count == 0 ? roots.DrainToImmutable() : [], errors.DrainToImmutable(), file.Documents);
    }

    private static void Enqueue(YamlNode? items, Queue<YamlNode> queue)
    {
        if (items is YamlSequence sequence)
        {
            foreach (var item in sequence.Items)
            {
                queue.Enqueue(item);
            }
        }
    }

    private static LoadError? Judge(YamlNode node)
    {
        if (node is not YamlMapping root)
        {
            return Error(node, "Missing Resource metadata: a Kubernetes object is a mapping with apiVersion, kind and metadata");
        }

        var kind = Tree.Text(root, "kind");
        if (kind.Length == 0)
        {
            var isNothing = Tree.Text(root, "apiVersion").Length == 0 && Tree.IsMissingOrEmpty(Tree.Get(root, "metadata"));
            return Error(FirstKey(root), isNothing ? "Missing Resource metadata: the object has no apiVersion, kind or metadata" : "Missing kind in object");
        }

        if (kind.EndsWith("List", StringComparison.Ordinal))
        {
            return null;
        }

        var metadata = Tree.Get(root, "metadata") as YamlMapping;
        return Tree.Text(metadata, "name").Length > 0 ? null : Error(metadata ?? FirstKey(root), $"Missing metadata.name in object of kind {kind}");
    }

    private static YamlNode FirstKey(YamlMapping root) => root.Entries.IsEmpty ? root : root.Entries[0].Key;

    private static LoadError Error(YamlNode node, string message) =>
        new(KustomizeProblemKind.InvalidResource, node.Location, node, message);
}

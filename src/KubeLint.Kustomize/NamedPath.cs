using KubeLint.Kustomize.Loading;
using KubeLint.Yaml;

namespace KubeLint.Kustomize;

/// <summary>A file or directory that a kustomization names.</summary>
/// <param name="At">The node that names it.</param>
/// <param name="Path">The path as written; for a generator's file without its key.</param>
/// <param name="Field">The field: <c>resources</c>, <c>patches</c>, <c>configMapGenerator</c> …</param>
public sealed record NamedPath(YamlScalar At, string Path, string Field)
{
    private static readonly string[] Lists = ["resources", "bases", "components", "crds", "configurations", "generators", "transformers", "validators", "patchesStrategicMerge"];
    private static readonly string[] ListsOfObjects = ["patches", "patchesJson6902", "replacements"];
    private static readonly string[] Generators = ["configMapGenerator", "secretGenerator"];

    /// <summary>Whether what is named is built, file or directory, rather than read.</summary>
    public bool IsIncluded => Field is "resources" or "bases" or "components" or "generators" or "transformers" or "validators";

    /// <summary>The paths that a kustomization names, in the order of its fields; remote addresses and texts that stand in a path's place are none.</summary>
    /// <param name="root">The kustomization.</param>
    public static IEnumerable<NamedPath> Of(YamlMapping root)
    {
        foreach (var field in Lists)
        {
            foreach (var entry in KustomizationFields.Texts(root, field))
            {
                if (IsPath(entry.Value))
                {
                    yield return new NamedPath(entry, entry.Value, field);
                }
            }
        }

        foreach (var field in ListsOfObjects)
        {
            foreach (var entry in KustomizationFields.Objects(root, field))
            {
                if (KustomizationFields.Get(entry, "path") is YamlScalar path && IsPath(path.Value))
                {
                    yield return new NamedPath(path, path.Value, field);
                }
            }
        }

        foreach (var field in Generators)
        {
            foreach (var file in KustomizationFields.Objects(root, field).SelectMany(GeneratorFiles))
            {
                var path = file.Value[(file.Value.IndexOf('=', StringComparison.Ordinal) + 1)..];
                if (IsPath(path))
                {
                    yield return new NamedPath(file, path, field);
                }
            }
        }
    }

    private static IEnumerable<YamlScalar> GeneratorFiles(YamlMapping generator)
    {
        var single = KustomizationFields.Get(generator, "env") as YamlScalar;
        return [.. KustomizationFields.Texts(generator, "files"), .. KustomizationFields.Texts(generator, "envs"), .. single is null ? Array.Empty<YamlScalar>() : [single]];
    }

    private static bool IsPath(string text) => text.Length > 0 && text.AsSpan().IndexOfAny('\n', ':') < 0 && !RemotePath.IsRemote(text);
}

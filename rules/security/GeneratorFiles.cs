using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>A file that a <c>secretGenerator</c> takes.</summary>
/// <param name="Entry">The entry of <c>files</c>, <c>envs</c> or <c>env</c>.</param>
/// <param name="Key">The key that its content gets; for a list of variables the file's name.</param>
/// <param name="IsVariables">Whether it is a list of variables.</param>
/// <param name="Text">Its content.</param>
internal sealed record GeneratorFile(YamlScalar Entry, string Key, bool IsVariables, string Text)
{
    private const int MostBytes = 5 << 20;

    /// <summary>The files of a generator that are in the repository.</summary>
    public static IEnumerable<GeneratorFile> Of(Workspace workspace, string kustomization, YamlMapping generator)
    {
        foreach (var (list, isVariables) in new[] { ("files", false), ("envs", true) })
        {
            foreach (var item in generator[list]?.AsSequence()?.Items ?? [])
            {
                if (Read(workspace, kustomization, item.AsScalar(), isVariables) is { } file)
                {
                    yield return file;
                }
            }
        }

        if (Read(workspace, kustomization, generator["env"]?.AsScalar(), true) is { } single)
        {
            yield return single;
        }
    }

    private static GeneratorFile? Read(Workspace workspace, string kustomization, YamlScalar? entry, bool isVariables)
    {
        if (entry is null || entry.IsNull)
        {
            return null;
        }

        var separator = isVariables ? -1 : entry.Value.IndexOf('=', StringComparison.Ordinal);
        var written = entry.Value[(separator + 1)..];
        var path = YamlFileCache.Normalize($"{kustomization[..kustomization.LastIndexOf('/')]}/{written}");
        var source = workspace.Files.Source;
        if (!source.FileExists(path) || source.GetLength(path) > MostBytes)
        {
            return null;
        }

        var key = separator > 0 ? entry.Value[..separator] : path[(path.LastIndexOf('/') + 1)..];
        return new GeneratorFile(entry, key, isVariables, System.Text.Encoding.UTF8.GetString(source.ReadAllBytes(path)));
    }
}

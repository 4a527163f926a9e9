using KubeLint.Yaml;

namespace KubeLint.Kustomize;

/// <summary>Finds the file or directory that a path which leads nowhere probably means.</summary>
public static class NearestPath
{
    /// <summary>The path with its first wrong part replaced by what lies there and is spelt alike; null where nothing is, or leads on.</summary>
    /// <param name="source">The files.</param>
    /// <param name="directory">The absolute directory that the path is relative to.</param>
    /// <param name="path">The path as written.</param>
    /// <param name="isTaken">Whether an absolute path is named already, so that it cannot be meant.</param>
    public static string? Find(IFileSource source, string directory, string path, Func<string, bool>? isTaken = null)
    {
        var parts = path.Split('/');
        var at = directory;
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] is "" or ".")
            {
                continue;
            }

            var next = YamlFileCache.Normalize($"{at}/{parts[i]}");
            if (parts[i] == ".." || source.DirectoryExists(next))
            {
                at = next;
                continue;
            }

            var rest = string.Concat(parts.Skip(i + 1).Select(part => "/" + part)).TrimEnd('/');
            var names = source.List(at)
                .Where(entry => rest.Length == 0 ? isTaken?.Invoke(entry) != true : source.FileExists(entry + rest) || source.DirectoryExists(entry + rest))
                .Select(entry => entry[(entry.LastIndexOf('/') + 1)..])
                .Where(name => !name.StartsWith("kustomization.", StringComparison.OrdinalIgnoreCase) && name.StartsWith('.') == parts[i].StartsWith('.'));
            if (NearestName.Find(parts[i], names.Order(StringComparer.Ordinal)) is not { } name)
            {
                return null;
            }

            parts[i] = name;
            return string.Join('/', parts);
        }

        return null;
    }
}

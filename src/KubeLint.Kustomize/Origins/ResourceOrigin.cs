namespace KubeLint.Kustomize.Origins;

/// <summary>
/// What <c>buildMetadata</c> writes about a resource: the file that it came from, or the plugin that made or changed it
/// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/buildmetadata/).
/// </summary>
internal sealed record ResourceOrigin
{
    /// <summary>The file, relative to the directory that is built.</summary>
    public string Path { get; init; } = "";

    /// <summary>The kustomization or plugin configuration that asked for it.</summary>
    public string ConfiguredIn { get; init; } = "";

    /// <summary>The plugin's <c>apiVersion</c>.</summary>
    public string ApiVersion { get; init; } = "";

    /// <summary>The plugin's kind.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The plugin configuration's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The plugin configuration's namespace.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>A path below this origin's.</summary>
    public ResourceOrigin Append(string path) => this with { Path = Join(Path, path) };

    /// <summary>Two paths joined and cleaned, without reading the disk.</summary>
    public static string Join(string left, string right)
    {
        var parts = new List<string>();
        foreach (var part in $"{left}/{right}".Split('/'))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        return parts.Count == 0 ? "" : string.Join('/', parts);
    }

    /// <summary>The origin as the annotation's YAML.</summary>
    public override string ToString() => string.Concat(Lines().Select(line => line + "\n"));

    /// <summary>A list of origins as the annotation's YAML.</summary>
    public static string Write(IEnumerable<ResourceOrigin> origins) =>
        string.Concat(origins.Select(origin => string.Concat(origin.Lines().Select((line, i) => (i == 0 ? "- " : "  ") + line + "\n"))));

    private IEnumerable<string> Lines()
    {
        if (Path.Length > 0)
        {
            yield return $"path: {Path}";
        }

        if (ConfiguredIn.Length > 0)
        {
            yield return $"configuredIn: {ConfiguredIn}";
        }

        if (ApiVersion.Length + Kind.Length + Name.Length + Namespace.Length > 0)
        {
            yield return "configuredBy:";
            foreach (var (key, value) in new[] { ("apiVersion", ApiVersion), ("kind", Kind), ("name", Name), ("namespace", Namespace) })
            {
                if (value.Length > 0)
                {
                    yield return $"  {key}: {value}";
                }
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Schema;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>Schemas of custom resources in files that the user names (<c>schemaLocations</c>).</summary>
/// <param name="files">Reads the files.</param>
/// <param name="locations">Absolute folders, or templates of paths.</param>
/// <param name="kubernetesVersion">The version of Kubernetes that templates may name; null where it is not configured.</param>
internal sealed class SchemaLocations(YamlFileCache files, ImmutableArray<string> locations, string? kubernetesVersion)
{
    private readonly ConcurrentDictionary<(string, string), ValueSchema?> schemas = new();

    /// <summary>The schema of an object's kind; null where no location has one.</summary>
    public ValueSchema? Find(KubernetesObject item) =>
        locations.IsEmpty ? null : schemas.GetOrAdd((item.ApiVersion, item.Kind), static (_, state) => state.Self.Read(state.Item), (Self: this, Item: item));

    /// <summary>The path that a template leads to (https://github.com/yannh/kubeconform#overriding-schemas-location).</summary>
    public static string Expand(string template, KubernetesObject item, string? kubernetesVersion)
    {
        var result = new System.Text.StringBuilder();
        for (var at = 0; at < template.Length;)
        {
            var open = template.IndexOf("{{", at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : template.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                return result.Append(template, at, template.Length - at).ToString();
            }

            result.Append(template, at, open - at).Append(template[(open + 2)..close].Trim().TrimStart('.') switch
            {
                "Group" => item.Group,
                "ResourceKind" or "Kind" => item.Kind.ToLowerInvariant(),
                "ResourceAPIVersion" or "Version" => item.Version,
                "KindSuffix" => $"-{(item.Group.Length == 0 ? "" : item.Group.Split('.')[0] + "-")}{item.Version}",
                "NormalizedKubernetesVersion" => kubernetesVersion is null ? "master" : $"v{kubernetesVersion.TrimStart('v')}",
                "StrictSuffix" => "-strict",
                _ => "",
            });
            at = close + 2;
        }

        return result.ToString();
    }

    private ValueSchema? Read(KubernetesObject item)
    {
        foreach (var location in locations)
        {
            var template = location.Contains("{{", StringComparison.Ordinal) ? location : $"{location}/{{{{.Group}}}}/{{{{.Kind}}}}_{{{{.Version}}}}.json";
            var path = YamlFileCache.Normalize(Expand(template, item, kubernetesVersion));
            if (files.Source.FileExists(path) && files.Parse(path) is { Problems.IsEmpty: true, Documents: [{ Root: YamlMapping root }] })
            {
                return BuiltInSchemas.WithObjectFields(JsonSchemaReader.Read(root));
            }
        }

        return null;
    }
}

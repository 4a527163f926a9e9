using System.Collections.Concurrent;
using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Schema;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>Schemas of custom resources in places that the user names (<c>schemaLocations</c>).</summary>
internal sealed class SchemaLocations
{
    private readonly YamlFileCache files;
    private readonly ImmutableArray<string> templates;
    private readonly string? kubernetesVersion;
    private readonly ImmutableDictionary<string, string> fetched;
    private readonly ConcurrentDictionary<(string, string), ValueSchema?> schemas = new();

    /// <summary>The places that settings name.</summary>
    /// <param name="files">Reads files.</param>
    /// <param name="directory">The absolute folder to which the settings' paths are relative.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="fetched">The schemas that were fetched, by address.</param>
    public SchemaLocations(YamlFileCache files, string directory, RepositorySettings settings, ImmutableDictionary<string, string> fetched)
    {
        this.files = files;
        this.fetched = fetched;
        kubernetesVersion = settings.KubernetesVersion;
        templates = [.. settings.SchemaLocations.Select(location => ToTemplate(SchemaAddress.IsRemote(location) ? location : Path.Combine(directory, location)))];
    }

    /// <summary>The schema of an object's kind; null where no location has one.</summary>
    public ValueSchema? Find(KubernetesObject item) =>
        templates.IsEmpty ? null : schemas.GetOrAdd((item.ApiVersion, item.Kind), static (_, state) => state.Self.Read(state.Item), (Self: this, Item: item));

    /// <summary>The addresses at which the schema of an object's kind may be, the best first.</summary>
    public ImmutableArray<Uri> AddressesOf(KubernetesObject item) =>
        // What a repository names goes into a request.
        IsName(item.Group) && IsName(item.Version) && IsName(item.Kind)
            ? [.. templates.Where(SchemaAddress.IsRemote).Select(template => AddressOf(template, item)).OfType<Uri>()] : [];

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

    private static string ToTemplate(string location) => location.Contains("{{", StringComparison.Ordinal)
        ? location : $"{location.TrimEnd('/')}/{{{{.Group}}}}/{{{{.Kind}}}}_{{{{.Version}}}}.json";

    private static bool IsName(string text) => text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');

    private ValueSchema? Read(KubernetesObject item)
    {
        foreach (var template in templates)
        {
            var file = SchemaAddress.IsRemote(template) ? Fetched(template, item) : FromDisk(template, item);
            if (file is { Problems.IsEmpty: true, Documents: [{ Root: YamlMapping root }] })
            {
                return BuiltInSchemas.WithObjectFields(JsonSchemaReader.Read(root));
            }
        }

        return null;
    }

    private Uri? AddressOf(string template, KubernetesObject item) => Uri.TryCreate(Expand(template, item, kubernetesVersion), UriKind.Absolute, out var address) ? address : null;

    private YamlFile? Fetched(string template, KubernetesObject item) =>
        AddressOf(template, item) is { } address && fetched.TryGetValue(address.AbsoluteUri, out var json)
            ? YamlParser.Parse(new SourceText(AddressCredentials.Mask(address.AbsoluteUri), json)) : null;

    private YamlFile? FromDisk(string template, KubernetesObject item)
    {
        var path = YamlFileCache.Normalize(Expand(template, item, kubernetesVersion));
        return files.Source.FileExists(path) ? files.Parse(path) : null;
    }
}

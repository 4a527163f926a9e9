using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using KubeLint.Cluster.Api;
using KubeLint.Flux;
using KubeLint.Flux.Live;
using KubeLint.Testing;

namespace KubeLint.Rules.Tests;

/// <summary>
/// What the API server of a live rule's case holds: the objects in the files below <c>cluster/</c>. <c>cluster/server.yaml</c> says what else there
/// is: <c>forbidden</c> (plurals that may not be read), <c>unserved</c> (<c>group/version</c> or <c>group/version/Kind</c>; all else that the repository has is
/// served), <c>versions</c> (more versions of a group), <c>head</c> (the branch, its commit, and how many commits older ones are behind it).
/// </summary>
internal sealed class CaseCluster : IClusterReader
{
    private const string Server = "cluster/server.yaml";
    private readonly List<JsonElement> objects = [];
    private readonly HashSet<string> forbidden = [];
    private readonly HashSet<string> unserved = [];
    private readonly Dictionary<string, List<string>> versions = [];
    private readonly ILookup<(string Group, string Version), string> kinds;

    public CaseCluster(RuleCase item, RepositoryModel model)
    {
        kinds = model.Objects.ToLookup(made => (made.Group, made.Version), made => made.Kind);
        foreach (var (path, bytes) in item.Cluster.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            foreach (var document in YamlJson.Documents(path, Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF')))
            {
                if (path == Server)
                {
                    ReadServer(document);
                    continue;
                }

                if (document["kind"]!.GetValue<string>() == "Secret")
                {
                    YamlJson.Encode(document);
                }

                objects.Add(JsonDocument.Parse(document.ToJsonString()).RootElement);
            }
        }
    }

    public string Name => "context test";

    public LiveHead? Head { get; private set; }

    public Task<ReadResult> GetAsync(ResourceType type, string? inNamespace, string name, CancellationToken cancellationToken) =>
        Task.FromResult(Read(type, inNamespace) is var result && result.State != ReadState.Ok ? result
            : result.Items.FirstOrDefault(item => item.Name == name) is { } found ? new ReadResult(ReadState.Ok, [found])
            : new ReadResult(ReadState.NotFound, []));

    public Task<ReadResult> ListAsync(ResourceType type, string? inNamespace, string? fieldSelector, bool metadataOnly, CancellationToken cancellationToken) =>
        Task.FromResult(Read(type, inNamespace));

    public Task<ServedGroups> GroupsAsync(CancellationToken cancellationToken)
    {
        var served = kinds.Select(group => group.Key).Where(key => !unserved.Contains($"{key.Group}/{key.Version}"))
            .Concat(versions.SelectMany(pair => pair.Value.Select(version => (Group: pair.Key, Version: version))))
            .GroupBy(key => key.Group).ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(key => key.Version)]);
        return Task.FromResult(new ServedGroups(ReadState.Ok, served));
    }

    public Task<IReadOnlyCollection<string>?> KindsAsync(string group, string version, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyCollection<string>?>([.. kinds[(group, version)].Where(kind => !unserved.Contains($"{group}/{version}/{kind}"))]);

    public Task<string?> LogsAsync(string inNamespace, string pod, string container, bool previous, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<bool> WaitForChangeAsync(ResourceType type, string inNamespace, TimeSpan limit, CancellationToken cancellationToken) => Task.FromResult(false);

    private ReadResult Read(ResourceType type, string? inNamespace)
    {
        if (forbidden.Contains(type.Plural))
        {
            return new ReadResult(ReadState.Forbidden, [], $"{type.Plural} is forbidden: User \"test\" cannot list resource \"{type.Plural}\" in API group \"{type.Group}\"");
        }

        return new ReadResult(ReadState.Ok, [.. objects.Where(item => Is(item, type) && (inNamespace is null || item.Text("metadata", "namespace") == inNamespace)).Select(item => new ClusterObject(item, type))]);
    }

    private static bool Is(JsonElement item, ResourceType type) =>
        item.Text("kind") == type.Kind && (item.Text("apiVersion")!.Split('/') is [var group, _] ? group : "") == type.Group;

    private void ReadServer(JsonObject server)
    {
        forbidden.UnionWith(Texts(server["forbidden"]));
        unserved.UnionWith(Texts(server["unserved"]));
        foreach (var (group, list) in server["versions"]?.AsObject() ?? [])
        {
            versions[group] = [.. Texts(list)];
        }

        if (server["head"] is JsonObject head)
        {
            Head = new LiveHead(
                head["branch"]!.GetValue<string>(),
                head["commit"]!.GetValue<string>(),
                head["older"]!.AsObject().ToImmutableDictionary(pair => pair.Key, pair => (int)pair.Value!.GetValue<long>()));
        }
    }

    private static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(entry => entry!.GetValue<string>()) ?? [];
}

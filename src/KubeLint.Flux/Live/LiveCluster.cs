using System.Collections.Immutable;

namespace KubeLint.Flux.Live;

/// <summary>
/// What an API server held when it was asked: plain data, made once and never changed. It has no value of any Secret in it. What could
/// not be read is told apart from what is not there.
/// </summary>
public sealed class LiveCluster
{
    private const int LongestQuote = 400;
    private readonly Dictionary<ObjectId, LiveObject> byId = [];
    private readonly Dictionary<(string Group, string Kind), List<LiveObject>> byKind = [];

    /// <summary>A cluster of objects.</summary>
    /// <param name="name">The cluster, for messages.</param>
    /// <param name="objects">The objects.</param>
    public LiveCluster(string name, IEnumerable<LiveObject> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        Name = name;
        foreach (var item in objects)
        {
            if (byId.TryAdd(item.Id, item))
            {
                if (!byKind.TryGetValue((item.Group, item.Kind), out var list))
                {
                    byKind.Add((item.Group, item.Kind), list = []);
                }

                list.Add(item);
            }
        }
    }

    /// <summary>The cluster, for messages.</summary>
    public string Name { get; }

    /// <summary>What was read: what is not there of it is absent.</summary>
    public ImmutableArray<LiveScope> Scopes { get; init; } = [];

    /// <summary>What could not be read.</summary>
    public ImmutableArray<LiveGap> Gaps { get; init; } = [];

    /// <summary>The Secrets and ConfigMaps that were asked for and are there, without their values.</summary>
    public ImmutableDictionary<ObjectId, LiveData> Data { get; init; } = ImmutableDictionary<ObjectId, LiveData>.Empty;

    /// <summary>The kinds that the server serves, by group and version; of a version that was asked for and is not served the set is empty.</summary>
    public ImmutableDictionary<(string Group, string Version), ImmutableHashSet<string>> Served { get; init; } =
        ImmutableDictionary<(string, string), ImmutableHashSet<string>>.Empty;

    /// <summary>The versions that the server serves, by group.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Versions { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The containers that wait for an image that cannot be pulled.</summary>
    public ImmutableArray<LivePullFailure> PullFailures { get; init; } = [];

    /// <summary>Name of the repository's cluster that it is; null where the repository has no entry point.</summary>
    public string? RepositoryCluster { get; init; }

    /// <summary>Where the repository's branch stands; null where that is not known.</summary>
    public LiveHead? Head { get; init; }

    /// <summary>Takes out of a text what must not be shown.</summary>
    public Func<string, string> Redact { get; init; } = static text => text;

    /// <summary>The objects of a kind, in the server's order.</summary>
    public IReadOnlyList<LiveObject> OfKind(string group, string kind) => byKind.TryGetValue((group, kind), out var found) ? found : [];

    /// <summary>Looks for an object.</summary>
    public LiveLookup Find(ObjectId id)
    {
        if (byId.TryGetValue(id, out var found))
        {
            return new LiveLookup(LiveState.Found, found);
        }

        foreach (var gap in Gaps)
        {
            if (gap.Holds(id))
            {
                return new LiveLookup(LiveState.NotChecked, null, gap.Why);
            }
        }

        foreach (var scope in Scopes)
        {
            if (scope.Holds(id))
            {
                return new LiveLookup(LiveState.Absent);
            }
        }

        return default;
    }

    /// <summary>The server's words for a message: on one line, without what must not be shown, and not endless.</summary>
    public string Quote(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var text = Redact(string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        return text.Length <= LongestQuote ? text.TrimEnd('.') : text[..LongestQuote] + "…";
    }
}

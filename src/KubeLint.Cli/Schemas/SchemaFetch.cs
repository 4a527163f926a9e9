using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Analysis;
using KubeLint.Reporting;
using KubeLint.Rules.Schema;

namespace KubeLint.Cli;

/// <summary>What was fetched for a run.</summary>
/// <param name="Schemas">The schemas, by address.</param>
/// <param name="Notes">What could not be fetched.</param>
internal sealed record FetchedSchemas(ImmutableDictionary<string, string> Schemas, ImmutableArray<RunNote> Notes)
{
    /// <summary>Nothing.</summary>
    public static FetchedSchemas None { get; } = new([], []);
}

/// <summary>Fetches the schemas that <c>schemaLocations</c> has <c>https</c> addresses for.</summary>
internal static class SchemaFetch
{
    private const int Connections = 8;
    private const int MostNames = 5;

    /// <summary>The run with the schemas that it needs; as it is where none is to be fetched, which is what a configuration without addresses says.</summary>
    public static async Task<LintRun> WithSchemasAsync(LintOptions options, LintRun run, CancellationToken cancellationToken)
    {
        var configuration = run.Configuration.Configuration;
        if (!configuration.Settings.SchemaLocations.Any(SchemaAddress.IsRemote) || !run.Rules.Descriptors.Any(rule => rule.Category == RuleCategory.Schema))
        {
            return run;
        }

        var model = FluxSettings.Build(run.Load(run.Source, cancellationToken), run.Flux, cancellationToken);
        var requests = SchemaRequest.Of(model, configuration);
        using var http = new HttpSchemaSource();
        ISchemaSource network = options.Offline ? new OfflineSchemaSource() : http;
        var source = SchemaCache.FindFolder(run.Host.GetEnvironmentVariable) is { } folder ? new SchemaCache(network, folder, run.Host.Clock) : network;
        var fetching = FetchAsync(requests, source, cancellationToken);
        await run.Timings.Run(
            "Fetching schemas",
            () => fetching,
            _ => string.Create(CultureInfo.InvariantCulture, $"{requests.Length} kinds"));
        return run with { Schemas = await fetching };
    }

    private static async Task<FetchedSchemas> FetchAsync(ImmutableArray<SchemaRequest> requests, ISchemaSource source, CancellationToken cancellationToken)
    {
        var schemas = new ConcurrentDictionary<string, string>();
        var failures = new ConcurrentBag<(string Kind, Uri Address, string Reason)>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(requests, parallel, async (request, token) =>
        {
            (string, Uri, string)? failure = null;
            foreach (var address in request.Addresses)
            {
                switch (await source.GetAsync(address, token))
                {
                    case SchemaAnswer.Found found:
                        schemas[address.AbsoluteUri] = found.Json;
                        return;
                    case SchemaAnswer.Failed failed:
                        failure ??= (request.Name, address, failed.Reason);
                        break;
                    default:
                        break;
                }
            }

            if (failure is { } reason)
            {
                failures.Add(reason);
            }
        });
        return new FetchedSchemas(schemas.ToImmutableDictionary(), [.. Describe(failures)]);
    }

    private static IEnumerable<RunNote> Describe(IEnumerable<(string Kind, Uri Address, string Reason)> failures) =>
        from failure in failures
        group failure.Kind by (Server: $"{failure.Address.Scheme}://{failure.Address.Authority}", failure.Reason) into same
        orderby same.Key.Server, same.Key.Reason
        let kinds = same.Order(StringComparer.Ordinal).ToList()
        let names = string.Join(", ", kinds.Take(MostNames)) + (kinds.Count > MostNames ? $" and {kinds.Count - MostNames} more" : "")
        select new RunNote(
            RunNoteKind.Execution,
            Severity.Warning,
            $"The schemas of {kinds.Count} kind{(kinds.Count == 1 ? "" : "s")} could not be loaded from {same.Key.Server} ({same.Key.Reason}), so they were not checked: {names}");
}

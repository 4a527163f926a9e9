using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

using KubeLint.Analysis;
using KubeLint.Cluster.Api;
using KubeLint.Cluster.Diagnosis;
using KubeLint.Cluster.Live;
using KubeLint.Cluster.Repository;
using KubeLint.Flux;
using KubeLint.Flux.Images;
using KubeLint.Registry;
using KubeLint.Registry.Credentials;
using KubeLint.Registry.Pins;
using KubeLint.Reporting;
using KubeLint.Rules;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>Runs <c>kubelint registry check</c>.</summary>
internal static class RegistryCommand
{
    private const string Rule = "KL1090";

    public static async Task<int> RunAsync(RegistryArguments arguments, CliHost host, CancellationToken cancellationToken)
    {
        var words = arguments.Paths.ToList();
        if (words.Count == 0 || words[0] != "check")
        {
            throw new UsageException("registry takes the word check, then a path\nTry 'kubelint registry --help'");
        }

        if (arguments.Format is { } format && !ReportFormats.Names.Contains(format))
        {
            throw new UsageException($"--format takes {string.Join(", ", ReportFormats.Names)}, not '{format}'");
        }

        if (arguments is { Live: true, Pin: false } or { Live: false, Kubeconfig: not null } or { Live: false, Context: not null })
        {
            throw new UsageException("--live goes with --pin, and --kubeconfig and --context with --live");
        }

        if (arguments is { Fix: true, Pin: false })
        {
            throw new UsageException("--fix goes with --pin");
        }

        arguments.Paths = [.. words.Skip(1)];
        var catalog = RuleSource.Load(arguments, [], new DiskFileSource(), host).Catalog;
        var configuration = ConfigurationSource.Load(arguments, catalog, new DiskFileSource(), host).Configuration;
        var model = RepositoryReader.Read(arguments, host, cancellationToken);
        var (places, unknown) = Collect(model);
        using var client = new RegistryClient(new RegistryClientOptions
        {
            Insecure = arguments.InsecureRegistries.Concat(configuration.Settings.Registries.Insecure).ToHashSet(StringComparer.OrdinalIgnoreCase),
        });
        var credentials = LocalCredentials.Load(host.GetEnvironmentVariable);
        var running = arguments.Live ? await ReadRunningAsync(arguments, host, cancellationToken).ConfigureAwait(false) : null;
        var answers = await AskAsync(places, client, credentials, arguments.Platforms, host, cancellationToken).ConfigureAwait(false);
        var pins = arguments.Pin ? await PinAsync(places, client, credentials, running, cancellationToken).ConfigureAwait(false) : [];
        var absent = answers.Where(pair => pair.Value is RegistryAnswer.NotFound).ToImmutableDictionary(pair => pair.Key, pair => RegistryWords.Describe(pair.Value), StringComparer.Ordinal);
        var rules = RuleSet.Create(catalog, configuration, new RuleSelection([Rule], []), host.CurrentDirectory);
        var findings = new Analyzer(rules, new AnalyzerOptions { AbsentImages = absent }).Analyze(model, cancellationToken).Diagnostics.Where(finding => finding.Rule.Id == Rule).ToImmutableArray();
        if (arguments.Format is not (null or "text" or "json"))
        {
            Report(arguments, host, model, rules, findings);
        }
        else if (arguments.Format == "json")
        {
            WriteJson(places, answers, pins, host.Output);
        }
        else
        {
            WriteText(places, answers, unknown, host.Output);
        }

        var isComplete = !arguments.Pin || WriteEdits(places, pins, arguments, model.Workspace, host);
        return !isComplete || findings.Any(finding => finding.Severity >= Severity.Warning) ? ExitCodes.Findings : ExitCodes.Success;
    }

    private static void Report(RegistryArguments arguments, CliHost host, RepositoryModel model, RuleSet rules, ImmutableArray<Diagnostic> findings) =>
        ReportTargets.Create(arguments.Format, [], ColorChoice.Style(arguments.Color, host, host.IsOutputTerminal), isQuiet: false, isStatistics: false, host.CurrentDirectory).Write(
            new RunReport
            {
                Diagnostics = findings,
                Rules = [.. rules.Descriptors],
                ReadPage = BuiltInRules.ReadPage,
                FileCount = model.Workspace.SelectedFiles.Length,
                ToolVersion = CliApplication.Version,
                BaseDirectory = model.Workspace.BaseDirectory,
                RepositoryRoot = model.Workspace.RepositoryRoot,
            },
            host.Output);

    /// <summary>The images that are fully known, with the places that write them; and how many are not.</summary>
    private static (SortedDictionary<string, (RegistryImage Image, List<WrittenImage> Places)> Places, int Unknown) Collect(RepositoryModel model)
    {
        var places = new SortedDictionary<string, (RegistryImage, List<WrittenImage>)>(StringComparer.Ordinal);
        var unknown = 0;
        var selected = model.Workspace.SelectedFiles.Select(file => file.DisplayPath).ToHashSet(StringComparer.Ordinal);
        foreach (var image in model.Objects.SelectMany(item => model.ImagesOf(item)))
        {
            if (image.Shape is ImageShape.RegistryOnly or ImageShape.PullPolicyOnly or ImageShape.KustomizeTransformer
                || image.NameNode is not { } node || !selected.Contains(node.Location.Text.Root.Path))
            {
                continue;
            }

            if (image.WholeReference is not { } whole || !ImageReference.TryParse(whole, out var parsed, out _) || parsed is not { Registry: { } registry, Repository: { } repository })
            {
                unknown++;
                continue;
            }

            if (!places.TryGetValue(whole, out var entry))
            {
                places[whole] = entry = (new RegistryImage(registry, repository, parsed.Tag.Value, parsed.Digest.Value), []);
            }

            entry.Item2.Add(new WrittenImage(node.Location.Text.Root.Path, image));
        }

        return (places, unknown);
    }

    private static async Task<Dictionary<string, RegistryAnswer>> AskAsync(
        SortedDictionary<string, (RegistryImage Image, List<WrittenImage> Places)> places,
        RegistryClient client,
        LocalCredentials credentials,
        bool platforms,
        CliHost host,
        CancellationToken cancellationToken)
    {
        var done = 0;
        var gate = new Lock();
        var answers = new Dictionary<string, RegistryAnswer>();
        await Task.WhenAll(places.Select(async pair =>
        {
            var answer = await client.CheckAsync(pair.Value.Image, credentials, platforms, cancellationToken).ConfigureAwait(false);
            lock (gate)
            {
                answers[pair.Key] = answer;
                done++;
                if (host.IsErrorTerminal)
                {
                    const int width = 30;
                    var full = width * done / places.Count;
                    host.Error.Write($"\r[{new string('#', full)}{new string('.', width - full)}] {done}/{places.Count}{(done == places.Count ? "\r\u001b[K" : "")}");
                }
            }
        })).ConfigureAwait(false);
        return answers;
    }

    private static async Task<Dictionary<string, Pin>> PinAsync(
        SortedDictionary<string, (RegistryImage Image, List<WrittenImage> Places)> places,
        RegistryClient client,
        LocalCredentials credentials,
        RunningPins? running,
        CancellationToken cancellationToken)
    {
        var resolver = new PinResolver(client);
        var pins = new Dictionary<string, Pin>();
        foreach (var (key, (image, _)) in places)
        {
            if (image.Digest is not null || (running is not null && running.Find(image) is null))
            {
                continue;
            }

            var live = running?.Find(image);
            var known = live is { Version: not null } ? null : (await resolver.ResolveAsync(image, credentials, cancellationToken).ConfigureAwait(false)).Pin;

            // What runs decides; the registry may know a version of the same digest.
            if ((live is null || known?.Digest == live.Digest ? known ?? live : live) is { } pin)
            {
                pins[key] = pin;
            }
        }

        return pins;
    }

    private static async Task<RunningPins> ReadRunningAsync(RegistryArguments arguments, CliHost host, CancellationToken cancellationToken)
    {
        using var cluster = ClusterClient.Connect(
            arguments.Kubeconfig is null ? null : Path.Combine(host.CurrentDirectory, arguments.Kubeconfig),
            arguments.Context,
            TimeSpan.FromSeconds(30));
        return await RunningPins.ReadAsync(cluster, cancellationToken).ConfigureAwait(false);
    }

    private static void WriteText(SortedDictionary<string, (RegistryImage Image, List<WrittenImage> Places)> places, Dictionary<string, RegistryAnswer> answers, int unknown, TextWriter output)
    {
        foreach (var (key, (_, written)) in places)
        {
            var answer = answers[key];
            output.WriteLine($"{answer switch { RegistryAnswer.Exists => '✓', RegistryAnswer.NotFound => '✗', _ => '?' }} {key}: {RegistryWords.Describe(answer)}");
            if (answer is RegistryAnswer.Exists { Platforms.IsDefaultOrEmpty: false } exists)
            {
                output.WriteLine($"    for {string.Join(", ", exists.Platforms)}");
            }

            if (answer is RegistryAnswer.NotFound)
            {
                foreach (var place in written.Select(place => $"    {place.Path}:{place.TagLine}: {Rule} image-not-in-registry").Distinct())
                {
                    output.WriteLine(place);
                }
            }
        }

        foreach (var limit in answers.Select(pair => (places[pair.Key].Image.Registry, (pair.Value as RegistryAnswer.Exists)?.RateLimit)).Where(pair => pair.RateLimit?.Remaining is not null)
            .GroupBy(pair => pair.Registry).Select(group => group.MinBy(pair => pair.RateLimit!.Remaining)))
        {
            output.WriteLine($"! {limit.Registry}: {limit.RateLimit!.Remaining} of {limit.RateLimit.Limit} pulls left");
        }

        output.WriteLine($"{answers.Count} images: {answers.Values.Count(answer => answer is RegistryAnswer.Exists)} exist, {answers.Values.Count(answer => answer is RegistryAnswer.NotFound)} do not, "
            + $"{answers.Values.Count(answer => answer is not (RegistryAnswer.Exists or RegistryAnswer.NotFound))} unknown{(unknown > 0 ? $"; {unknown} more depend on variables or charts" : "")}");
    }

    private static void WriteJson(
        SortedDictionary<string, (RegistryImage Image, List<WrittenImage> Places)> places,
        Dictionary<string, RegistryAnswer> answers,
        Dictionary<string, Pin> pins,
        TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartArray();
            foreach (var (key, (_, written)) in places)
            {
                var exists = answers[key] as RegistryAnswer.Exists;
                writer.WriteStartObject();
                writer.WriteString("image", key);
                writer.WriteString("state", answers[key] switch { RegistryAnswer.Exists => "exists", RegistryAnswer.NotFound => "not-found", _ => "unknown" });
                writer.WriteString("says", RegistryWords.Describe(answers[key]));
                writer.WriteString("digest", exists?.Digest);
                if (pins.GetValueOrDefault(key) is { } pin)
                {
                    writer.WriteString("pin", pin.TagWithDigest ?? pin.Digest);
                }

                writer.WriteStartArray("platforms");
                foreach (var platform in exists?.Platforms ?? [])
                {
                    writer.WriteStringValue(platform.ToString());
                }

                writer.WriteEndArray();
                writer.WriteStartArray("places");
                foreach (var place in written.Select(place => $"{place.Path}:{place.TagLine}").Distinct())
                {
                    writer.WriteStringValue(place);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    // Whether all was written that was to be.
    private static bool WriteEdits(
        SortedDictionary<string, (RegistryImage Image, List<WrittenImage> Places)> places,
        Dictionary<string, Pin> pins,
        RegistryArguments arguments,
        Workspace workspace,
        CliHost host)
    {
        var isComplete = true;
        var source = workspace.Files.Source;
        var edits = places.Where(pair => pins.ContainsKey(pair.Key))
            .SelectMany(pair => pair.Value.Places.Select(place => (place.Path, Edit: ImagePinning.Edit(place.Image, pins[pair.Key]))))
            .Where(item => item.Edit is not null)
            .GroupBy(item => item.Path, StringComparer.Ordinal);
        foreach (var file in edits)
        {
            // An anchor's scalar can stand for several images: one edit a place.
            var changes = file.Select(item => item.Edit!.Value.Edit).DistinctBy(edit => edit.Span.Start).ToList();
            var path = YamlFileCache.Normalize(Path.Combine(workspace.BaseDirectory, file.Key));
            var before = source.ReadAllBytes(path);
            var after = EditedFile.Create(file.First().Edit!.Value.Text, changes, before);
            if (arguments.Fix)
            {
                var reason = after is null ? "it changed since it was read" : RepositoryFile.Write(source, workspace.RepositoryRoot, path, before, after);
                host.Error.WriteLine(reason is null ? $"pinned {changes.Count} in {file.Key}" : $"{file.Key} was not pinned: {reason}");
                isComplete &= reason is null;
            }
            else if (after is not null && (arguments.Format is null or "text"))
            {
                var diff = UnifiedDiff.Create(Path.GetRelativePath(workspace.RepositoryRoot, path).Replace('\\', '/'), before, after, SecretLines.IsSecret);
                host.Output.Write(diff.Text);
                if (diff.HiddenCount > 0)
                {
                    host.Error.WriteLine($"{file.Key}: a change is not shown, for a credential or a Secret's value would be; --fix writes it");
                }
            }
        }

        return isComplete;
    }
}

using System.Text;
using System.Text.Json;

using KubeLint.Cluster.Diagnosis;
using KubeLint.Cluster.Repository;
using KubeLint.Flux;
using KubeLint.Flux.Images;
using KubeLint.Registry;
using KubeLint.Registry.Credentials;
using KubeLint.Registry.Pins;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>Runs <c>kubelint registry check</c>.</summary>
internal static class RegistryCommand
{
    public static async Task<int> RunAsync(RegistryArguments arguments, CliHost host, CancellationToken cancellationToken)
    {
        var words = arguments.Words.ToList();
        if (words.Count == 0 || words[0] != "check")
        {
            throw new UsageException("registry takes the word check, then a path\nTry 'kubelint registry --help'");
        }

        if (arguments.Format is not (null or "text" or "json"))
        {
            throw new UsageException($"--format takes text or json, not '{arguments.Format}'");
        }

        var workspace = Workspace.Load(
            new DiskFileSource(),
            new WorkspaceOptions { BaseDirectory = host.CurrentDirectory, Paths = words.Count > 1 ? [.. words.Skip(1)] : ["."] },
            cancellationToken);
        if (!workspace.Errors.IsEmpty)
        {
            throw new UsageException(workspace.Errors[0].Message);
        }

        var (places, unknown) = Collect(workspace);
        using var client = new RegistryClient(new RegistryClientOptions { Insecure = arguments.InsecureRegistries.ToHashSet(StringComparer.OrdinalIgnoreCase) });
        var credentials = LocalCredentials.Load(host.GetEnvironmentVariable);
        var answers = await AskAsync(places, client, credentials, arguments.Platforms, host, cancellationToken).ConfigureAwait(false);
        var pins = arguments.Pin ? await PinAsync(places, client, credentials, cancellationToken).ConfigureAwait(false) : [];
        if (arguments.Format == "json")
        {
            WriteJson(places, answers, pins, host.Output);
        }
        else
        {
            WriteText(places, answers, unknown, host.Output);
        }

        if (arguments.Pin)
        {
            WriteEdits(places, pins, arguments, host);
        }

        return answers.Values.Any(answer => answer is RegistryAnswer.NotFound) ? ExitCodes.Findings : ExitCodes.Success;
    }

    /// <summary>The images that are fully known, with the places that write them; and how many are not.</summary>
    private static (SortedDictionary<string, (RegistryImage Image, List<WrittenImage> Places)> Places, int Unknown) Collect(Workspace workspace)
    {
        var places = new SortedDictionary<string, (RegistryImage, List<WrittenImage>)>(StringComparer.Ordinal);
        var unknown = 0;
        foreach (var file in workspace.SelectedFiles)
        {
            foreach (var image in file.Objects().SelectMany(item => ContainerImages.Of(item)))
            {
                if (image.Shape is ImageShape.RegistryOnly or ImageShape.PullPolicyOnly or ImageShape.KustomizeTransformer)
                {
                    continue;
                }

                var tagless = image.Tag.State == PartState.Absent && image.Digest.State == PartState.Absent;
                if (image.Name is not { } name || image.Tag.State == PartState.Unknown || image.Digest.State == PartState.Unknown || (tagless && !image.TagDefaultsToLatest)
                    || !ImageReference.TryParse(name, out var parsed, out _) || parsed.Registry is null || parsed.Repository is null)
                {
                    unknown++;
                    continue;
                }

                // A tag such as "1.2.3@sha256:…" holds both.
                var tag = image.Tag.Value;
                var digest = image.Digest.Value;
                if (tag?.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
                {
                    (tag, digest) = (tag[..at], tag[(at + 1)..]);
                }

                var asked = new RegistryImage(parsed.Registry, parsed.Repository, tag, digest);
                if (!places.TryGetValue(asked.ToString(), out var entry))
                {
                    places[asked.ToString()] = entry = (asked, []);
                }

                entry.Item2.Add(new WrittenImage(file.DisplayPath, image));
            }
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
        CancellationToken cancellationToken)
    {
        var resolver = new PinResolver(client);
        var pins = new Dictionary<string, Pin>();
        foreach (var (key, (image, _)) in places)
        {
            if (image.Digest is null && (await resolver.ResolveAsync(image, credentials, cancellationToken).ConfigureAwait(false)).Pin is { } pin)
            {
                pins[key] = pin;
            }
        }

        return pins;
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
                foreach (var place in written)
                {
                    output.WriteLine($"    {place.Path}:{place.TagLine}");
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
                foreach (var place in written)
                {
                    writer.WriteStringValue($"{place.Path}:{place.TagLine}");
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static void WriteEdits(
        SortedDictionary<string, (RegistryImage Image, List<WrittenImage> Places)> places,
        Dictionary<string, Pin> pins,
        RegistryArguments arguments,
        CliHost host)
    {
        var edits = places.Where(pair => pins.ContainsKey(pair.Key))
            .SelectMany(pair => pair.Value.Places.Select(place => (place.Path, Edit: ImagePinning.Edit(place.Image, pins[pair.Key]))))
            .Where(item => item.Edit is not null)
            .GroupBy(item => item.Path, StringComparer.Ordinal);
        foreach (var file in edits)
        {
            var text = file.First().Edit!.Value.Text;

            // An anchor's scalar can stand for several images: one edit a place.
            var changes = file.Select(item => item.Edit!.Value.Edit).DistinctBy(edit => edit.Span.Start).OrderBy(edit => edit.Span.Start).ToList();
            if (arguments.Fix)
            {
                var content = new StringBuilder(text.Content);
                foreach (var edit in Enumerable.Reverse(changes))
                {
                    content.Remove(edit.Span.Start, edit.Span.Length).Insert(edit.Span.Start, edit.NewText);
                }

                File.WriteAllText(Path.Combine(host.CurrentDirectory, file.Key), content.ToString(), new UTF8Encoding(text.HasByteOrderMark));
                host.Error.WriteLine($"pinned {changes.Count} in {file.Key}");
            }
            else if (arguments.Format != "json")
            {
                host.Output.Write(UnifiedDiff.Of(file.Key, text, changes));
            }
        }
    }
}

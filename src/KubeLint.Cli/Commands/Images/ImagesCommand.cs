using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using KubeLint.Flux;
using KubeLint.Flux.Images;

namespace KubeLint.Cli;

/// <summary><c>kubelint images</c>: every image, with the place where it is written.</summary>
internal static class ImagesCommand
{
    private static readonly string[] Header = ["CLUSTER", "REGISTRY", "REPOSITORY", "TAG", "DIGEST", "PULL POLICY", "PULL SECRETS", "OBJECT", "WHERE"];
    private static readonly string[] Names = ["cluster", "registry", "repository", "tag", "digest", "pullPolicy", "pullSecrets", "object", "where"];

    public static Task<int> RunAsync(ImagesOptions options, CliHost host, CancellationToken cancellationToken)
    {
        Action<List<string[]>> write = options.Format switch
        {
            null or "table" => rows => Columns.WriteTable(Header, rows, host.Output),
            "csv" => rows => Columns.WriteCsv(Names, rows, host.Output),
            "markdown" => rows => Columns.WriteMarkdown(Header, rows, host.Output),
            "json" => rows => WriteJson(rows, host.Output),
            _ => throw new UsageException($"--format must be table, json, csv or markdown, not '{options.Format}'"),
        };
        write(Rows(RepositoryReader.Read(options, host, cancellationToken)));
        return Task.FromResult(ExitCodes.Success);
    }

    private static List<string[]> Rows(RepositoryModel model)
    {
        var rows = new List<string[]>();
        foreach (var cluster in model.Clusters)
        {
            var releases = cluster.Releases.GroupBy(release => release.Effective).ToDictionary(group => group.Key, group => group.First());
            foreach (var item in cluster.Objects())
            {
                var images = releases.TryGetValue(item, out var release) ? release.Images : ContainerImages.Of(item.Object);
                foreach (var image in images)
                {
                    Add(rows, cluster.Name, item.Object, image);
                }
            }
        }

        // What no entry point reaches is on no cluster, as far as is known.
        foreach (var file in model.UnreachedFiles.Where(_ => model.Clusters.IsEmpty))
        {
            foreach (var item in file.Objects)
            {
                foreach (var image in ContainerImages.Of(item))
                {
                    Add(rows, "", item, image);
                }
            }
        }

        return [.. rows.DistinctBy(row => string.Join('\n', row))];
    }

    // What says only a pull policy or a registry for others is no image.
    private static void Add(List<string[]> rows, string cluster, KubernetesObject item, ContainerImage image)
    {
        if (ImageInventoryEntry.From(image) is { } entry)
        {
            rows.Add(
            [
                cluster,
                entry.Registry ?? "",
                entry.Repository ?? "",
                entry.Tag ?? "",
                entry.Digest ?? "",
                entry.PullPolicy ?? "",
                string.Join(' ', entry.PullSecrets),
                item.Id.ToString(),
                entry.Location.ToString(),
            ]);
        }
    }

    private static void WriteJson(List<string[]> rows, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                for (var i = 0; i < Names.Length; i++)
                {
                    if (Names[i] == "pullSecrets")
                    {
                        json.WriteStartArray(Names[i]);
                        foreach (var secret in row[i].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                        {
                            json.WriteStringValue(secret);
                        }

                        json.WriteEndArray();
                    }
                    else if (row[i].Length > 0)
                    {
                        json.WriteString(Names[i], row[i]);
                    }
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}

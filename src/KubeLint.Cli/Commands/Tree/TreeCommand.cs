using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using KubeLint.Flux;

namespace KubeLint.Cli;

/// <summary><c>kubelint tree</c>: what applies what.</summary>
internal static class TreeCommand
{
    public static Task<int> RunAsync(TreeOptions options, CliHost host, CancellationToken cancellationToken)
    {
        if (options.Format is not (null or "text" or "json"))
        {
            throw new UsageException($"--format must be text or json, not '{options.Format}'");
        }

        var model = RepositoryReader.Read(options, host, cancellationToken);
        if (options.Format == "json")
        {
            WriteJson(model, host.Output);
        }
        else
        {
            WriteText(model, options.Objects, host.Output);
        }

        return Task.FromResult(ExitCodes.Success);
    }

    private static void WriteText(RepositoryModel model, bool listsObjects, TextWriter output)
    {
        foreach (var cluster in model.Clusters)
        {
            var releases = cluster.Releases.ToLookup(release => release.Effective.Producer);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{cluster.Name}  Flux {cluster.Version}, {cluster.Kustomizations.Length} Kustomizations, {cluster.Releases.Length} HelmReleases, {cluster.Objects().Length} objects"));
            var roots = cluster.Kustomizations.Where(kustomization => kustomization.Parent is null).ToList();
            for (var i = 0; i < roots.Count; i++)
            {
                WriteBranch(roots[i], releases, "", i == roots.Count - 1, listsObjects, output);
            }

            output.WriteLine();
        }

        if (model.UnreachedFiles.IsEmpty)
        {
            return;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.UnreachedFiles.Length} files with objects are not reached:"));
        foreach (var file in model.UnreachedFiles)
        {
            output.WriteLine($"  {file.File.DisplayPath}: {States.Describe(file)}");
        }
    }

    private static void WriteBranch(
        FluxKustomization kustomization, ILookup<FluxKustomization, FluxHelmRelease> releases, string indent, bool isLast, bool listsObjects, TextWriter output)
    {
        var path = kustomization.Object.Root.GetString("spec", "path") ?? "./";
        var dependencies = string.Join(", ", kustomization.DependsOn().Select(Short));
        var state = States.Describe(kustomization);
        output.WriteLine(
            $"{indent}{(isLast ? "└─ " : "├─ ")}{Short(kustomization.Id)}  {path}  ({Count(kustomization)})"
            + (dependencies.Length > 0 ? $"  after {dependencies}" : "") + (state is null ? "" : $"  [{state}]"));
        var inner = indent + (isLast ? "   " : "│  ");
        var lines = new List<string>();
        foreach (var release in releases[kustomization])
        {
            var after = string.Join(", ", release.DependsOn().Select(Short));
            lines.Add($"HelmRelease {Short(release.Id)}  {DescribeChart(release.Chart)}" + (after.Length > 0 ? $"  after {after}" : ""));
        }

        if (listsObjects)
        {
            lines.AddRange(kustomization.Objects.Where(item => !item.Object.Is(FluxGroups.Helm, "HelmRelease")).Select(item => item.Id.ToString()));
        }

        for (var i = 0; i < lines.Count; i++)
        {
            output.WriteLine($"{inner}{(i == lines.Count - 1 && kustomization.Children.IsEmpty ? "└─ " : "├─ ")}{lines[i].TrimEnd()}");
        }

        for (var i = 0; i < kustomization.Children.Length; i++)
        {
            WriteBranch(kustomization.Children[i], releases, inner, i == kustomization.Children.Length - 1, listsObjects, output);
        }
    }

    private static string Short(ObjectId id) => $"{id.Namespace}/{id.Name}";

    private static string Count(FluxKustomization kustomization)
    {
        var kinds = kustomization.Objects.GroupBy(item => item.Object.Kind).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}")).ToList();
        const int MaxKinds = 4;
        return kinds.Count == 0 ? "no objects" : string.Join(", ", kinds.Take(MaxKinds)) + (kinds.Count > MaxKinds ? ", …" : "");
    }

    private static string DescribeChart(HelmChart chart) => $"{chart.Name?.Value ?? chart.SourceId?.Name} {chart.Version?.Value}".Trim();

    private static void WriteJson(RepositoryModel model, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("clusters");
            foreach (var cluster in model.Clusters)
            {
                WriteCluster(json, cluster);
            }

            json.WriteEndArray();
            json.WriteStartArray("unreached");
            foreach (var file in model.UnreachedFiles)
            {
                json.WriteStartObject();
                json.WriteString("file", file.File.DisplayPath);
                json.WriteString("reason", States.Describe(file));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteCluster(Utf8JsonWriter json, FluxCluster cluster)
    {
        var releases = cluster.Releases.ToLookup(release => release.Effective.Producer);
        json.WriteStartObject();
        json.WriteString("name", cluster.Name);
        json.WriteString("fluxVersion", cluster.Version.ToString());
        json.WriteStartArray("kustomizations");
        foreach (var kustomization in cluster.Kustomizations)
        {
            json.WriteStartObject();
            json.WriteString("namespace", kustomization.Id.Namespace);
            json.WriteString("name", kustomization.Id.Name);
            json.WriteString("path", kustomization.Object.Root.GetString("spec", "path") ?? "./");
            json.WriteString("where", kustomization.Object.Root.Location.ToString());
            WriteOptional(json, "appliedBy", kustomization.Parent is { } parent ? Short(parent.Id) : null);
            WriteOptional(json, "source", kustomization.Source?.ToString());
            WriteOptional(json, "incomplete", States.Describe(kustomization));
            WriteList(json, "dependsOn", kustomization.DependsOn().Select(Short));
            json.WriteStartArray("helmReleases");
            foreach (var release in releases[kustomization])
            {
                json.WriteStartObject();
                json.WriteString("namespace", release.Id.Namespace);
                json.WriteString("name", release.Id.Name);
                WriteOptional(json, "chart", release.Chart.Name?.Value);
                WriteOptional(json, "version", release.Chart.Version?.Value);
                WriteOptional(json, "source", release.Chart.SourceId?.ToString());
                WriteList(json, "dependsOn", release.DependsOn().Select(Short));
                json.WriteString("where", release.Object.Root.Location.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteList(json, "objects", kustomization.Objects.Select(item => item.Id.ToString()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}

using System.IO.Compression;
using System.Text;
using System.Text.Json;
using KubeLint.Cluster.Api;
using KubeLint.Cluster.Diagnosis;
using KubeLint.Cluster.Snapshots;

namespace KubeLint.Cluster.Reports;

/// <summary>
/// The report with what it is about, for a support ticket. Secrets come with their names, types and keys only; logs only after the
/// values of every Secret that the pod can see were taken out of them, and not at all where these may not be read.
/// </summary>
public sealed class SupportBundle
{
    private readonly IClusterReader reader;
    private readonly SecretScrubber scrubber;

    /// <summary>Over the cluster that the report is of.</summary>
    public SupportBundle(IClusterReader reader, SecretScrubber scrubber)
    {
        this.reader = reader;
        this.scrubber = scrubber;
    }

    /// <summary>Writes the zip file.</summary>
    public async Task WriteAsync(Stream stream, DiagnosisReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        var snapshot = report.Snapshot;
        var logs = await LogsAsync(snapshot, cancellationToken).ConfigureAwait(false);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, "report.txt", ReportWriter.Write(report, ReportFormat.Text));
        Add(zip, "report.json", ReportWriter.Write(report, ReportFormat.Json));
        Add(zip, "events.txt", string.Concat(snapshot.Events.Select(e =>
            $"{e.Time:u} {e.Type} {e.Reason} {e.Kind}/{e.Name} x{e.Count}: {Pulls.PullFailureClassifier.Classify(e.Message).Message}\n")));
        foreach (var item in Objects(snapshot).DistinctBy(item => (item.Type.Kind, item.Namespace, item.Name)))
        {
            Add(zip, $"objects/{item.Type.Kind}-{item.Namespace ?? "cluster"}-{item.Name}.json", Print(item.Root));
        }

        foreach (var secret in snapshot.PullSecrets)
        {
            Add(zip, $"objects/Secret-{snapshot.Namespace}-{secret.Name}.txt",
                $"state: {secret.State}\ntype: {secret.Type}\nkeys: {string.Join(", ", secret.Keys)}\nregistries: {string.Join(", ", secret.Hosts)}\nvalues: redacted\n");
        }

        foreach (var (name, text) in logs)
        {
            Add(zip, $"logs/{name}.log", text);
        }
    }

    private static IEnumerable<ClusterObject> Objects(ClusterSnapshot snapshot)
    {
        IEnumerable<ClusterObject?> all =
        [
            snapshot.Workload, .. snapshot.Between, .. snapshot.Pods, snapshot.ServiceAccount, snapshot.HelmRelease, .. snapshot.Kustomizations, .. snapshot.Sources,
            .. snapshot.Quotas, .. snapshot.LimitRanges, .. snapshot.NetworkPolicies, .. snapshot.CiliumPolicies, .. snapshot.CalicoPolicies, .. snapshot.HostEndpoints,
            .. snapshot.Containers.Select(snapshot.NodeOf),
        ];
        return all.OfType<ClusterObject>();
    }

    private async Task<List<(string Name, string Text)>> LogsAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var logs = new List<(string, string)>();
        foreach (var pod in snapshot.Pods)
        {
            var readable = await LearnSecretsAsync(pod, cancellationToken).ConfigureAwait(false);
            foreach (var container in snapshot.Containers.Where(container => container.Pod == pod && (container.IsRunning || container.ImageId.Length > 0)))
            {
                var name = $"{pod.Name}-{container.Name}";
                logs.Add((name, !readable
                    ? "left out: the pod uses Secrets that may not be read, so that their values could not be taken out of the log\n"
                    : await reader.LogsAsync(pod.Namespace ?? snapshot.Namespace, pod.Name, container.Name, previous: !container.IsRunning, cancellationToken).ConfigureAwait(false)
                        ?? "could not be read\n"));
            }
        }

        return logs;
    }

    /// <summary>Learns the values of the Secrets that a pod can see, so that they are taken out of its logs; false where one may not be read.</summary>
    private async Task<bool> LearnSecretsAsync(ClusterObject pod, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var container in pod.Root.Items("spec", "containers").Concat(pod.Root.Items("spec", "initContainers")))
        {
            foreach (var name in container.Items("env").Select(item => item.Text("valueFrom", "secretKeyRef", "name"))
                .Concat(container.Items("envFrom").Select(item => item.Text("secretRef", "name"))).OfType<string>())
            {
                names.Add(name);
            }
        }

        foreach (var volume in pod.Root.Items("spec", "volumes"))
        {
            foreach (var name in volume.Items("projected", "sources").Select(source => source.Text("secret", "name")).Append(volume.Text("secret", "secretName")).OfType<string>())
            {
                names.Add(name);
            }
        }

        foreach (var name in names)
        {
            var secret = await reader.GetAsync(ResourceType.Secret, pod.Namespace, name, cancellationToken).ConfigureAwait(false);
            if (secret.IsUnknown)
            {
                return false;
            }

            foreach (var (_, value) in secret.Single?.Root.Table("data") ?? [])
            {
                scrubber.Add(value);
                var buffer = new byte[value.Length];
                if (Convert.TryFromBase64String(value, buffer, out var length))
                {
                    var text = Encoding.UTF8.GetString(buffer, 0, length);
                    scrubber.Add(text);

                    // A program prints a key file line by line.
                    foreach (var line in text.Split('\n'))
                    {
                        scrubber.Add(line.Trim());
                    }
                }
            }
        }

        return true;
    }

    private void Add(ZipArchive zip, string name, string text)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(scrubber.Scrub(text)));
    }

    private static string Print(JsonElement root)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            root.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}

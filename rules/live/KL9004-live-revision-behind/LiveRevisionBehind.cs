using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Live;
using KubeLint.Yaml;

namespace KubeLint.Rules.Live;

/// <summary>Reports Kustomizations, sources and HelmReleases whose applied revision is behind the repository.</summary>
public sealed class LiveRevisionBehind : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL9004", "live-revision-behind", "The cluster runs an older revision than the branch", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#last-applied-revision"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Live(Check);

    private static void Check(LiveContext context)
    {
        if (context.Cluster is not { } cluster)
        {
            return;
        }

        var sources = new HashSet<ObjectId>();
        foreach (var item in cluster.Kustomizations)
        {
            if (context.Find(item.Object).Object is not { } live || live.Root.Text("status", "lastAppliedRevision") is not { } applied)
            {
                continue;
            }

            var source = item.Source is { } id ? context.Live.Find(id) : default;
            var fetched = source.Object?.Root.Text("status", "artifact", "revision");
            if (fetched is not null && fetched != applied)
            {
                context.ReportAtName(
                    item.Object,
                    $"{item.Id} runs {applied} in {context.Live.Name}, and its source has fetched {fetched}",
                    $"See why it is not applied: `flux get kustomization {live.Name} -n {live.Namespace}`, then `flux reconcile kustomization {live.Name} -n {live.Namespace}`");
            }
            else if (item.SourceRoot is not null && Behind(context.Live.Head, fetched ?? applied) is { } count && sources.Add(item.Source ?? item.Id))
            {
                // Once for a source: all that comes from it is as far behind.
                context.ReportAtName(
                    item.Object,
                    $"{context.Live.Name} runs {fetched ?? applied}, which {context.Live.Head!.Branch} is {count} commit{(count == 1 ? "" : "s")} ahead of",
                    fetched is null ? "Push the commits, and run `flux reconcile kustomization flux-system --with-source`"
                        : $"Push the commits, and run `flux reconcile source git {source.Object!.Name} -n {source.Object.Namespace}`");
            }
        }

        foreach (var release in context.Releases)
        {
            Check(context, release);
        }
    }

    // Only a version that is written in full can be compared.
    private static void Check(LiveContext context, FluxHelmRelease release)
    {
        if (release.Object.Root.Get("spec", "chart", "spec", "version") is not YamlScalar { IsUnknown: false } version
            || version.Value.Length == 0 || !IsExact(version.Value)
            || context.Find(release.Object).Object is not { } live)
        {
            return;
        }

        foreach (var entry in live.Root.Items("status", "history"))
        {
            if (entry.Text("chartVersion") is { } running && Plain(running) != Plain(version.Value))
            {
                context.Report(
                    version,
                    $"{release.Id} runs version {running} of its chart in {context.Live.Name}, and the repository says {version.Value}",
                    $"See why it is not upgraded: `flux get helmrelease {live.Name} -n {live.Namespace}`",
                    about: release.Object.Id);
            }

            break;
        }
    }

    private static bool IsExact(string version) => version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+') && !version.Split('.').Any(part => part is "x" or "X");

    private static string Plain(string version) => version.TrimStart('v').Split('+')[0];

    private static int? Behind(LiveHead? head, string revision)
    {
        foreach (var (commit, count) in head?.Older ?? [])
        {
            if (revision.EndsWith(commit, StringComparison.Ordinal))
            {
                return count;
            }
        }

        return null;
    }
}

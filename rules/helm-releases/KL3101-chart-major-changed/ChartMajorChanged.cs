using System.Globalization;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports charts whose major version is another one than at the revision.</summary>
public sealed class ChartMajorChanged : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3101", "chart-major-changed", "The chart has another major version than at the revision", Severity.Info)
        {
            NeedsRevision = true,
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#chart-template"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Change(Check);

    private static void Check(ChangeContext context)
    {
        foreach (var change in context.Comparison.Objects)
        {
            if (!change.Now.Is(FluxGroups.Helm, "HelmRelease"))
            {
                continue;
            }

            // One source can give several releases their chart; the finding at its tag is one.
            var (oldName, old) = Chart(context.Before, change.Before);
            var (name, version) = Chart(context.Model, change.Now);
            if (name is not null && name == oldName && version is { IsUnknown: false } && old is { IsUnknown: false }
                && Major(old.Value) is { } from && Major(version.Value) is { } to && from != to)
            {
                context.Report(
                    version,
                    string.Create(CultureInfo.InvariantCulture, $"The chart {name} goes from {old.Value} at {context.Revision} to {version.Value}: a new major version may read other values, and change or remove what it made"),
                    $"Read what its release notes say of the way from {from} to {to}, and whether its values moved",
                    about: change.Now.Id);
            }
        }
    }

    private static (string? Name, YamlScalar? Version) Chart(RepositoryModel model, KubernetesObject item)
    {
        if (model.ReleasesOf(item) is [var release, ..])
        {
            return (release.Chart.Name?.Value ?? release.Chart.SourceId?.Name, release.Chart.Version);
        }

        return (item.Root.GetString("spec", "chart", "spec", "chart"), item.Root.Get("spec", "chart", "spec", "version")?.AsScalar());
    }

    // 1.2.3, v1.2.3, ^1.2, 1.x; of ranges with several parts nobody knows.
    private static int? Major(string version)
    {
        var text = version.Trim().TrimStart('v', '=', '^', '~', ' ');
        var end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        var isOne = !text.AsSpan().ContainsAny(" ,|<>") && (end < 0 || text[end] == '.');
        return isOne && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : null;
    }
}

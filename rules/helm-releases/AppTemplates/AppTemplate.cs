using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>
/// A release of bjw-s' app-template (https://bjw-s-labs.github.io/helm-charts/docs/app-template/), of version 2 or later: before, a chart had one controller,
/// whose image and environment stood at the top.
/// </summary>
/// <param name="Release">The release.</param>
/// <param name="Major">The chart's major version.</param>
/// <param name="Values">The merged values.</param>
internal sealed record AppTemplate(FluxHelmRelease Release, int Major, YamlMapping Values)
{
    private const string ChartName = "app-template";

    /// <summary>The newest major version whose values are known here.</summary>
    public const int NewestMajor = 5;

    /// <summary>Whether the chart refuses keys that it does not know: since version 3 it has a schema.</summary>
    public bool HasSchema => Major >= 3 && Judging.True(Release.Object, "spec", "install", "disableSchemaValidation") is null;

    /// <summary>Whether every key that the version reads is known here, so that another one is wrong.</summary>
    public bool AreKeysKnown => Major is 3 or 4;

    /// <summary>Whether all values are known, so that what is missing is missing.</summary>
    public bool IsComplete => Release.Layers.All(layer => layer.State == ValuesLayerState.Known);

    /// <summary>The controllers: none in version 2, where each has defaults that are not here.</summary>
    public ImmutableArray<YamlEntry> Controllers => Entries(Values["controllers"]);

    /// <summary>The release as one of app-template; null where it is none, or its version is not known or is 1.</summary>
    public static AppTemplate? Of(FluxHelmRelease release)
    {
        var chart = release.Chart;
        var text = chart.SourceId?.Kind switch
        {
            "OCIRepository" when IsOwn(chart.Source?.Root.GetString("spec", "url"), mustNameChart: true) =>
                chart.Source!.Root.GetString("spec", "ref", "tag") ?? chart.Source.Root.GetString("spec", "ref", "semver"),
            "HelmRepository" when chart.Name?.Value == ChartName && IsOwn(chart.Source?.Root.GetString("spec", "url") ?? chart.SourceId?.Name, mustNameChart: false) =>
                chart.Version?.Value,
            _ => null,
        };
        return text is not null && MajorOf(text) is >= 2 and <= NewestMajor and var major && release.Values is { } values ? new AppTemplate(release, major, values) : null;
    }

    /// <summary>The entries of a mapping; none where the node is another or not known.</summary>
    public static ImmutableArray<YamlEntry> Entries(YamlNode? node) => node?.AsMapping() is { IsUnknown: false } mapping ? mapping.EffectiveEntries() : [];

    /// <summary>The containers of a controller, those that run first included.</summary>
    public static ImmutableArray<YamlEntry> Containers(YamlNode controller) => Entries(controller.Get("containers")).AddRange(Entries(controller.Get("initContainers")));

    /// <summary>Whether an item is switched off.</summary>
    public static bool IsOff(YamlNode item) => item.Get("enabled") is YamlScalar enabled && enabled.AsBoolean() != true;

    private static bool IsOwn(string? address, bool mustNameChart) =>
        address is not null && address.Contains("bjw-s", StringComparison.Ordinal) && (!mustNameChart || address.TrimEnd('/').EndsWith($"/{ChartName}", StringComparison.Ordinal));

    // Of a range its lowest version tells; one with parts may mean several.
    private static int? MajorOf(string text)
    {
        // Most name one version, which is sooner read.
        if (SemanticVersion.Parse(text) is { } version)
        {
            return (int)Math.Min(version.Major, int.MaxValue);
        }

        if (VersionConstraint.Parse(text) is not { IsAny: false } constraint || text.Contains("||", StringComparison.Ordinal))
        {
            return null;
        }

        if (constraint.Exact is { } exact)
        {
            return (int)Math.Min(exact.Major, int.MaxValue);
        }

        var digits = text.TrimStart('^', '~', '>', '=', ' ', 'v');
        var length = digits.TakeWhile(char.IsAsciiDigit).Count();
        return int.TryParse(digits.AsSpan(0, length), NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : null;
    }
}

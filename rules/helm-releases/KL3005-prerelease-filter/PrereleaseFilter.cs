using System.Text.RegularExpressions;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports OCIRepositories whose filter lets only prereleases through, and whose range lets none.</summary>
public sealed class PrereleaseFilter : Rule
{
    private static readonly string[] Releases = ["0.1.0", "1.2.3", "v1.2.3", "2.0.0", "10.20.30"];

    private static readonly string[] Prereleases =
    [
        "1.2.3-rc.1", "1.2.3-rc1", "1.2.3-beta.1", "1.2.3-beta1", "1.2.3-alpha.1", "1.2.3-alpha1", "1.2.3-dev.1", "1.2.3-dev", "1.2.3-pre.1", "1.2.3-preview.1",
        "1.2.3-snapshot", "1.2.3-SNAPSHOT", "1.2.3-0", "1.2.3-1", "1.2.3-next.1", "1.2.3-nightly", "1.2.3-canary.1",
    ];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3005", "prerelease-filter", "A filter for prereleases with a range that excludes them", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/source/ocirepositories/#semverfilter-example"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(FluxGroups.Source, "OCIRepository", context =>
    {
        if (context.Object.Root.Get("spec", "ref") is YamlMapping reference
            && reference["digest"] is null
            && reference["semver"] is YamlScalar { IsNull: false } range && Judging.IsKnown(range)
            && reference["semverFilter"] is YamlScalar { IsNull: false } filter && Judging.IsKnown(filter)
            && VersionConstraint.Parse(range.Value) is { AllowsPrereleases: false, IsSatisfiable: true }
            && IsForPrereleases(filter.Value))
        {
            context.Report(
                range,
                $"'{range.Value}' excludes prereleases, and the filter '{filter.Value}' lets only these through, so Flux finds no tag",
                $"Add `-0` to a version of the range: {Suggestion(range.Value)}",
                [new RelatedLocation(filter.Location, "The filter")]);
        }
    });

    private static string Suggestion(string range) => range is "*" or "x" ? "`>=0.0.0-0`" : $"`{range}-0`";

    // By samples: what a pattern means cannot be told otherwise.
    private static bool IsForPrereleases(string pattern)
    {
        try
        {
            var regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return !Releases.Any(regex.IsMatch) && Prereleases.Any(regex.IsMatch);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports versions and ranges that Flux cannot read or that no version satisfies.</summary>
public sealed class ChartVersionInvalid : Rule
{
    private const string Forms = "`1.2.3`, `1.2.x`, `~1.2.3`, `^1.2`, `>=1.2.0 <2.0.0`, `1.x || 2.x`";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3004", "chart-version-invalid", "A version or range cannot be read, or nothing satisfies it", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/source/helmcharts/#version"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        ChartRequest.Register(on, (context, request) =>
        {
            if (request.IsFromIndex && request.Version is { } version)
            {
                Check(context, version, "chart");
            }
        });
        on.Object(FluxGroups.Source, "OCIRepository", context => CheckReference(context, "digest"));
        on.Object(FluxGroups.Source, "GitRepository", context => CheckReference(context, "commit", "name"));
    }

    // A range that another field overrides is never read.
    private static void CheckReference(ObjectContext context, params ReadOnlySpan<string> stronger)
    {
        if (context.Object.Root.Get("spec", "ref") is not YamlMapping reference || reference["semver"] is not YamlScalar { IsNull: false, Value.Length: > 0 } range)
        {
            return;
        }

        foreach (var key in stronger)
        {
            if (reference[key] is not null)
            {
                return;
            }
        }

        Check(context, range, "tag");
    }

    private static void Check(ObjectContext context, YamlScalar version, string what)
    {
        if (!Judging.IsKnown(version))
        {
            return;
        }

        if (VersionConstraint.Parse(version.Value) is not { } constraint)
        {
            context.Report(version, $"'{version.Value}' is neither a version nor a range, so Flux finds no {what}", Help(version.Value));
        }
        else if (!constraint.IsSatisfiable)
        {
            context.Report(version, $"No version can satisfy '{version.Value}', so Flux finds no {what}", "Two of its parts exclude each other; `||` between them means either");
        }
    }

    private static string Help(string value) => value switch
    {
        _ when value.Contains('@', StringComparison.Ordinal) => "A digest cannot stand in a version: an OCIRepository has `ref.digest` for it",
        "latest" => "Write the version that should run",
        _ => $"Write a version or a range: {Forms}",
    };
}

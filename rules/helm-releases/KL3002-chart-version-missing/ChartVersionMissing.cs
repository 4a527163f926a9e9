using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports charts whose newest version is installed, whatever it is.</summary>
public sealed class ChartVersionMissing : Rule
{
    private const string Consequence = "so Flux installs each new one when it is published, major versions included";
    private const string Help = "Write the version that should run: `version: <version>`; a bot can raise it by pull requests";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3002", "chart-version-missing", "A chart has no version, or one that allows all", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/source/helmcharts/#version"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => ChartRequest.Register(on, Check);

    private static void Check(ObjectContext context, ChartRequest request)
    {
        if (!request.IsFromIndex)
        {
            return;
        }

        if (request.Version is { } version)
        {
            if (Judging.IsKnown(version) && VersionConstraint.Parse(version.Value) is { IsAny: true })
            {
                context.Report(version, $"'{version.Value}' allows every version of the chart {request.Chart?.Value}, {Consequence}", Help);
            }
        }
        else if (request.Chart is { } chart && Judging.IsFinal(context))
        {
            context.Report(chart, $"The chart {chart.Value} has no version, {Consequence}", Help);
        }
    }
}

using System.Collections.Concurrent;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Schema;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports values that the schema of a chart in this repository does not allow.</summary>
public sealed class ValuesSchemaViolation : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3030", "values-schema-violation", "The values of a release fail the chart's values.schema.json", Severity.Error)
        {
            Reference = new("https://helm.sh/docs/topics/charts/#schema-files"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.HelmRelease(context =>
    {
        var release = context.Release;
        if (release.Chart.SchemaPath is not { } path || Judging.True(release.Object, "spec", "install", "disableSchemaValidation") is not null
            || Judging.True(release.Object, "spec", "upgrade", "disableSchemaValidation") is not null
            || ChartSchemas.Of(context).Read(path) is not { } schema)
        {
            return;
        }

        var isComplete = release.Layers.All(layer => layer.State == ValuesLayerState.Known);
        var values = Merge(release);
        foreach (var violation in values is null ? [] : SchemaChecker.Check(values, schema))
        {
            // What a layer that is not known may bring is not missing.
            if (violation.Kind == ViolationKind.MissingField && !isComplete)
            {
                continue;
            }

            context.Report(
                PlaceOf(release, violation.At, values!),
                $"The chart's schema refuses the values: {violation.Message}",
                violation.Help,
                [new RelatedLocation((release.Chart.Name ?? Judging.NameOf(release.Object)).Location, "The chart")]);
        }
    });

    // Helm checks what comes out in the end, the chart's own values included.
    private static YamlMapping? Merge(FluxHelmRelease release)
    {
        YamlMapping? merged = null;
        foreach (var layer in release.Layers)
        {
            if (layer is { Kind: ValuesLayerKind.Chart, Values: YamlMapping values })
            {
                merged = merged is null ? values : ValuesMerge.Merge(merged, values);
            }
        }

        return merged is null ? release.Values : release.Values is null ? merged : ValuesMerge.Merge(merged, release.Values);
    }

    // A field that is missing from all of the values is missing where they begin.
    private static YamlNode PlaceOf(FluxHelmRelease release, YamlNode at, YamlMapping values) =>
        ReferenceEquals(at, values) ? release.Object.Spec?.Find("values")?.Key ?? Judging.NameOf(release.Object) : at;

    // Each schema is read once in a run.
    private sealed class ChartSchemas(RepositoryModel model)
    {
        private readonly ConcurrentDictionary<string, ValueSchema?> schemas = new(StringComparer.Ordinal);

        public static ChartSchemas Of(RuleContext context) => context.Shared(static (model, _) => new ChartSchemas(model));

        public ValueSchema? Read(string path) =>
            schemas.GetOrAdd(path, static (key, files) => files.Parse(key) is { Problems.IsEmpty: true, Documents: [{ Root: { } root }] } ? JsonSchemaReader.Read(root) : null, model.Workspace.Files);
    }
}

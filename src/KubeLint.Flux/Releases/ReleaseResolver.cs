using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>Finds the charts and values of the HelmReleases of one cluster. Safe to use from several threads.</summary>
internal sealed class ReleaseResolver(YamlFileCache files, DataIndex index, SourceResolver sources)
{
    /// <summary>The chart of a HelmRelease.</summary>
    public HelmChart FindChart(KubernetesObject release)
    {
        var ns = release.Namespace ?? "default";
        if (release.Root.Get("spec", "chartRef")?.AsMapping() is { } chartRef)
        {
            var target = Reference(chartRef, ns);
            var item = target is { } id ? index.Find(id.Group, id.Kind, id.Namespace!, id.Name) : null;
            if (item?.Kind == "HelmChart" && item.Spec is { } chartSpec)
            {
                return FromTemplate(chartSpec, chartRef, item.Namespace ?? "default");
            }

            var reference = item?.Root.Get("spec", "ref");
            var version = reference?.Get("digest") ?? reference?.Get("semver") ?? reference?.Get("tag");
            return new HelmChart { Version = version as YamlScalar, SourceId = target, SourceRef = chartRef, Source = item };
        }

        return release.Root.Get("spec", "chart", "spec")?.AsMapping() is { } template ? FromTemplate(template, null, ns) : new HelmChart();
    }

    /// <summary>The layers of a HelmRelease's values, and what they make together.</summary>
    public (ImmutableArray<ValuesLayer> Layers, YamlMapping? Values) FindValues(KubernetesObject release, HelmChart chart)
    {
        var layers = ImmutableArray.CreateBuilder<ValuesLayer>(1);
        AddChartLayers(release, chart, layers);
        var ns = release.Namespace ?? "default";
        foreach (var item in release.Root.Get("spec", "valuesFrom")?.AsSequence()?.Items ?? [])
        {
            if (item.GetString("kind") is { } kind && item.GetString("name") is { } name)
            {
                layers.Add(ReadReference(item, kind, ns, name));
            }
        }

        if (release.Root.Get("spec", "values")?.AsMapping() is { } inline)
        {
            layers.Add(new ValuesLayer(ValuesLayerKind.Inline, ValuesLayerState.Known, "spec.values", inline, inline));
        }

        YamlMapping? merged = null;
        foreach (var layer in layers)
        {
            if (layer is { Kind: ValuesLayerKind.Reference or ValuesLayerKind.Inline, Values: YamlMapping values })
            {
                merged = merged is null ? values : ValuesMerge.Merge(merged, values);
            }
        }

        // As documented, a value at a path overwrites all others.
        foreach (var layer in layers)
        {
            if (layer is { TargetPath: { } path, Values: { } value })
            {
                merged = ValuesMerge.Set(merged ?? MadeNode.Mapping(layer.At, "valuesFrom"), path, value) ?? merged;
            }
        }

        return (layers.ToImmutable(), merged);
    }

    private HelmChart FromTemplate(YamlMapping spec, YamlNode? reference, string ns)
    {
        var sourceRef = spec["sourceRef"];
        var id = sourceRef?.AsMapping() is { } mapping ? Reference(mapping, ns) : null;
        var name = spec["chart"] as YamlScalar;
        var directory = id is { Kind: "GitRepository" or "Bucket" } && name is { IsUnknown: false } ? FindDirectory(id.Value, name.Value) : null;
        var schema = directory is null ? null : $"{directory}/values.schema.json";
        return new HelmChart
        {
            Name = name,
            Version = spec["version"] as YamlScalar,
            SourceId = id,
            SourceRef = reference ?? sourceRef,
            Source = id is { } known ? index.Find(known.Group, known.Kind, known.Namespace!, known.Name) : null,
            Directory = directory,
            HasCrds = directory is not null && files.Source.DirectoryExists($"{directory}/crds") && files.Source.List($"{directory}/crds").Count > 0,
            SchemaPath = schema is not null && files.Source.FileExists(schema) ? schema : null,
        };
    }

    private string? FindDirectory(ObjectId source, string path)
    {
        var found = sources.Resolve(source, path, index) is (var root, var inSource, false) ? SourcePath.Join(root, inSource) : null;
        return found is not null && files.Source.FileExists($"{found}/Chart.yaml") ? found : null;
    }

    private static ObjectId? Reference(YamlMapping reference, string ns) =>
        reference.GetString("kind") is { } kind && reference.GetString("name") is { } name
            ? new ObjectId(FluxGroups.Source, kind, reference.GetString("namespace") ?? ns, name)
            : null;

    private void AddChartLayers(KubernetesObject release, HelmChart chart, ImmutableArray<ValuesLayer>.Builder layers)
    {
        if (chart.Directory is not { } directory)
        {
            return;
        }

        var at = chart.Name ?? (YamlNode)release.Root;
        var named = release.Root.Get("spec", "chart", "spec", "valuesFiles")?.AsSequence()?.Items ?? [];
        if (named.IsEmpty)
        {
            AddFile($"{directory}/values.yaml", at);
            return;
        }

        // Named files take the place of the chart's own values.yaml; their paths are relative to the source.
        foreach (var item in named)
        {
            if (item.AsScalar() is { } file && chart.SourceId is { } id && sources.Resolve(id, file.Value, index) is (var root, var path, false))
            {
                AddFile(SourcePath.Join(root, path), file);
            }
        }

        void AddFile(string path, YamlNode node)
        {
            if (files.Source.FileExists(path) && files.Parse(path).Documents is [{ Root: YamlMapping values }, ..])
            {
                layers.Add(new ValuesLayer(ValuesLayerKind.Chart, ValuesLayerState.Known, files.Display(path), node, values));
            }
        }
    }

    private ValuesLayer ReadReference(YamlNode at, string kind, string ns, string name)
    {
        var key = at.GetString("valuesKey") ?? "values.yaml";
        var path = at.GetString("targetPath");
        var layer = new ValuesLayer(
            path is null ? ValuesLayerKind.Reference : ValuesLayerKind.Target, ValuesLayerState.Known, $"{kind}/{ns}/{name}, key {key}", at, null, path);
        if (index.Find("", kind, ns, name) is not { } item)
        {
            return layer with { State = ValuesLayerState.MissingObject };
        }

        foreach (var (found, value, node) in DataIndex.Entries(item))
        {
            if (found != key)
            {
                continue;
            }

            if (value is null || node is not YamlScalar scalar)
            {
                return layer with { State = ValuesLayerState.Unknown };
            }

            return path is null ? ReadDocument(layer, scalar, value) : layer with { Values = TargetValue(scalar, value, at.Get("literal")?.AsScalar()?.AsBoolean() == true) };
        }

        return layer with { State = ValuesLayerState.MissingKey };
    }

    private static ValuesLayer ReadDocument(ValuesLayer layer, YamlScalar scalar, string value)
    {
        var text = scalar.Value == value ? scalar.EmbeddedText() : Decoded(scalar, value);
        var file = YamlParser.Parse(text);
        var root = file.Documents is [{ Root: { } first }, ..] ? first.Resolved : null;
        return root switch
        {
            YamlMapping mapping => layer with { Values = mapping },
            null or YamlScalar { IsNull: true } when file.Problems.IsEmpty => layer,
            _ => layer with { State = ValuesLayerState.Invalid },
        };
    }

    // What base64 hides is written nowhere as it reads: all of it stands at the scalar.
    private static SourceText Decoded(YamlScalar scalar, string value)
    {
        var text = new DerivedTextBuilder(scalar.Source);
        text.Replace(scalar.Span, value);
        return text.Build();
    }

    // Quotes force a string (helm --set-string); else the value is typed as in --set.
    private static YamlScalar TargetValue(YamlScalar scalar, string value, bool isLiteral)
    {
        var isQuoted = !isLiteral && value.Length > 1 && value[0] == value[^1] && value[0] is '"' or '\'';
        var text = isQuoted ? value.Trim('\'', '"') : value;
        var isString = isLiteral || isQuoted || Yaml11.ResolvePlain(text) is not (YamlScalarType.Boolean or YamlScalarType.Integer or YamlScalarType.Null);
        return new YamlScalar(
            scalar.Source, scalar.Span, text, YamlScalarStyle.Plain, new NodeExtras(isString ? YamlTags.String : null, null, new Derivation("valuesFrom", scalar)));
    }
}

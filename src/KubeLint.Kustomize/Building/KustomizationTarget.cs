using System.Collections.Immutable;

using KubeLint.Kustomize.FieldSpecs;
using KubeLint.Kustomize.Generators;
using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Origins;
using KubeLint.Kustomize.Resources;
using KubeLint.Kustomize.Transformers;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Building;

/// <summary>
/// Builds one kustomization and all that it includes, in kustomize's order: resources, generators, components,
/// transformers (https://github.com/kubernetes-sigs/kustomize, api/internal/target).
/// </summary>
/// <param name="file">The kustomization.</param>
/// <param name="parent">The one that includes it; null for the outermost.</param>
/// <param name="origin">The path from the outermost directory, where the build keeps origins.</param>
/// <param name="context">What the build shares.</param>
internal sealed class KustomizationTarget(KustomizationFile file, KustomizationTarget? parent, ResourceOrigin? origin, BuildContext context)
{
    // Deeper than anyone nests; each level takes some of the stack.
    private const int MaxDepth = 200;

    private readonly int depth = parent is null ? 0 : parent.depth + 1;

    /// <summary>Builds the kustomization.</summary>
    /// <param name="accumulator">What it adds to: that of the parent for a component, else a new one.</param>
    public Accumulator Accumulate(Accumulator accumulator)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        var root = file.Root;
        NoteLeftOut();
        AccumulateResources(accumulator, [.. KustomizationFields.Texts(root, "resources"), .. KustomizationFields.Texts(root, "bases")]);
        MergeConfiguration(accumulator, ConfigurationReader.Read(file, context), "configurations");
        MergeConfiguration(accumulator, CrdConfiguration.Read(file, context), "crds");
        Generate(accumulator);
        foreach (var component in KustomizationFields.Texts(root, "components"))
        {
            AccumulateDirectory(accumulator, component, isComponent: true);
        }

        foreach (var transformer in new TransformerFactory(file, origin, context).Create(accumulator.Configuration))
        {
            Run(transformer, accumulator.Resources);
        }

        foreach (var transformer in PluginTransformers("transformers"))
        {
            Run(transformer, accumulator.Resources);
        }

        foreach (var entry in KustomizationFields.Objects(root, "vars"))
        {
            AddVariable(accumulator, Variable.From(entry));
        }

        return accumulator;
    }

    private void NoteLeftOut()
    {
        foreach (var field in (ReadOnlySpan<string>)["helmCharts", "helmChartInflationGenerator"])
        {
            if (KustomizationFields.Get(file.Root, field) is YamlSequence { Items.IsEmpty: false })
            {
                context.Error(
                    KustomizeProblemKind.HelmChart,
                    file.Root.Find(field)?.Key ?? file.Root,
                    $"'{field}' needs --enable-helm, which Flux does not set: the charts are left out");
            }
        }

        if (KustomizationFields.Get(file.Root, "validators") is YamlSequence { Items.IsEmpty: false })
        {
            context.Note(KustomizeProblemKind.Ignored, file.Root.Find("validators")?.Key ?? file.Root, "Validators change no resource and are not run");
        }
    }

    private void Run(Transformer transformer, ResourceMap resources)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        transformer.Transform(resources, context);
        if (transformer.Origin is { } by)
        {
            foreach (var resource in resources)
            {
                if (resource.Root is { } root)
                {
                    // kustomize writes what it keeps into the annotations here, and so all of them.
                    resource.Root = AnnotationText.Normalize(root, isThroughJson: false);
                }

                if (resource.Origin is null)
                {
                    resource.Origin = by;
                }
                else
                {
                    (resource.Transformations ??= []).Add(by);
                }
            }
        }

        resources.DropEmpty();
    }

    private void AddVariable(Accumulator accumulator, Variable variable)
    {
        var matches = accumulator.Resources.Items.Where(item => !item.IsEmpty && item.MatchesAnyId(variable.Means)).ToList();
        if (matches.Count > 1)
        {
            context.Error(
                KustomizeProblemKind.Variable, variable.At, $"Found {matches.Count} resId matches for var {variable.Name} (unable to disambiguate)");
        }
        else if (matches.Count == 1)
        {
            matches[0].AddVariable(variable.Name);
        }

        accumulator.Add(variable, context);
    }

    private void MergeConfiguration(Accumulator accumulator, TransformerConfiguration configuration, string field)
    {
        if (accumulator.Merge(configuration) is { } conflict)
        {
            ReportConflict(conflict, KustomizationFields.Get(file.Root, field) ?? file.Root);
        }
    }

    private void ReportConflict(FieldSpec conflict, YamlNode at) => context.Error(
        KustomizeProblemKind.InvalidField, at, $"Conflicting fieldspecs: '{conflict.Path}' of {conflict.Type} is both created and not created");

    private void AccumulateResources(Accumulator accumulator, List<YamlScalar> paths)
    {
        var named = new Dictionary<string, YamlScalar>(paths.Count, StringComparer.Ordinal);
        foreach (var path in paths)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (RemotePath.IsRemote(path.Value))
            {
                NoteRemote(path);
                continue;
            }

            var absolute = file.Resolve(path.Value);
            var isFile = path.Value.Length > 0 && context.Files.Source.FileExists(absolute);
            var before = accumulator.Resources.Items.Count;
            if (path.Value.Length > 0 && named.TryGetValue(absolute, out var first))
            {
                // All that it holds is there already: one finding instead of one for each resource. Without any, kustomize does not mind.
                if (isFile ? !context.Loader.Load(absolute).Roots.IsEmpty : context.Files.Source.DirectoryExists(absolute))
                {
                    context.Error(KustomizeProblemKind.DuplicateEntry, path, $"'{path.Value}' is named twice, so its resources would be added twice", first: first);
                }

                continue;
            }

            if (isFile)
            {
                AccumulateFile(accumulator, path, absolute);
            }
            else
            {
                AccumulateDirectory(accumulator, path, isComponent: false);
            }

            if (isFile || accumulator.Resources.Items.Count > before)
            {
                named.TryAdd(absolute, path);
            }
        }
    }

    private void NoteRemote(YamlScalar path)
    {
        context.IsIncomplete = true;
        context.Note(KustomizeProblemKind.RemoteBase, path, $"The remote base '{path.Value}' is not fetched: what it holds is left out");
    }

    private void AccumulateFile(Accumulator accumulator, YamlScalar path, string absolute)
    {
        context.Read(absolute, file, path);
        var loaded = context.Loader.Load(absolute);
        loaded.Report(context);
        foreach (var root in loaded.Roots)
        {
            context.HasResources = true;
            accumulator.Resources.Append(Load(root, origin?.Append(path.Value)), context);
        }
    }

    private static KustomizeResource Load(YamlMapping root, ResourceOrigin? from)
    {
        var resource = new KustomizeResource(root) { Origin = from };
        if (resource.Metadata is { } metadata && Tree.Get(metadata, "annotations") is YamlMapping annotations)
        {
            resource.NeedsHashSuffix = Tree.Text(annotations, BuildAnnotations.NeedsHashSuffix) == "enabled";
            if (from is not null && Tree.Get(annotations, BuildAnnotations.Origin) is not null)
            {
                resource.Root = Tree.Set(
                    root, "metadata", Tree.Set(metadata, "annotations", Tree.Remove(annotations, BuildAnnotations.Origin), "buildMetadata"), "buildMetadata");
            }
        }

        return resource;
    }

    private void AccumulateDirectory(Accumulator accumulator, YamlScalar path, bool isComponent)
    {
        if (Open(path, isComponent) is not { } target)
        {
            return;
        }

        if (isComponent)
        {
            // A component edits what its parent has so far.
            target.Accumulate(accumulator);
            return;
        }

        var inner = target.Accumulate(new Accumulator());
        if (accumulator.Merge(inner, context) is { } conflict)
        {
            ReportConflict(conflict, path);
        }
    }

    private KustomizationTarget? Open(YamlScalar path, bool isComponent)
    {
        if (RemotePath.IsRemote(path.Value))
        {
            NoteRemote(path);
            return null;
        }

        if (path.Value.Length == 0 || path.Value.StartsWith('/'))
        {
            var message = path.Value.Length == 0 ? "New root cannot be empty" : $"New root '{path.Value}' cannot be absolute";
            context.Error(KustomizeProblemKind.InvalidField, path, message);
            return null;
        }

        var directory = file.Resolve(path.Value);
        if (!context.Files.Source.DirectoryExists(directory))
        {
            var message = isComponent && context.Files.Source.FileExists(directory)
                ? $"'{context.Files.Display(directory)}' is a file; a component is a directory"
                : $"No such file or directory: '{context.Files.Display(directory)}'";
            context.Error(KustomizeProblemKind.MissingFile, path, message, file.Nearest(path.Value, context));
            return null;
        }

        if (IsVisited(directory))
        {
            context.Error(
                KustomizeProblemKind.Cycle, path, $"Cycle detected: '{context.Files.Display(directory)}' contains a directory that includes it");
            return null;
        }

        if (depth >= MaxDepth)
        {
            context.Error(KustomizeProblemKind.TooDeep, path, $"Kustomizations include each other more than {MaxDepth} levels deep");
            return null;
        }

        context.NoteOutside(directory, path);
        if (KustomizationFile.Load(directory, null, file.Path, path, context) is not { } inner)
        {
            return null;
        }

        if (inner.IsComponent != isComponent)
        {
            context.Error(
                KustomizeProblemKind.WrongKind,
                path,
                $"Expected kind {(isComponent ? "" : "other than ")}'Component' for path '{context.Files.Display(directory)}'",
                first: inner.Root["kind"]);
            return null;
        }

        SchemaSelection.Apply(inner, context);
        return new KustomizationTarget(inner, this, origin?.Append(path.Value), context);
    }

    // kustomize takes a directory above one on the way for a cycle, too.
    private bool IsVisited(string directory)
    {
        for (var target = this; target is not null; target = target.Parent)
        {
            var visited = target.Directory;
            if (directory == "/" || visited == directory || KustomizationFile.IsBelow(visited, directory))
            {
                return true;
            }
        }

        return false;
    }

    private KustomizationTarget? Parent => parent;

    private string Directory => file.Directory;

    private void Generate(Accumulator accumulator)
    {
        var options = KustomizationFields.Object(file.Root, "generatorOptions");
        foreach (var isSecret in (ReadOnlySpan<bool>)[false, true])
        {
            var kind = isSecret ? "SecretGenerator" : "ConfigMapGenerator";
            var from = origin is null ? null : file.PluginOrigin(origin, kind);
            foreach (var args in KustomizationFields.Objects(file.Root, isSecret ? "secretGenerator" : "configMapGenerator"))
            {
                Absorb(new ConfigGenerator(isSecret, args, options).Generate(file, context), from, accumulator);
            }
        }

        foreach (var plugin in Plugins("generators"))
        {
            var root = plugin.Root!;
            var generated = plugin.Kind switch
            {
                "ConfigMapGenerator" => Checked(root, KustomizationFields.ConfigMap) ? new ConfigGenerator(false, root, null).Generate(file, context) : null,
                "SecretGenerator" => Checked(root, KustomizationFields.Secret) ? new ConfigGenerator(true, root, null).Generate(file, context) : null,
                "IAMPolicyGenerator" => IamPolicyGenerator.Generate(root, context),
                "HelmChartInflationGenerator" => Unsupported(plugin, KustomizeProblemKind.HelmChart, "Helm charts are left out: Flux does not inflate them"),
                _ => Unsupported(plugin, KustomizeProblemKind.ExternalPlugin, $"Plugin {plugin.CurrentId} is not a generator"),
            };
            Absorb(generated, PluginOrigin(plugin), accumulator);
        }
    }

    private void Absorb(KustomizeResource? generated, ResourceOrigin? from, Accumulator accumulator)
    {
        if (generated is not null)
        {
            generated.Origin = from;
            accumulator.Resources.Absorb(generated, context);
        }
    }

    private bool Checked(YamlMapping root, ImmutableArray<KnownField> fields) => KustomizationFields.Check(root, fields, strict: false, context);

    private KustomizeResource? Unsupported(KustomizeResource plugin, KustomizeProblemKind kind, string message)
    {
        context.Error(kind, ResourceMap.NameNode(plugin), message);
        return null;
    }

    private IEnumerable<Transformer> PluginTransformers(string field)
    {
        foreach (var plugin in Plugins(field))
        {
            var factory = new TransformerFactory(file, origin, context);
            foreach (var transformer in factory.Create(plugin))
            {
                transformer.Origin = PluginOrigin(plugin);
                yield return transformer;
            }
        }
    }

    private static ResourceOrigin? PluginOrigin(KustomizeResource plugin) => plugin.Origin is null ? null : new ResourceOrigin
    {
        ConfiguredIn = plugin.Origin.Path,
        ApiVersion = plugin.CurrentId.Type.ApiVersion,
        Kind = plugin.Kind,
        Name = plugin.Name,
        Namespace = plugin.Namespace,
    };

    // The configurations of plugins: inline, in files, or what directories build. Only those built in can run.
    private List<KustomizeResource> Plugins(string field)
    {
        if (KustomizationFields.Get(file.Root, field) is not YamlSequence)
        {
            return [];
        }

        var accumulator = new Accumulator();
        var paths = new List<YamlScalar>();
        foreach (var entry in KustomizationFields.Texts(file.Root, field))
        {
            var inline = entry.Value.Contains(':', StringComparison.Ordinal) ? context.Loader.Load(entry) : null;
            if (inline is null || !inline.Errors.IsEmpty)
            {
                paths.Add(entry);
                continue;
            }

            foreach (var root in inline.Roots)
            {
                accumulator.Resources.Append(Load(root, origin?.Append(file.FileName)), context);
            }
        }

        AccumulateResources(accumulator, paths);
        var result = new List<KustomizeResource>();
        foreach (var plugin in accumulator.Resources)
        {
            if (plugin.CurrentId.Type is { Group: "", Version: "builtin" })
            {
                result.Add(plugin);
            }
            else
            {
                context.Error(
                    KustomizeProblemKind.ExternalPlugin,
                    ResourceMap.NameNode(plugin),
                    $"External plugins are disabled; unable to load '{plugin.Kind}'");
            }
        }

        return result;
    }
}

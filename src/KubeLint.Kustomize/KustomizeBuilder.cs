using System.Collections.Immutable;

using KubeLint.Kustomize.Building;
using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Origins;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize;

/// <summary>
/// Builds kustomizations as <c>kustomize build</c> 5.8.1 does where Flux runs it: no load restriction, no plugins but
/// those built in (https://fluxcd.io/flux/faq/). Every node of the result keeps its place in the files. Files are read
/// once for all builds. Safe to use from several threads: independent builds can run side by side.
/// </summary>
/// <param name="files">The files.</param>
public sealed class KustomizeBuilder(YamlFileCache files)
{
    private readonly ResourceLoader loader = new(files);

    /// <summary>Builds a directory.</summary>
    /// <param name="directory">The directory, absolute or relative to the working directory.</param>
    /// <param name="kustomization">
    /// What stands in the place of the directory's kustomization file: Flux edits that file, or makes one where there is
    /// none, before it builds. Its paths are relative to the directory. Null to read the file.
    /// </param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public KustomizeResult Build(string directory, YamlMapping? kustomization = null, CancellationToken cancellationToken = default)
    {
        var root = YamlFileCache.Normalize(directory);
        var context = new BuildContext(files, loader, cancellationToken);
        var objects = ImmutableArray<YamlMapping>.Empty;
        if (!files.Source.DirectoryExists(root))
        {
            context.Error(KustomizeProblemKind.MissingFile, KustomizationFile.WholeFile(root, context), $"No such directory: '{files.Display(root)}'");
        }
        else if (KustomizationFile.Load(root, kustomization, null, null, context) is { } file)
        {
            objects = Build(file, context);
        }

        return new KustomizeResult(root, objects, [.. context.Problems], [.. context.Inputs], [.. context.Selections], !context.IsIncomplete);
    }

    private static ImmutableArray<YamlMapping> Build(KustomizationFile file, BuildContext context)
    {
        string[] metadata = [.. KustomizationFields.Texts(file.Root, "buildMetadata").Select(option => option.Value)];
        SchemaSelection.Apply(file, context);
        var origin = metadata.Length > 0 ? new ResourceOrigin() : null;
        var accumulator = new KustomizationTarget(file, null, origin, context).Accumulate(new Accumulator());
        var resources = accumulator.Resources;
        new Transformers.HashTransformer(file.Root).Transform(resources, context);
        new NameReferenceUpdate(accumulator.Configuration, resources, context).Run();
        VariableExpansion.Run(accumulator, context);
        resources.Remove(resource => resource.IsEmpty || IsLocal(resource));
        SortOrder.Apply(file, resources, context);
        return Finish.Run(file, resources, metadata, context);
    }

    private static bool IsLocal(KustomizeResource resource) =>
        resource.Metadata is { } metadata && Tree.Get(metadata, "annotations") is YamlMapping annotations
        && Tree.Get(annotations, BuildAnnotations.LocalConfig) is { } node && !(node is YamlScalar { IsNull: false, Value: "false" });
}

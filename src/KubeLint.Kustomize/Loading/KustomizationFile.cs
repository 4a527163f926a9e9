using System.Collections.Immutable;

using KubeLint.Kustomize.Origins;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Loading;

/// <summary>A kustomization, read and checked.</summary>
/// <param name="Directory">Its directory, absolute.</param>
/// <param name="Path">Its file, absolute; where it is made in memory, the one that it stands for.</param>
/// <param name="Root">Its content.</param>
internal sealed record KustomizationFile(string Directory, string Path, YamlMapping Root)
{
    /// <summary>The names that a kustomization file may have (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/).</summary>
    public static ImmutableArray<string> FileNames { get; } = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    private static readonly ImmutableArray<(string Old, string Now)> Deprecated =
    [
        ("bases", "resources"), ("commonLabels", "labels"), ("imageTags", "images"), ("patchesJson6902", "patches"),
        ("patchesStrategicMerge", "patches"), ("vars", "replacements"),
    ];

    /// <summary>The file's name.</summary>
    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Whether it is a component.</summary>
    public bool IsComponent => KustomizationFields.Text(Root, "kind") == "Component";

    /// <summary>The absolute path of one that it names.</summary>
    public string Resolve(string path) => YamlFileCache.Resolve(Directory, path);

    /// <summary>Whether an absolute path lies in a directory, at any depth.</summary>
    public static bool IsBelow(string path, string directory) =>
        path.Length > directory.Length && path[directory.Length] == '/' && path.StartsWith(directory, StringComparison.Ordinal);

    /// <summary>What a path that leads nowhere probably means, as it would be written; null where nothing is near.</summary>
    public string? Nearest(string path, BuildContext context) => NearestPath.Find(context.Files.Source, Directory, path, IsNamed);

    private bool IsNamed(string path)
    {
        foreach (var field in (ReadOnlySpan<string>)["resources", "components", "patchesStrategicMerge"])
        {
            foreach (var entry in KustomizationFields.Texts(Root, field))
            {
                if (entry.Value.Length > 0 && Resolve(entry.Value) == path)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Reads the kustomization of a directory; null, with the problem noted, where that cannot be.</summary>
    /// <param name="directory">The directory, absolute.</param>
    /// <param name="content">What stands in the file's place; null to read the file.</param>
    /// <param name="includedBy">The kustomization file that names the directory; null for the outermost.</param>
    /// <param name="at">The node that names the directory; null for the outermost.</param>
    /// <param name="context">Where problems go.</param>
    public static KustomizationFile? Load(string directory, YamlMapping? content, string? includedBy, YamlNode? at, BuildContext context)
    {
        var found = new List<string>(1);
        foreach (var name in FileNames)
        {
            var path = $"{directory}/{name}";
            if (context.Files.Source.FileExists(path))
            {
                found.Add(path);
            }
        }

        if (found.Count > 1)
        {
            // Flux edits the first, and the build that follows fails all the same.
            var others = string.Join(", ", found.Select(path => $"'{context.Files.Display(path)}'"));
            context.Error(KustomizeProblemKind.SeveralKustomizations, StartOf(found[1], context), $"Found multiple kustomization files in one directory: {others}");
        }

        if (content is not null)
        {
            foreach (var path in found)
            {
                context.Inputs.Add(new KustomizeInput(path, includedBy, at));
            }

            return Check(new KustomizationFile(directory, found.Count > 0 ? found[0] : $"{directory}/{FileNames[0]}", content), context);
        }

        if (found.Count == 0)
        {
            var message = $"Unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '{context.Files.Display(directory)}'";
            if (at is not null)
            {
                context.Error(KustomizeProblemKind.MissingKustomization, at, message);
            }
            else
            {
                context.Error(KustomizeProblemKind.MissingKustomization, WholeFile(directory, context), message);
            }

            return null;
        }

        context.Inputs.Add(new KustomizeInput(found[0], includedBy, at));
        var file = context.Files.Parse(found[0]);
        var isBroken = false;
        foreach (var problem in file.Problems)
        {
            // Of two equal keys the later counts, as in the decoder that kustomize uses here.
            if (problem.Kind != YamlProblemKind.DuplicateKey)
            {
                context.Error(KustomizeProblemKind.Syntax, file.Text.Locate(problem.Span), problem.Message);
                isBroken = true;
            }
        }

        if (isBroken)
        {
            return null;
        }

        var document = file.Documents.IsEmpty ? null : file.Documents[0].Root;
        if (document is not YamlMapping root)
        {
            context.Error(
                KustomizeProblemKind.InvalidField,
                document?.Location ?? new Location(file.Text, default),
                Tree.IsMissing(document) ? $"{found[0][(directory.Length + 1)..]} is empty" : "Invalid kustomization: expected a mapping");
            return null;
        }

        return Check(new KustomizationFile(directory, found[0], root), context);
    }

    /// <summary>A place that stands for a file or directory as a whole.</summary>
    public static Location WholeFile(string path, BuildContext context) => new(new SourceText(context.Files.Display(path), ""), default);

    /// <summary>The first line of a file that says something.</summary>
    private static Location StartOf(string path, BuildContext context)
    {
        var file = context.Files.Parse(path);
        var root = file.Documents.IsEmpty ? null : file.Documents[0].Root;
        return root is null ? new Location(file.Text, default) : root.Location.FirstLine();
    }

    /// <summary>The origin that <c>buildMetadata</c> writes for a plugin that this file configures.</summary>
    public ResourceOrigin PluginOrigin(ResourceOrigin at, string kind) =>
        new() { ConfiguredIn = ResourceOrigin.Join(at.Path, FileName), ApiVersion = "builtin", Kind = kind };

    private static KustomizationFile? Check(KustomizationFile file, BuildContext context)
    {
        var root = file.Root;
        if (!KustomizationFields.Check(root, KustomizationFields.Kustomization, strict: true, context))
        {
            return null;
        }

        foreach (var (old, now) in Deprecated)
        {
            if (KustomizationFields.Get(root, old) is not null)
            {
                context.Note(KustomizeProblemKind.DeprecatedField, root.Find(old)?.Key ?? root, $"'{old}' is deprecated. Please use '{now}' instead");
            }
        }

        var isEmpty = true;
        foreach (var entry in root.EffectiveEntries())
        {
            // An empty list counts as content, as in kustomize.
            isEmpty &= entry.Name is "kind" or "apiVersion" || entry.Value.Resolved is YamlScalar { IsNull: true } or YamlScalar { Value: "" };
        }

        if (isEmpty)
        {
            context.Error(KustomizeProblemKind.InvalidField, root, $"{file.FileName} is empty");
            return null;
        }

        var kind = KustomizationFields.Text(root, "kind");
        if (kind is not ("" or "Kustomization" or "Component"))
        {
            context.Error(KustomizeProblemKind.InvalidField, root["kind"]!, "kind should be Kustomization or Component");
            return null;
        }

        var version = KustomizationFields.Text(root, "apiVersion");
        var expected = kind == "Component" ? "kustomize.config.k8s.io/v1alpha1" : "kustomize.config.k8s.io/v1beta1";
        if (version.Length > 0 && version != expected)
        {
            context.Error(
                KustomizeProblemKind.InvalidField,
                root["apiVersion"]!,
                $"apiVersion for {(kind.Length > 0 ? kind : "Kustomization")} should be {expected}");
            return null;
        }

        return file;
    }
}

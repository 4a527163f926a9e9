using System.Collections.Immutable;

using KubeLint.Kustomize.Loading;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Transformers;

/// <summary>
/// Reads patches, inline or in files, and tells strategic merge patches from JSON patches
/// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/).
/// </summary>
/// <param name="file">The kustomization.</param>
/// <param name="context">Where problems go.</param>
internal sealed class PatchReader(KustomizationFile file, BuildContext context)
{
    /// <summary>An entry of <c>patches</c>; null, with the problem noted where there is one, where it patches nothing.</summary>
    public Transformer? Patch(YamlMapping entry)
    {
        var inline = KustomizationFields.Get(entry, "patch") as YamlScalar;
        if (inline is not null && string.IsNullOrWhiteSpace(inline.Value))
        {
            inline = null;
        }

        var path = KustomizationFields.Get(entry, "path") is YamlScalar { Value.Length: > 0 } scalar ? scalar : null;
        if (Load(entry, inline, path, "patch") is not { } loaded)
        {
            return null;
        }

        var target = KustomizationFields.Object(entry, "target");
        if (Operations(loaded) is { } operations)
        {
            return new JsonPatchTransformer("PatchTransformer", entry, operations, target, storesPreviousId: true);
        }

        if (!loaded.Errors.IsEmpty)
        {
            context.Error(KustomizeProblemKind.InvalidPatch, inline ?? path!, "Unable to parse a strategic merge or JSON patch");
            loaded.Report(context);
            return null;
        }

        if (loaded.Roots.IsEmpty)
        {
            return null;
        }

        if (target is not null && loaded.Roots.Length > 1)
        {
            context.Error(
                KustomizeProblemKind.InvalidPatch,
                target,
                "Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set `patches.target` field");
            return null;
        }

        var options = KustomizationFields.Object(entry, "options");
        return new StrategicMergeTransformer("PatchTransformer", entry, loaded.Roots)
        {
            Target = target,
            AllowsNameChange = KustomizationFields.IsTrue(options, "allowNameChange"),
            AllowsKindChange = KustomizationFields.IsTrue(options, "allowKindChange"),
        };
    }

    /// <summary>An entry of <c>patchesJson6902</c>, or the plugin's configuration; null, with the problem noted, where it is wrong.</summary>
    public Transformer? JsonPatch(YamlMapping entry)
    {
        var target = KustomizationFields.Object(entry, "target");
        if (target is null || KustomizationFields.Text(target, "name").Length == 0)
        {
            context.Error(KustomizeProblemKind.InvalidPatch, (YamlNode?)target ?? entry, "Must specify the target name");
            return null;
        }

        var inline = (KustomizationFields.Get(entry, "patch") ?? KustomizationFields.Get(entry, "jsonOp")) is YamlScalar { Value.Length: > 0 } op ? op : null;
        var path = KustomizationFields.Get(entry, "path") is YamlScalar { Value.Length: > 0 } scalar ? scalar : null;
        if (Load(entry, inline, path, "jsonOp") is not { } loaded)
        {
            return null;
        }

        if (Operations(loaded) is { } operations)
        {
            return new JsonPatchTransformer("PatchJson6902Transformer", entry, operations, target, storesPreviousId: false);
        }

        context.Error(KustomizeProblemKind.InvalidPatch, inline ?? path!, "Expected a JSON patch: a list of operations");
        return null;
    }

    /// <summary>The patches of <c>patchesStrategicMerge</c>, or of the plugin's configuration: texts or paths.</summary>
    /// <param name="at">The field.</param>
    /// <param name="entries">The texts and paths.</param>
    /// <param name="text">A further text.</param>
    public IEnumerable<Transformer> StrategicMerges(YamlNode at, IEnumerable<YamlScalar> entries, YamlScalar? text = null)
    {
        var roots = ImmutableArray.CreateBuilder<YamlMapping>();
        var isBroken = false;
        foreach (var entry in entries)
        {
            var inline = entry.Value.Contains(':', StringComparison.Ordinal) ? context.Loader.Load(entry) : null;
            if (inline is { Errors.IsEmpty: true })
            {
                roots.AddRange(inline.Roots);
            }
            else if (LoadFile(entry) is { } loaded)
            {
                loaded.Report(context);
                isBroken |= !loaded.Errors.IsEmpty;
                roots.AddRange(loaded.Roots);
            }
            else
            {
                isBroken = true;
            }
        }

        if (text is { Value.Length: > 0 })
        {
            var loaded = context.Loader.Load(text);
            loaded.Report(context);
            isBroken |= !loaded.Errors.IsEmpty;
            roots.AddRange(loaded.Roots);
        }

        if (roots.Count == 0 && !isBroken)
        {
            context.Error(KustomizeProblemKind.InvalidPatch, at, "The patch appears to be empty");
        }

        return [new StrategicMergeTransformer("PatchStrategicMergeTransformer", at, roots.ToImmutable()) { IsLegacy = true }];
    }

    private LoadedResources? Load(YamlMapping entry, YamlScalar? inline, YamlScalar? path, string field)
    {
        if ((inline is null) == (path is null))
        {
            context.Error(
                KustomizeProblemKind.InvalidPatch,
                entry,
                inline is null ? $"Must specify one of {field} and path" : $"{field} and path can't be set at the same time");
            return null;
        }

        return inline is not null ? context.Loader.Load(inline) : LoadFile(path!);
    }

    private LoadedResources? LoadFile(YamlScalar path)
    {
        if (RemotePath.IsRemote(path.Value))
        {
            context.IsIncomplete = true;
            context.Note(KustomizeProblemKind.RemoteBase, path, $"The remote patch '{path.Value}' is not fetched");
            return null;
        }

        var absolute = file.Resolve(path.Value);
        if (path.Value.Length == 0 || !context.Files.Source.FileExists(absolute))
        {
            context.Error(KustomizeProblemKind.MissingFile, path, $"No such patch file: '{context.Files.Display(absolute)}'", file.Nearest(path.Value, context));
            return null;
        }

        context.Read(absolute, file, path);
        return context.Loader.Load(absolute);
    }

    private static YamlSequence? Operations(LoadedResources loaded) =>
        loaded.Documents.IsEmpty ? null : loaded.Documents[0].Root?.AsSequence();
}

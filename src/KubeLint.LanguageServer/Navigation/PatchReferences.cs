using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Navigation;

/// <summary>The names by which patches choose objects.</summary>
internal static class PatchReferences
{
    /// <summary>Takes the names of the patches of a Flux Kustomization and of what it builds.</summary>
    public static void Add(YamlFileCache files, FluxKustomization kustomization, ReferenceCollector collector)
    {
        var objects = kustomization.AllObjects().Select(item => item.Object).Where(item => item.Name is not null).ToLookup(item => item.Root.Get("metadata", "name")!.WrittenText());
        if (objects.Count == 0)
        {
            return;
        }

        foreach (var patch in Items(kustomization.Object.Root.Get("spec", "patches")))
        {
            AddPatch(patch, null);
        }

        foreach (var file in (kustomization.Build?.Inputs ?? []).Where(input => FileClassification.IsKustomizationName(input.Path)).Select(input => input.Path).Distinct(StringComparer.Ordinal))
        {
            if (files.Parse(file).Documents is [{ Root: YamlMapping root }, ..])
            {
                AddFile(root, file[..file.LastIndexOf('/')]);
            }
        }

        void AddFile(YamlMapping root, string directory)
        {
            foreach (var patch in Items(root["patches"]).Concat(Items(root["patchesJson6902"])))
            {
                AddPatch(patch, directory);
            }

            foreach (var entry in Items(root["patchesStrategicMerge"]))
            {
                if (entry.AsScalar() is { } text)
                {
                    AddDocuments(text.Value.Contains('\n', StringComparison.Ordinal) ? YamlParser.Parse(text.EmbeddedText()) : Read(directory, text.Value));
                }
            }
        }

        void AddPatch(YamlNode patch, string? directory)
        {
            // With a target the names in the patch say nothing.
            if (patch.Get("target") is { } target)
            {
                AddName(target.Get("name"), target.GetString("kind"));
            }
            else if (patch.Get("patch") is YamlScalar text)
            {
                AddDocuments(YamlParser.Parse(text.EmbeddedText()));
            }
            else if (directory is not null && patch.GetString("path") is { } path)
            {
                AddDocuments(Read(directory, path));
            }
        }

        void AddDocuments(YamlFile? file)
        {
            foreach (var document in file?.Documents ?? [])
            {
                AddName(document.Root?.Get("metadata", "name"), document.Root?.GetString("kind"));
            }
        }

        void AddName(YamlNode? name, string? kind)
        {
            if (name is not YamlScalar { IsNull: false } scalar)
            {
                return;
            }

            var written = scalar.Written();
            foreach (var item in objects[scalar.Value])
            {
                if ((kind is null || kind == item.Kind) && collector.Add(item) is { } target && target.Place != Place.Of(written.Location))
                {
                    collector.Add(new Reference(written, written.Location, target) { Id = item.Id });
                }
            }
        }

        YamlFile? Read(string directory, string path)
        {
            var full = YamlFileCache.Normalize($"{directory}/{path}");
            return files.Source.FileExists(full) ? files.Parse(full) : null;
        }
    }

    private static ImmutableArray<YamlNode> Items(YamlNode? node) => node?.AsSequence()?.Items ?? [];
}

using System.Text;

using KubeLint.Flux;
using KubeLint.Kustomize;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Navigation;

/// <summary>The files and directories that kustomizations, Flux Kustomizations and HelmReleases name.</summary>
internal static class FileReferences
{
    // A directory without a kustomization stands for the files in it.
    private const int MostFiles = 50;

    /// <summary>Takes them all.</summary>
    public static void Add(RepositoryModel model, ReferenceCollector collector)
    {
        var files = model.Workspace.Files;
        foreach (var file in model.Workspace.SelectedFiles)
        {
            for (var i = 0; i < file.Yaml.Documents.Length; i++)
            {
                if (file.Classification.Documents[i] == DocumentKind.KustomizationFile && file.Yaml.Documents[i].Root is YamlMapping root)
                {
                    var directory = file.Path[..Math.Max(1, file.Path.LastIndexOf('/'))];
                    foreach (var named in NamedPath.Of(root))
                    {
                        AddPath(named.At, YamlFileCache.Resolve(directory, named.Path));
                    }
                }
            }
        }

        foreach (var cluster in model.Clusters)
        {
            foreach (var kustomization in cluster.Kustomizations)
            {
                var spec = kustomization.Object.Spec;
                if (kustomization.Directory is not { } directory)
                {
                    continue;
                }

                if (spec?["path"] is YamlScalar path)
                {
                    AddPath(path, directory);
                }

                foreach (var component in spec?["components"]?.AsSequence()?.Items ?? [])
                {
                    if (component.AsScalar() is { } relative)
                    {
                        AddPath(relative, YamlFileCache.Normalize($"{directory}/{relative.Value}"));
                    }
                }
            }

            foreach (var release in cluster.Releases)
            {
                if (release.Chart is { Directory: { } chart, Name: { } name })
                {
                    AddFile(name, $"{chart}/Chart.yaml");
                }
            }
        }

        foreach (var item in model.UnreachedFiles.SelectMany(file => file.Objects))
        {
            if (item.Is(FluxGroups.Kustomize, "Kustomization") && item.Spec?["path"] is YamlScalar path)
            {
                AddPath(path, YamlFileCache.Normalize($"{model.Workspace.RepositoryRoot}/{path.Value.TrimStart('/')}"));
            }
        }

        void AddPath(YamlScalar at, string full)
        {
            if (files.Source.FileExists(full))
            {
                AddFile(at, full);
            }
            else if (files.Source.DirectoryExists(full))
            {
                if (model.Workspace.FindKustomization(full) is { } kustomization)
                {
                    AddFile(at, kustomization);
                    return;
                }

                foreach (var inside in model.Workspace.SelectedFiles.Where(file => file.Path.StartsWith(full + "/", StringComparison.Ordinal) && file.Objects().Any()).Take(MostFiles))
                {
                    AddFile(at, inside.Path);
                }
            }
        }

        void AddFile(YamlScalar at, string full)
        {
            if (files.Source.FileExists(full))
            {
                var written = at.Written();
                collector.Add(new Reference(written, written.Location, collector.AddFile(Text(full))));
            }
        }

        SourceText Text(string full)
        {
            try
            {
                return files.ReadText(full);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or DecoderFallbackException)
            {
                return new SourceText(files.Display(full), "");
            }
        }
    }
}

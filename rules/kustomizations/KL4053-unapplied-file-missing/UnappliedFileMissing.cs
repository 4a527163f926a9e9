using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Kustomize;
using KubeLint.Yaml;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports paths that lead nowhere in kustomizations that no Flux Kustomization builds.</summary>
public sealed class UnappliedFileMissing : Rule<UnappliedFileMissing.UnappliedFileMissingOptions>
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4053", "unapplied-file-missing", "A kustomization that Flux does not build names a file or directory that is not there", Severity.Warning)
        {
            Fix = FixSafety.Suggestion,
            Reference = new("https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        var parked = Options.ParkedDirectories;
        on.Repository(context =>
        {
            var submodules = Submodules.Of(context.Model.Workspace.Files.Source, context.Model.Workspace.RepositoryRoot);
            foreach (var file in context.Model.Workspace.SelectedFiles)
            {
                if (FileClassification.IsKustomizationName(file.Path) && !context.Model.ReachedFiles.Contains(file.DisplayPath)
                    && file.Classification.Template == TemplateKind.None && !file.Yaml.Documents.IsEmpty && file.Yaml.Documents[0].Root is YamlMapping root
                    && !Flux.ParkedDirectories.Holds(file.DisplayPath, parked))
                {
                    Check(context, file, root, submodules);
                }
            }
        });
    }

    private static void Check(RepositoryContext context, WorkspaceFile file, YamlMapping root, Submodules submodules)
    {
        var source = context.Model.Workspace.Files.Source;
        var directory = file.Path[..file.Path.LastIndexOf('/')];
        foreach (var named in NamedPath.Of(root))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var path = YamlFileCache.Resolve(directory, named.Path);
            if (source.FileExists(path) || submodules.Holds(path))
            {
                continue;
            }

            if (named.IsIncluded && source.DirectoryExists(path))
            {
                CheckDirectory(context, named, path);
                continue;
            }

            var nearest = NearestPath.Find(source, directory, named.Path);
            var written = nearest is null ? null : named.At.Value[..^named.Path.Length] + nearest;
            context.Report(
                named.At,
                $"No such file or directory: '{context.Model.Workspace.Files.Display(path)}'{(nearest is null ? "" : $"; did you mean '{written}'?")} (no Flux Kustomization builds this one, so nothing fails yet)",
                "Mend the path, or remove the directory if it is of no use any more",
                fixes: written is null ? [] : BuildCauses.Write(named.At, written));
        }
    }

    private static void CheckDirectory(RepositoryContext context, NamedPath named, string path)
    {
        var source = context.Model.Workspace.Files.Source;
        if (!source.List(path).Any(FileClassification.IsKustomizationName))
        {
            context.Report(
                named.At,
                $"The directory '{context.Model.Workspace.Files.Display(path)}' has no kustomization.yaml (no Flux Kustomization builds this one, so nothing fails yet)",
                "Name the files in it, or write a kustomization.yaml there");
        }
    }

    /// <summary>The options of KL4053.</summary>
    public sealed record UnappliedFileMissingOptions
    {
        /// <summary>The names of directories whose content is set aside; those that begin with a dot always are.</summary>
        public ImmutableArray<string> ParkedDirectories { get; init; } = Flux.ParkedDirectories.Default;
    }
}

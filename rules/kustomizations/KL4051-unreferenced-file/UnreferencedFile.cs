using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports files with objects that stand beside what is applied and are named by nothing.</summary>
public sealed class UnreferencedFile : Rule<UnreferencedFile.UnreferencedFileOptions>
{
    private const int MaxLevels = 3;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4051", "unreferenced-file", "A file with objects is named by no kustomization, so it is not applied", Severity.Warning)
        {
            Reference = new("https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        var parked = Options.ParkedDirectories;
        on.Repository(context =>
        {
            foreach (var unreached in context.Model.UnreachedFiles)
            {
                if (unreached.Reason == UnreachedReason.NotNamed && !unreached.Objects.IsEmpty
                    && !Flux.ParkedDirectories.Holds(unreached.File.DisplayPath, parked) && !ChartFiles.Holds(context.Model, unreached.File)
                    && FindApplied(context.Model, unreached.File.Path) is { } kustomization)
                {
                    var first = unreached.Objects[0];
                    context.Report(
                        first.Root["kind"]!,
                        $"Nothing names this file, so its {first.Kind} {first.Name}{(unreached.Objects.Length > 1 ? $" and {unreached.Objects.Length - 1} more" : "")} takes no effect",
                        $"Name it in {kustomization}; or put its line there behind `#` where it is set aside on purpose",
                        about: first.Id);
                }
            }
        });
    }

    // The kustomization that is applied and stands nearest, in the file's directory or above.
    private static string? FindApplied(RepositoryModel model, string path)
    {
        var files = model.Workspace.Files;
        var directory = path[..path.LastIndexOf('/')];
        for (var level = 0; level < MaxLevels && directory.Length > 1; level++, directory = directory[..Math.Max(0, directory.LastIndexOf('/'))])
        {
            foreach (var name in (ReadOnlySpan<string>)["kustomization.yaml", "kustomization.yml", "Kustomization"])
            {
                var shown = files.Display($"{directory}/{name}");
                if (model.ReachedFiles.Contains(shown))
                {
                    return shown;
                }
            }
        }

        return null;
    }

    /// <summary>The options of KL4051.</summary>
    public sealed record UnreferencedFileOptions
    {
        /// <summary>The names of directories whose content is set aside; those that begin with a dot always are.</summary>
        public ImmutableArray<string> ParkedDirectories { get; init; } = Flux.ParkedDirectories.Default;
    }
}

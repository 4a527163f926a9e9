using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary><c>kubelint init</c>: a configuration that fits the repository, and files for CI.</summary>
internal static class InitCommand
{
    public static Task<int> RunAsync(InitOptions options, CliHost host, CancellationToken cancellationToken)
    {
        var source = new DiskFileSource();
        var path = YamlFileCache.Normalize(Path.Combine(host.CurrentDirectory, options.Path ?? "."));
        if (!source.DirectoryExists(path))
        {
            throw new UsageException($"there is no folder '{options.Path}'");
        }

        var root = RepositoryRoot.Find(source, path) ?? path;
        var linted = Path.GetRelativePath(root, path).Replace('\\', '/');
        var survey = RepositorySurvey.Make(source, root, linted, cancellationToken);
        var files = new List<(string Path, string Text)> { (LintConfiguration.FileName, InitFiles.Configuration(survey)) };
        foreach (var system in options.Ci.Distinct(StringComparer.Ordinal))
        {
            files.Add(system switch
            {
                "github" => (".github/workflows/kubelint.yaml", InitFiles.GitHub(linted)),
                "gitlab" => (".gitlab-ci.yml", InitFiles.GitLab(linted)),
                _ => throw new UsageException($"--ci must be github or gitlab, not '{system}'"),
            });
        }

        if (options.PreCommit)
        {
            files.Add((".pre-commit-config.yaml", InitFiles.PreCommit()));
        }

        if (!options.Force && files.Where(file => File.Exists(Path.Combine(root, file.Path))).ToList() is [var first, ..] present)
        {
            var rest = present.Count == 1 ? "" : $" and {string.Join(", ", present.Skip(1).Select(file => file.Path))}";
            var keep = present.Where(file => file.Path != LintConfiguration.FileName).Select(file => $"\nTo keep {file.Path}, add this to it:\n\n{file.Text}");
            throw new UsageException($"{first.Path}{rest} {(present.Count == 1 ? "is" : "are")} there, so nothing was written; --force replaces {(present.Count == 1 ? "it" : "them")}{string.Concat(keep)}");
        }

        foreach (var (name, text) in files)
        {
            Write(Path.Combine(root, name), name, text);
            host.Output.WriteLine($"wrote {Shown(host, root, name)}");
        }

        host.Output.WriteLine(survey.Summary);
        host.Output.WriteLine($"next: kubelint{(path == host.CurrentDirectory ? "" : $" {options.Path}")}, and where there is much to mend at first: kubelint --write-baseline .kubelint-baseline.json");
        return Task.FromResult(ExitCodes.Success);
    }

    private static string Shown(CliHost host, string root, string name) =>
        Path.GetRelativePath(host.CurrentDirectory, Path.Combine(root, name)).Replace('\\', '/');

    private static void Write(string path, string name, string text)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, writer => writer.Write(text));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{name}' cannot be written: {error.Message}");
        }
    }
}

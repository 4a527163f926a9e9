using System.Diagnostics;
using System.Text;

using KubeLint.Analysis;

namespace KubeLint.Cli.Tests;

/// <summary>Runs the tool in this process, as a shell would in a directory.</summary>
internal sealed record Cli(string Directory)
{
    public bool IsTerminal { get; init; }

    public string Input { get; init; } = "";

    public Dictionary<string, string> Environment { get; init; } = [];

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>A rule besides KubeLint's own.</summary>
    public RuleEntry? Rule { get; init; }

    public CliResult Run(params string[] arguments) => Run(CancellationToken.None, arguments);

    public CliResult Run(CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(Input));
        var host = new CliHost
        {
            Input = input,
            Output = output,
            Error = error,
            IsOutputTerminal = IsTerminal,
            IsErrorTerminal = IsTerminal,
            CurrentDirectory = Directory,
            GetEnvironmentVariable = name => Environment.GetValueOrDefault(name),
            Clock = Clock,
        };
        host = Rule is null ? host : host with { Rules = [.. host.Rules, Rule] };
        var exitCode = CliApplication.RunAsync(arguments, host, cancellationToken).GetAwaiter().GetResult();
        return new CliResult(exitCode, output.ToString(), error.ToString());
    }
}

internal sealed record CliResult(int ExitCode, string Output, string Error);

/// <summary>A directory with files, gone after the test.</summary>
internal sealed class TemporaryRepository : IDisposable
{
    private readonly DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("kubelint-cli-");

    public TemporaryRepository(params (string Path, string Content)[] files)
    {
        // Ends the searches upwards: a .kubelint.yaml or .git above the temporary folder must not matter.
        directory.CreateSubdirectory(".git");
        foreach (var (path, content) in files)
        {
            var full = Path.Combine(directory.FullName, path);
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, content);
        }
    }

    public string Directory => directory.FullName;

    public Cli Cli => new(Directory);

    public string Read(string path) => File.ReadAllText(Path.Combine(Directory, path));

    public void Write(string path, string content)
    {
        var full = Path.Combine(Directory, path);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    /// <summary>Runs a script of the shell in the directory.</summary>
    public (int ExitCode, string Output, string Error) Bash(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = Directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    public void Dispose() => directory.Delete(recursive: true);
}

using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace KubeLint.Cli;

/// <summary>A git repository, read through the <c>git</c> program. Nothing in it is changed, and nothing is fetched.</summary>
/// <param name="root">The absolute directory that holds <c>.git</c>.</param>
internal sealed class GitRepository(string root)
{
    /// <summary>The absolute directory that holds <c>.git</c>.</summary>
    public string Root { get; } = root;

    /// <summary>The id of the commit that a revision means. <c>REV...</c> means where the current branch left that revision.</summary>
    /// <exception cref="UsageException">There is no such revision, or git cannot be run.</exception>
    public string Resolve(string revision)
    {
        var isMergeBase = revision.EndsWith("...", StringComparison.Ordinal);
        var name = isMergeBase ? revision[..^3] : revision;
        if (name.Length == 0 || name.StartsWith('-'))
        {
            throw new UsageException($"--since needs a revision such as main, HEAD~1 or origin/main, not '{revision}'");
        }

        if (TryRun(out var commit, "rev-parse", "--verify", "--quiet", name + "^{commit}") != 0)
        {
            throw new UsageException($"git knows no revision '{name}' here. A shallow clone lacks it: fetch it first (actions/checkout: fetch-depth: 0)");
        }

        if (isMergeBase && TryRun(out commit, "merge-base", commit.Trim(), "HEAD") != 0)
        {
            throw new UsageException($"'{name}' and HEAD have no common ancestor here. A shallow clone lacks it: fetch it first (actions/checkout: fetch-depth: 0)");
        }

        return commit.Trim();
    }

    /// <summary>The files of a commit: mode, object id and path relative to the root.</summary>
    public IEnumerable<(string Mode, string Id, string Path)> ListTree(string commit)
    {
        foreach (var entry in Run("ls-tree", "-r", "-z", "--full-tree", commit).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = entry.IndexOf('\t', StringComparison.Ordinal);
            if (entry[..tab].Split(' ') is [var mode, _, var id])
            {
                yield return (mode, id, entry[(tab + 1)..]);
            }
        }
    }

    /// <summary>The files that are in the work tree under another path than in a commit, by their new path; relative to the root.</summary>
    public Dictionary<string, string> Renames(string commit)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        var fields = Run("diff", "--no-ext-diff", "--no-textconv", "--ignore-submodules", "-M", "--diff-filter=R", "--name-status", "-z", commit)
            .Split('\0', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + 2 < fields.Length; i += 3)
        {
            result[fields[i + 2]] = fields[i + 1];
        }

        return result;
    }

    /// <summary>Starts a program that answers with the content of objects. The caller ends it.</summary>
    public Process StartReader() => Start(["cat-file", "--batch"]);

    private string Run(params ReadOnlySpan<string> arguments) =>
        TryRun(out var output, arguments) == 0 ? output : throw new UsageException($"--since: 'git {string.Join(' ', arguments.ToArray())}' failed: {output.Trim()}");

    // Of a run that fails the output is what git says of it.
    private int TryRun(out string output, params ReadOnlySpan<string> arguments)
    {
        using var process = Start([.. arguments]);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        output = process.ExitCode == 0 ? text : errors.GetAwaiter().GetResult();
        return process.ExitCode;
    }

    private Process Start(string[] arguments)
    {
        // A repository's configuration must not make git run programs, and a look at it must not write.
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("git", ["-C", Root, "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                UseShellExecute = false,
                Environment =
                {
                    ["GIT_OPTIONAL_LOCKS"] = "0",
                    ["GIT_NO_LAZY_FETCH"] = "1",
                    ["GIT_TERMINAL_PROMPT"] = "0",
                    ["LC_ALL"] = "C",
                },
            },
        };
        // A hook's variables may name another repository.
        process.StartInfo.Environment.Remove("GIT_DIR");
        process.StartInfo.Environment.Remove("GIT_WORK_TREE");
        try
        {
            process.Start();
            return process;
        }
        catch (Win32Exception error)
        {
            process.Dispose();
            throw new UsageException($"--since needs git, and it cannot be run: {error.Message}");
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace KubeLint.Cli.Tests;

/// <summary>Runs the real git in a test's repository; skips the test where there is none.</summary>
internal static class GitSandbox
{
    /// <summary>Makes a repository of a folder, with all that is in it as its first commit.</summary>
    public static void Init(string directory)
    {
        Run(directory, "init", "-q", "-b", "main");
        Commit(directory);
    }

    /// <summary>Commits all that is in the folder.</summary>
    public static void Commit(string directory)
    {
        Run(directory, "add", "-A");
        Run(directory, "commit", "-q", "--allow-empty", "-m", "change");
    }

    /// <summary>What git writes.</summary>
    public static string Run(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(start)!;
            var error = git.StandardError.ReadToEndAsync();
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            git.ExitCode.ShouldBe(0, error.GetAwaiter().GetResult());
            return output;
        }
        catch (Win32Exception)
        {
            throw new SkipException("needs git");
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace KubeLint.Flux.Tests.Workspaces;

public class IgnoreRulesTests
{
    private static readonly string[] Paths =
    [
        "a.yaml", "b.yaml", "build", "builds/build", "builds/a.yaml", "doc/a.yaml", "doc/x/a.yaml", "x/doc/a.yaml", "x/y/z/a.yaml", "a!b.yaml", "a^b.yaml", "foobar.yaml",
        "#a.yaml", "!a.yaml", "out ", "a-b.yaml", "aXb.yaml", "x/a/b", "x/b", "a[1].yaml", "1.yaml", "A.yaml", "a]b", "a/b/c/d.yaml", "a/d.yaml", "x.dec.yaml",
    ];

    // The files of a repository: what git calls ignored must be what we call so.
    [SkippableTheory]
    [InlineData("/build")]
    [InlineData("build/")]
    [InlineData("build")]
    [InlineData("builds/\n!builds/a.yaml")]
    [InlineData("builds/*\n!builds/a.yaml")]
    [InlineData("doc/*.yaml")]
    [InlineData("/doc/*.yaml")]
    [InlineData("**/doc/*.yaml")]
    [InlineData("doc/**")]
    [InlineData("a/**/d.yaml")]
    [InlineData("x/**/a.yaml")]
    [InlineData("**/a.yaml\n!/doc/**/a.yaml")]
    [InlineData("a!b.yaml\na^b.yaml")]
    [InlineData("foo**.yaml")]
    [InlineData("\\#a.yaml\n#b.yaml")]
    [InlineData("\\!a.yaml")]
    [InlineData("out\\ ")]
    [InlineData("a.yaml   ")]
    [InlineData("a[-X]b.yaml")]
    [InlineData("a[!-]b.yaml")]
    [InlineData("a[^a-zA-W]b.yaml")]
    [InlineData("[[:digit:]].yaml\n[[:upper:]].yaml")]
    [InlineData("a\\[1\\].yaml")]
    [InlineData("a[]]b")]
    [InlineData("a[.yaml")]
    [InlineData("*.yaml\n!b.yaml\n/b.yaml\n!/b.yaml")]
    [InlineData("*\n!*.yaml")]
    [InlineData("*\n!*/\n!*.yaml")]
    [InlineData("?.yaml")]
    [InlineData("x/*\n!x/a/")]
    [InlineData("/\n//\n!\n")]
    [InlineData("a.yaml\r\nb.yaml\r\n")]
    [InlineData("**")]
    [InlineData("**/")]
    [InlineData("*.dec.*")]
    public void Agrees_with_git(string patterns)
    {
        using var folder = new TemporaryFolder();
        foreach (var path in Paths)
        {
            folder.Write(path, "");
        }

        folder.Write(".gitignore", patterns);
        Git(folder.Path, "init", "-q", ".");
        var expected = Git(folder.Path, "-c", "core.quotePath=false", "ls-files", "-z", "--others", "--exclude-standard").Split('\0', StringSplitOptions.RemoveEmptyEntries);

        var rules = IgnoreRules.Create(folder.Path, File.ReadAllBytes(Path.Combine(folder.Path, ".gitignore")));
        var visible = new List<string>();
        Walk(folder.Path);
        visible.Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal));

        void Walk(string directory)
        {
            foreach (var path in Directory.GetFileSystemEntries(directory))
            {
                var isDirectory = Directory.Exists(path);
                if (Path.GetFileName(path) == ".git" || rules.IsIgnored(path, isDirectory))
                {
                    continue;
                }

                if (isDirectory)
                {
                    Walk(path);
                }
                else
                {
                    visible.Add(Path.GetRelativePath(folder.Path, path));
                }
            }
        }
    }

    [Fact]
    public void A_hostile_pattern_ends()
    {
        var name = new string('a', 5000);
        new GlobPattern(string.Concat(Enumerable.Repeat("*a", 500)) + "*b").IsMatch(name).ShouldBeFalse();
        new GlobPattern(string.Concat(Enumerable.Repeat("**/a/", 300)) + "b").IsMatch(string.Concat(Enumerable.Repeat("a/", 2000)) + "c").ShouldBeFalse();
        new GlobPattern("[[[:[[a-").IsMatch(name).ShouldBeFalse();
    }

    private static string Git(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = directory, RedirectStandardOutput = true };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            process.ExitCode.ShouldBe(0);
            return output;
        }
        catch (Win32Exception)
        {
            Skip.If(true, "needs git");
            return "";
        }
    }
}

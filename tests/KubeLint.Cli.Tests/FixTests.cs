using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

using KubeLint.Analysis;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Cli.Tests;

public sealed class FixTests
{
    private const string Digest = "sha256:3f1c0c1f6d1a2b8f7e5d4c3b2a190817263544f5e6d7c8b9a0f1e2d3c4b5a697";

    public static TheoryData<string> Corpora => CorpusTests.Corpora;

    [Theory]
    [InlineData("--fix")]
    [InlineData("--fix", "-f", "json")]
    public void Fix_writes_the_token_and_nothing_else(params string[] arguments)
    {
        var text = Deployment($"ghcr.io/example/web:1.0@{Digest}", "Always # asks");
        using var repository = new TemporaryRepository(("a.yaml", text));
        var result = repository.Cli.Run(arguments);
        result.ExitCode.ShouldBe(0, result.Output);
        result.Output.ShouldContain("Fixed 1 finding in 1 file; 0 left");
        repository.Read("a.yaml").ShouldBe(text.Replace("Always", "IfNotPresent", StringComparison.Ordinal));
        Directory.GetFiles(repository.Directory).Length.ShouldBe(1);
    }

    [Fact]
    public void Line_ends_and_the_byte_order_mark_stay()
    {
        var text = "\uFEFF" + Deployment($"ghcr.io/example/web:1.0@{Digest}", "\"Always\"").Replace("\n", "\r\n", StringComparison.Ordinal);
        using var repository = new TemporaryRepository();
        var path = Path.Combine(repository.Directory, "a.yaml");
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        repository.Cli.Run("--fix").ExitCode.ShouldBe(0);
        Encoding.UTF8.GetString(File.ReadAllBytes(path)).ShouldBe(text.Replace("Always", "IfNotPresent", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void The_mode_of_a_file_stays()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs modes");
        using var repository = new TemporaryRepository(("a.yaml", Deployment($"ghcr.io/example/web:1.0@{Digest}", "Always")));
        var path = Path.Combine(repository.Directory, "a.yaml");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead;
#pragma warning disable CA1416 // Skipped on Windows.
        File.SetUnixFileMode(path, mode);
        repository.Cli.Run("--fix").ExitCode.ShouldBe(0);
        File.GetUnixFileMode(path).ShouldBe(mode);
#pragma warning restore CA1416
    }

    [Fact]
    public void A_fix_that_may_change_what_runs_waits_for_its_option()
    {
        var text = Deployment("ghcr.io/example/web:1.0", "Always");
        using var repository = new TemporaryRepository(("a.yaml", text));
        var safe = repository.Cli.Run("--fix");
        safe.ExitCode.ShouldBe(1);
        safe.Output.ShouldContain("Fixed 0 findings in 0 files; 1 left, 1 of them for --unsafe-fixes");
        repository.Read("a.yaml").ShouldBe(text);
        repository.Cli.Run("--fix", "--unsafe-fixes").ExitCode.ShouldBe(0);
        repository.Read("a.yaml").ShouldBe(text.Replace("Always", "IfNotPresent", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void A_link_out_of_the_repository_is_refused()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs symbolic links");
        var text = Deployment($"ghcr.io/example/web:1.0@{Digest}", "Always");
        using var outside = new TemporaryRepository(("target.yaml", text));
        using var repository = new TemporaryRepository();
        File.CreateSymbolicLink(Path.Combine(repository.Directory, "a.yaml"), Path.Combine(outside.Directory, "target.yaml"));
        var result = repository.Cli.Run("--fix", "a.yaml");
        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("KL1002 was not fixed: 'Write IfNotPresent' was dropped because the file lies outside of the repository");
        outside.Read("target.yaml").ShouldBe(text);
    }

    [SkippableFact]
    public void A_link_inside_the_repository_stays_a_link()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs symbolic links");
        using var repository = new TemporaryRepository(("real/target.yaml", Deployment($"ghcr.io/example/web:1.0@{Digest}", "Always")));
        var link = Path.Combine(repository.Directory, "a.yaml");
        File.CreateSymbolicLink(link, "real/target.yaml");
        repository.Cli.Run("--fix", "a.yaml").ExitCode.ShouldBe(0);
        new FileInfo(link).LinkTarget.ShouldBe("real/target.yaml");
        repository.Read("real/target.yaml").ShouldContain("IfNotPresent");
    }

    [Fact]
    public void A_file_that_changed_since_it_was_read_is_refused()
    {
        var text = Deployment($"ghcr.io/example/web:1.0@{Digest}", "Always");
        using var repository = new TemporaryRepository(("a.yaml", text), ("b.yaml", text.Replace("name: web", "name: other", StringComparison.Ordinal)));
        var path = Path.Combine(repository.Directory, "a.yaml");
        var edited = "# a person's edit\n" + text;

        // The clock is asked before each phase: the fourth time the files are read and judged.
        var cli = repository.Cli with { Clock = new Meddler(4, () => File.WriteAllText(path, edited)) };
        var result = cli.Run("--fix");
        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("error: a.yaml was not fixed: it changed since it was read\n");
        result.Output.ShouldContain("Fixed 1 finding in 1 file; 1 left");
        result.Output.ShouldContain("a.yaml:15:");
        repository.Read("a.yaml").ShouldBe(edited);
        repository.Read("b.yaml").ShouldContain("IfNotPresent");
        Directory.GetFiles(repository.Directory).Length.ShouldBe(2);
    }

    [SkippableTheory]
    [InlineData(".", "\n")]
    [InlineData("apps", "\n")]
    [InlineData(".", "\r\n")]
    public void A_diff_changes_nothing_and_is_taken_by_git(string folder, string lineEnd)
    {
        var text = Deployment($"ghcr.io/example/web:1.0@{Digest}", "Always").Replace("\n", lineEnd, StringComparison.Ordinal);
        using var repository = new TemporaryRepository(("apps/web app.yaml", text));
        Git(repository.Directory, "init", "-q");
        var cli = new Cli(Path.Combine(repository.Directory, folder));
        var result = cli.Run("--diff");
        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("Would fix 1 finding in 1 file; 0 left");
        result.Output.ShouldStartWith("--- a/apps/web app.yaml");
        repository.Read("apps/web app.yaml").ShouldBe(text);

        var patch = Path.Combine(repository.Directory, "fix.patch");
        File.WriteAllText(patch, result.Output);
        Git(cli.Directory, "apply", "--check", patch);
        Git(cli.Directory, "apply", patch);
        repository.Read("apps/web app.yaml").ShouldBe(text.Replace("Always", "IfNotPresent", StringComparison.Ordinal));
        var second = cli.Run("--diff");
        second.ExitCode.ShouldBe(0);
        second.Output.ShouldBeEmpty();
    }

    [Fact]
    public void Standard_input_can_be_shown_fixed()
    {
        using var repository = new TemporaryRepository();
        var cli = repository.Cli with { Input = Deployment($"ghcr.io/example/web:1.0@{Digest}", "Always") };
        cli.Run("-", "--stdin-filename", "a.yaml", "--diff").Output.ShouldContain("+          imagePullPolicy: IfNotPresent\n");
    }

    [Fact]
    public void A_fix_that_brings_another_finding_is_dropped_and_said()
    {
        // The pinned tag moves too.
        var text = Deployment("ghcr.io/example/web:latest", "IfNotPresent");
        using var repository = new TemporaryRepository(("a.yaml", text));
        var result = repository.Cli.Run("--fix", "--pin", "ghcr.io/example/web=edge");
        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("warning: a.yaml:13:38: KL1001 was not fixed: 'Pin the tag to edge' was dropped because its finding would still be there");
        repository.Read("a.yaml").ShouldBe(text);
    }

    private static readonly (string, string)[] BrokenPath =
    [
        ("clusters/prod/flux-system/gotk-sync.yaml", FluxText.Kustomization("flux-system", "./clusters/prod", "10m")),
        ("clusters/prod/apps.yaml", FluxText.Kustomization("apps", @".\apps", "10m")),
        ("apps/release.yaml", Release("1.0").Replace("kind: OCIRepository", "kind: HelmChart", StringComparison.Ordinal)),
    ];

    [Fact]
    public void A_fix_that_lets_a_build_succeed_stays_though_findings_come_to_light()
    {
        using var repository = new TemporaryRepository(BrokenPath);
        repository.Cli.Run().Output.ShouldNotContain("source-missing");

        var result = repository.Cli.Run("--fix");

        repository.Read("clusters/prod/apps.yaml").ShouldBe(FluxText.Kustomization("apps", "./apps", "10m"));
        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("apps/release.yaml:9:11 error KL2001 source-missing");
        result.Output.ShouldContain("Fixed 1 finding in 1 file; ");
        result.Output.ShouldNotContain("dropped");
    }

    [Theory]
    [InlineData("./apps", "soon", "clusters/prod/apps.yaml:7:13 KL")]
    [InlineData(@".\apps", "1h", "clusters/prod/apps.yaml:8:9 KL4002")]
    public void A_fix_whose_own_words_are_a_new_finding_is_dropped_though_a_build_succeeds(string path, string interval, string finding)
    {
        var written = FluxText.Kustomization("apps", "./gone", "10m");
        using var repository = new TemporaryRepository([BrokenPath[0], ("clusters/prod/apps.yaml", written), BrokenPath[2]]);
        var cli = repository.Cli with { Rule = RuleEntry.Of(() => new PathRule(path, interval)) };

        var result = cli.Run("--fix", "--ignore", "KL4001");

        repository.Read("clusters/prod/apps.yaml").ShouldBe(written);
        result.Output.Split('\n').Where(line => line.Contains("was not fixed", StringComparison.Ordinal)).ShouldHaveSingleItem()
            .ShouldContain($"KL9999 was not fixed: 'Write another path' was dropped because it would bring a new finding: {finding}");
    }

    [SkippableTheory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void A_diff_shows_no_Secret_beside_a_change_and_is_taken_by_git(string lineEnd)
    {
        // Each fix takes a line away; secrets stand on either side of it, or on both.
        const string Unused = "# kubelint: ignore[image-latest-tag] for nothing";
        var pod = Deployment($"ghcr.io/example/web:1.0@{Digest}", "Always");
        var files = new (string, string)[]
        {
            ("secret.yaml", $"apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n  one: hunter2-a\n  two: |\n    hunter2-b\n{Unused}\ntype: Opaque\n"),
            ("below.yaml", $"apiVersion: v1\nkind: Secret\ntype: Opaque\nmetadata:\n  name: b\nstringData: # values\n  {Unused}\n  one: hunter2-c\n"),
            ("last.yaml", $"kind: Secret\napiVersion: v1\nmetadata:\n  name: c\nstringData:\n  one: hunter2-d\n{Unused}\n"),
            ("release.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: d\ndata:\n  password: hunter2-E4567\n  {Unused}\n  url: https://example.com\n  apiKey: hunter2-F4567\n"),
            ("web.yaml", pod.Replace("          imagePullPolicy", "          env:\n            - name: PASSWORD\n              value: hunter2-G4567\n          imagePullPolicy", StringComparison.Ordinal)),
        };
        using var repository = new TemporaryRepository([.. files.Select(file => (file.Item1, file.Item2.Replace("\n", lineEnd, StringComparison.Ordinal)))]);
        Git(repository.Directory, "init", "-q");

        var result = repository.Cli.Run("--diff", "--select", "image-latest-tag,image-pull-policy-always");

        $"{result.Output}{result.Error}".ShouldNotContain("hunter2");
        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("kubelint: 1 change not shown, for a credential or a Secret's value would be; --fix writes it");
        result.Output.ShouldNotContain("below.yaml");
        File.WriteAllText(Path.Combine(repository.Directory, "fix.patch"), result.Output);
        Git(repository.Directory, "apply", "fix.patch");
        foreach (var (path, content) in files)
        {
            var expected = path == "below.yaml" ? content : content.Replace($"  {Unused}\n", "", StringComparison.Ordinal).Replace($"{Unused}\n", "", StringComparison.Ordinal);
            repository.Read(path).ShouldBe(expected.Replace("Always", "IfNotPresent", StringComparison.Ordinal).Replace("\n", lineEnd, StringComparison.Ordinal), path);
        }
    }

    [Theory]
    [InlineData("ghcr.io/example/web:latest", "ghcr.io/example/web=1.64.2", "ghcr.io/example/web:1.64.2")]
    [InlineData("ghcr.io/example/web:latest", "ghcr.io/example/web=1.10", "ghcr.io/example/web:1.10")]
    [InlineData("nginx:latest", "docker.io/library/nginx=1.29.0", "nginx:1.29.0")]
    [InlineData("docker.io/library/nginx:latest", "nginx=1.29.0", "docker.io/library/nginx:1.29.0")]
    [InlineData("\"localhost:5000/web:latest\"", "localhost:5000/web=2", "\"localhost:5000/web:2\"")]
    public void A_pin_is_written_and_the_pull_policy_follows(string image, string pin, string expected)
    {
        using var repository = new TemporaryRepository(("a.yaml", Deployment(image, "Always")));
        var result = repository.Cli.Run("--fix", "--unsafe-fixes", "--pin", "example.com/other=3", "--pin", pin, ".");
        result.ExitCode.ShouldBe(0, result.Output);
        repository.Read("a.yaml").ShouldBe(Deployment(expected, "IfNotPresent"));
    }

    [Fact]
    public void A_pin_with_a_digest_makes_the_pull_policy_safe_to_fix()
    {
        using var repository = new TemporaryRepository(("a.yaml", Deployment("ghcr.io/example/web:latest", "Always")));
        repository.Cli.Run("--fix", "--pin", $"ghcr.io/example/web=1.0@{Digest}").ExitCode.ShouldBe(0);
        repository.Read("a.yaml").ShouldBe(Deployment($"ghcr.io/example/web:1.0@{Digest}", "IfNotPresent"));
    }

    [Theory]
    [InlineData("1.64.2", "1.64.2")]
    [InlineData("1.10", "\"1.10\"")]
    [InlineData("7", "\"7\"")]
    public void A_tag_in_a_key_of_its_own_stays_a_string(string tag, string expected)
    {
        using var repository = new TemporaryRepository(("a.yaml", Release("latest")));
        repository.Cli.Run("--fix", "--pin", $"ghcr.io/rclone/rclone={tag}").ExitCode.ShouldBe(0);
        repository.Read("a.yaml").ShouldBe(Release(expected));
    }

    [Fact]
    public void Without_a_version_no_tag_changes()
    {
        using var repository = new TemporaryRepository(("a.yaml", Release("latest")));
        repository.Cli.Run("--fix", "--unsafe-fixes", "--pin", "ghcr.io/rclone/other=1.0.0").ExitCode.ShouldBe(1);
        repository.Read("a.yaml").ShouldBe(Release("latest"));
    }

    [Fact]
    public void A_pin_alone_shows_the_fix_in_the_report()
    {
        using var repository = new TemporaryRepository(("a.yaml", Release("latest")));
        repository.Cli.Run("--pin", "ghcr.io/rclone/rclone=1.64.2").Output.ShouldContain("= fix: Pin the tag to 1.64.2\n");
    }

    [Theory]
    [InlineData("--unsafe-fixes goes with --fix or --diff", "--unsafe-fixes")]
    [InlineData("--fix cannot write to standard input", "-", "--fix")]
    [InlineData("--diff writes no report", "--diff", "-f", "json")]
    [InlineData("--diff writes no report", "--diff", "--write-baseline", "b.json")]
    [InlineData("--pin takes IMAGE=TAG", "--pin", "ghcr.io/rclone/rclone")]
    [InlineData("--pin takes IMAGE=TAG", "--pin", "ghcr.io/rclone/rclone:1=2")]
    [InlineData("'a b' is no tag", "--pin", "nginx=a b")]
    [InlineData("'' is no tag", "--pin", "nginx=")]
    [InlineData("'${TAG}' is no tag", "--pin", "nginx=${TAG}")]
    [InlineData("two tags", "--pin", "nginx=1", "--pin", "docker.io/library/nginx=2")]
    public void Wrong_use_is_told_and_exits_with_2(string message, params string[] arguments)
    {
        using var repository = new TemporaryRepository(("a.yaml", "a: 1\n"));
        var result = repository.Cli.Run(arguments);
        result.Error.ShouldContain(message, Case.Sensitive);
        result.ExitCode.ShouldBe(2);
    }

    [SkippableTheory]
    [MemberData(nameof(Corpora))]
    public void Fixed_corpora_parse_and_leave_nothing_to_fix(string name)
    {
        var folder = TestPaths.Shared("corpora", name);
        Skip.IfNot(Directory.Exists(folder), $"there is no corpus {name}");
        using var repository = new TemporaryRepository();
        Directory.Delete(Path.Combine(repository.Directory, ".git"));
        var copied = Copy(folder, repository.Directory);
        GitSandbox.Init(repository.Directory);
        var broken = BrokenFiles(repository.Cli);
        string[] arguments = ["--no-config", "--unsafe-fixes", "--verbose", "--fail-on", "never", "--pin", "ghcr.io/rclone/rclone=1.64.2"];

        // What is shown is taken by git, and is what is written.
        var diff = repository.Cli.Run([.. arguments, "--diff"]);
        if (diff.Output.Length > 0)
        {
            var patch = Path.Combine(repository.Directory, ".git", "fix.patch");
            File.WriteAllText(patch, diff.Output);
            GitSandbox.Run(repository.Directory, "apply", "--cached", patch);
        }

        repository.Cli.Run([.. arguments, "--fix"]).ExitCode.ShouldBe(0);
        GitSandbox.Run(repository.Directory, "diff").ShouldBeEmpty();
        TouchesOnlyWhatItNames(diff, copied, repository.Directory);

        // Nothing is broken by it, and nothing is left to fix.
        BrokenFiles(repository.Cli).ShouldBe(broken);
        var second = repository.Cli.Run([.. arguments, "--diff"]);
        second.Output.ShouldBeEmpty();
        second.ExitCode.ShouldBe(0);
        if (name == "stargate")
        {
            var release = repository.Read("kubernetes/apps/database/storage/s3/helmrelease.yaml");
            release.ShouldContain("tag: 1.64.2\n");
            release.ShouldContain("pullPolicy: IfNotPresent\n");
        }
    }

    // With this rule alone nothing is built.
    private static List<string> BrokenFiles(Cli cli)
    {
        using var report = JsonDocument.Parse(cli.Run("--no-config", "--select", "yaml-syntax", "-f", "json").Output);
        return [.. report.RootElement.GetProperty("findings").EnumerateArray().Select(finding => $"{finding.GetProperty("rule")} {finding.GetProperty("place").GetProperty("path")}")];
    }

    private static Dictionary<string, string[]> Copy(string from, string to)
    {
        var files = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(from, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            var path = Path.GetRelativePath(from, file);
            if (path.StartsWith(".git/", StringComparison.Ordinal))
            {
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, path))!);
            File.Copy(file, Path.Combine(to, path));
            files.Add(path, File.ReadAllLines(file));
        }

        return files;
    }

    // Each line that goes is one that a fix names, and no comment goes but a suppression that suppresses nothing.
    private static void TouchesOnlyWhatItNames(CliResult diff, Dictionary<string, string[]> before, string folder)
    {
        var named = Regex.Matches(diff.Error, @"^  would fix (KL\d{4}) at (.+):(\d+):\d+: ", RegexOptions.Multiline)
            .Select(match => (Rule: match.Groups[1].Value, Path: match.Groups[2].Value, Line: int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture))).ToList();
        foreach (var (path, old) in before.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            var now = File.ReadAllLines(Path.Combine(folder, path));
            if (now.SequenceEqual(old))
            {
                continue;
            }

            var ofFile = named.Where(fix => fix.Path == path).ToList();
            ofFile.ShouldNotBeEmpty(path);
            if (now.Length == old.Length)
            {
                var changed = Enumerable.Range(1, old.Length).Where(line => old[line - 1] != now[line - 1]);
                changed.Except(ofFile.Select(fix => fix.Line)).ShouldBeEmpty($"lines of {path} that no fix names");
            }

            if (ofFile.TrueForAll(fix => fix.Rule != "KL0003"))
            {
                Comments(now).ShouldBe(Comments(old), path);
            }
        }
    }

    private static IEnumerable<string> Comments(string[] lines) =>
        YamlParser.Parse(new SourceText("x", string.Join('\n', lines))).Comments.Select(comment => comment.Value);

    private static void Git(string directory, params string[] arguments)
    {
        using var git = Start(directory, arguments);
        var error = git.StandardError.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, error);
    }

    private static Process Start(string directory, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = directory, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new SkipException("needs git");
        }
    }

    private static string Deployment(string image, string policy) => $"""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector: {"{"} matchLabels: {"{"} app: web {"}"} {"}"}
          template:
            metadata:
              labels: {"{"} app: web {"}"}
            spec:
              containers:
                - name: web # the tokens stand below
                  image: {image}
                  imagePullPolicy: {policy}

        """.ReplaceLineEndings("\n");

    private static string Release(string tag) => $"""
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata:
          name: storage
        spec:
          interval: 1h
          chartRef:
            kind: OCIRepository
            name: app-template
          values:
            controllers:
              storage:
                containers:
                  app:
                    image:
                      repository: ghcr.io/rclone/rclone
                      tag: {tag} # a comment

        """.ReplaceLineEndings("\n");

    // Mends a path that leads nowhere, and writes what it is told.
    private sealed class PathRule(string path, string interval) : Rule
    {
        public override RuleDescriptor Descriptor { get; } = new("KL9999", "test-path", "Finds a path", Severity.Warning) { Fix = FixSafety.Safe };

        public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
        {
            var spec = context.Kustomization.Object.Spec!;
            if (spec["path"] is YamlScalar { Value: "./gone" } written)
            {
                ImmutableArray<TextEdit> edits = [new TextEdit(spec["interval"]!.Span, interval), new TextEdit(written.Span, path)];
                context.Report(written, "Found", fixes: [new Fix("Write another path", FixSafety.Safe, [new FileEdit(written.Source, edits)])]);
            }
        });
    }

    private sealed class Meddler(int count, Action act) : TimeProvider
    {
        private int asked;

        public override long GetTimestamp()
        {
            if (Interlocked.Increment(ref asked) == count)
            {
                act();
            }

            return base.GetTimestamp();
        }
    }
}

namespace KubeLint.Cli.Tests;

// What --since reports, against the real git.
public sealed class SinceTests
{
    private const string Digest = "sha256:3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f";

    private const string Entry = """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: apps
          namespace: flux-system
        spec:
          interval: 1h
          path: ./apps
          prune: true
          postBuild:
            substitute:
              TAG: "1.0.0"
          sourceRef:
            kind: GitRepository
            name: flux-system

        """;

    [SkippableFact]
    public void Only_findings_on_changed_lines_are_reported()
    {
        using var repository = Repository(("apps/pod.yaml", Pod("one", "nginx:latest") + "---\n" + Pod("two", "redis:1.0")));
        repository.Cli.Run("--since", "HEAD").ExitCode.ShouldBe(0);
        repository.Write("apps/pod.yaml", "# moved down by one\n" + Pod("one", "nginx:latest") + "---\n" + Pod("two", "redis:edge"));

        var result = repository.Cli.Run("--since", "HEAD", "-f", "concise", "--select", "KL1001");

        result.ExitCode.ShouldBe(1);
        result.Output.Split('\n').Where(line => line.Contains("KL1001", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith("apps/pod.yaml:18:20: warning");
        repository.Cli.Run("-f", "concise", "--select", "KL1001").Output.Split('\n').Count(line => line.Contains("KL1001", StringComparison.Ordinal)).ShouldBe(2);
    }

    [SkippableFact]
    public void A_file_that_git_does_not_know_is_all_new_and_a_moved_one_is_not()
    {
        using var repository = Repository(("apps/pod.yaml", Pod("one", "nginx:latest")));
        File.Move(Path.Combine(repository.Directory, "apps/pod.yaml"), Path.Combine(repository.Directory, "apps/moved.yaml"));
        GitSandbox.Run(repository.Directory, "add", "-A");
        Codes(repository, "--since", "HEAD", "--select", "KL1001").ShouldBeEmpty();

        repository.Write("apps/new.yaml", Pod("two", "redis:latest"));
        Codes(repository, "--since", "HEAD", "--select", "KL1001").ShouldBe(["apps/new.yaml:8:20"]);
    }

    [SkippableFact]
    public void A_changed_variable_counts_at_its_effect()
    {
        using var repository = Repository(("flux/apps.yaml", Entry), ("apps/pod.yaml", Pod("one", "nginx:${TAG}")));
        repository.Write("flux/apps.yaml", Entry.Replace("1.0.0", "latest", StringComparison.Ordinal));
        Codes(repository, "--since", "HEAD", "--select", "KL1001").ShouldBe(["apps/pod.yaml:8:20"]);

        // The finding was there before; what made it changed.
        GitSandbox.Commit(repository.Directory);
        repository.Write("flux/apps.yaml", Entry.Replace("1.0.0", "edge", StringComparison.Ordinal));
        Codes(repository, "--since", "HEAD", "--select", "KL1001").ShouldBe(["apps/pod.yaml:8:20"]);
    }

    [SkippableFact]
    public void A_changed_patch_counts_where_it_is_written_and_what_a_deletion_breaks_counts_too()
    {
        const string patched = "resources: [pod.yaml, gone.yaml]\npatches:\n  - target: {kind: Pod}\n    patch: |\n      - op: replace\n        path: /spec/containers/0/image\n        value: nginx:1.0.0\n";
        using var repository = Repository(
            ("flux/apps.yaml", Entry), ("apps/kustomization.yaml", patched), ("apps/pod.yaml", Pod("one", "nginx:1.0.0")), ("apps/gone.yaml", Pod("two", "nginx:1.0.0")));
        repository.Write("apps/kustomization.yaml", patched.Replace("value: nginx:1.0.0", "value: nginx:latest", StringComparison.Ordinal));
        Codes(repository, "--since", "HEAD", "--select", "KL1001").ShouldBe(["apps/kustomization.yaml:7:22"]);

        // The line that names the file did not change, but now it leads nowhere.
        repository.Write("apps/kustomization.yaml", patched);
        File.Delete(Path.Combine(repository.Directory, "apps/gone.yaml"));
        repository.Cli.Run("--since", "HEAD", "-f", "concise").Output.ShouldContain("apps/kustomization.yaml:1:");
    }

    [SkippableFact]
    public void Rules_judge_the_way_from_the_revision()
    {
        using var repository = Repository(("flux/apps.yaml", Entry), ("apps/pod.yaml", Pod("rclone", $"rclone/rclone:master@{Digest}")), ("apps/claim.yaml", Claim));
        repository.Write("apps/pod.yaml", Pod("rclone", "ghcr.io/rclone/rclone:latest"));
        File.Delete(Path.Combine(repository.Directory, "apps/claim.yaml"));

        var result = repository.Cli.Run("--since", "main");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("KL1101 image-digest-dropped: ghcr.io/rclone/rclone lost its digest and moved from docker.io to ghcr.io");
        result.Output.ShouldContain("KL1102 image-registry-changed");
        result.Output.ShouldContain("flux/apps.yaml:4:9 warning KL4102 pruned-data: Kustomization/flux-system/apps prunes");
        repository.Cli.Run().Output.ShouldNotContain("KL1101");
        repository.Cli.Run("--select", "KL1101").Error.ShouldContain("KL1101 image-digest-dropped compares with a revision; add --since REV");
    }

    [SkippableFact]
    public void Three_dots_mean_where_the_branch_left()
    {
        using var repository = Repository(("apps/pod.yaml", Pod("one", "nginx:latest")));
        GitSandbox.Run(repository.Directory, "checkout", "-q", "-b", "topic");
        repository.Write("apps/two.yaml", Pod("two", "redis:latest"));
        GitSandbox.Commit(repository.Directory);
        GitSandbox.Run(repository.Directory, "checkout", "-q", "main");
        repository.Write("apps/pod.yaml", Pod("one", "nginx:1.0.0"));
        GitSandbox.Commit(repository.Directory);
        GitSandbox.Run(repository.Directory, "checkout", "-q", "topic");

        // Against the branch itself its own line differs too.
        Codes(repository, "--since", "main...", "--select", "KL1001").ShouldBe(["apps/two.yaml:8:20"]);
        Codes(repository, "--since", "main", "--select", "KL1001").ShouldBe(["apps/pod.yaml:8:20", "apps/two.yaml:8:20"]);
    }

    [SkippableFact]
    public void The_work_tree_and_the_index_stay_as_they_are()
    {
        using var repository = Repository(("apps/pod.yaml", Pod("one", "nginx:1.0.0")));
        repository.Write("apps/pod.yaml", Pod("one", "nginx:latest"));
        var index = File.ReadAllBytes(Path.Combine(repository.Directory, ".git/index"));
        var status = GitSandbox.Run(repository.Directory, "--no-optional-locks", "status", "--porcelain");

        repository.Cli.Run("--since", "HEAD").ExitCode.ShouldBe(1);

        File.ReadAllBytes(Path.Combine(repository.Directory, ".git/index")).ShouldBe(index);
        GitSandbox.Run(repository.Directory, "--no-optional-locks", "status", "--porcelain").ShouldBe(status);
    }

    [SkippableFact]
    public void Links_folders_and_odd_names_are_read_from_git_as_from_the_disk()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs symbolic links");
        using var repository = Repository(("base/ö web.yaml", Pod("one", "nginx:latest")), ("flux/apps.yaml", Entry));
        File.CreateSymbolicLink(Path.Combine(repository.Directory, "apps"), "base");
        GitSandbox.Commit(repository.Directory);
        repository.Cli.Run("--since", "HEAD").Output.ShouldNotContain("KL1001");
        Codes(repository, "--select", "KL1001").ShouldNotBeEmpty();
    }

    [SkippableFact]
    public void Fixes_are_limited_to_what_changed()
    {
        using var repository = Repository(("a.yaml", Policy("a")), ("b.yaml", Policy("b")));
        repository.Write("b.yaml", "# new\n" + Policy("b").Replace("Always", "'Always'", StringComparison.Ordinal));
        repository.Cli.Run("--since", "HEAD", "--fix").Output.ShouldContain("Fixed 1 finding in 1 file");
        repository.Read("a.yaml").ShouldBe(Policy("a"));
        repository.Read("b.yaml").ShouldContain("IfNotPresent");
    }

    [SkippableFact]
    public void Standard_input_is_compared_as_the_file_that_it_is()
    {
        using var repository = Repository(("apps/pod.yaml", Pod("one", "nginx:1.0.0")));
        var cli = repository.Cli with { Input = Pod("one", "nginx:latest") };
        cli.Run("-", "--stdin-filename", "apps/pod.yaml", "--since", "HEAD", "--select", "KL1001").ExitCode.ShouldBe(1);
        (cli with { Input = Pod("one", "nginx:1.0.0") }).Run("-", "--stdin-filename", "apps/pod.yaml", "--since", "HEAD").ExitCode.ShouldBe(0);
    }

    [SkippableFact]
    public void A_baseline_loses_nothing_that_did_not_change()
    {
        using var repository = Repository(("a.yaml", Pod("one", "nginx:latest")));
        repository.Cli.Run("--write-baseline", "known.json");
        GitSandbox.Commit(repository.Directory);
        var result = repository.Cli.Run("--since", "HEAD", "--baseline", "known.json");
        result.ExitCode.ShouldBe(0);
        result.Output.ShouldNotContain("no longer occurs");
    }

    [SkippableTheory]
    [InlineData("--prune-baseline needs all findings", "--since", "HEAD", "--baseline", "x.json", "--prune-baseline")]
    [InlineData("git knows no revision 'nowhere' here", "--since", "nowhere")]
    [InlineData("--since needs a revision", "--since=--output=x")]
    [InlineData("--write-baseline writes all findings", "--since", "HEAD", "--write-baseline", "x.json")]
    public void Wrong_use_is_told_and_exits_with_2(string message, params string[] arguments)
    {
        using var repository = Repository(("a.yaml", "a: 1\n"));
        var result = repository.Cli.Run(arguments);
        result.Error.ShouldContain(message, Case.Sensitive);
        result.ExitCode.ShouldBe(2);
    }

    private static IEnumerable<string> Codes(TemporaryRepository repository, params string[] arguments) =>
        repository.Cli.Run([.. arguments, "-f", "concise"]).Output.Split('\n').Where(line => line.Contains(": KL", StringComparison.Ordinal))
            .Select(line => string.Join(':', line.Split(':').Take(3)));

    private static TemporaryRepository Repository(params (string Path, string Content)[] files)
    {
        var repository = new TemporaryRepository(files);
        Directory.Delete(Path.Combine(repository.Directory, ".git"));
        GitSandbox.Init(repository.Directory);
        return repository;
    }

    private static string Pod(string name, string image) =>
        $"apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\nspec:\n  containers:\n    - name: {name}\n      image: {image}\n";

    private static string Policy(string name) =>
        Pod(name, $"ghcr.io/example/{name}:1.0@{Digest}") + "      imagePullPolicy: Always\n";

    private const string Claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n  namespace: storage\nspec:\n  accessModes: [ReadWriteOnce]\n  resources:\n    requests:\n      storage: 1Gi\n";
}

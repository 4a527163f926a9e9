using KubeLint.Testing;

namespace KubeLint.Cli.Tests;

public sealed class InitTests
{
    [Fact]
    public void The_configuration_fits_the_repository_and_changes_no_finding()
    {
        using var repository = HomeCluster();
        var before = Findings(repository, "--no-config");

        var result = repository.Cli.Run("init");

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldStartWith("wrote .kubelint.yaml\nfound 1 cluster, 6 Flux Kustomizations, 3 HelmReleases, 16 objects in 24 files\n");
        var text = repository.Read(".kubelint.yaml");
        text.ShouldStartWith("# yaml-language-server: $schema=https://raw.githubusercontent.com/kubelint/kubelint/main/schemas/kubelint.schema.json\n");
        text.ShouldContain("entryPoints:\n");
        text.ShouldContain(" ghcr.io (");
        repository.Cli.Run("config").ExitCode.ShouldBe(0);
        Findings(repository).ShouldBe(before);
    }

    [Fact]
    public void Files_for_ci_are_written_at_the_root_for_the_folder_that_is_linted()
    {
        using var repository = HomeCluster();
        var result = repository.Cli.Run("init", "./kubernetes", "--ci", "github", "--ci", "gitlab", "--pre-commit");
        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("next: kubelint ./kubernetes");
        repository.Read(".github/workflows/kubelint.yaml").ShouldContain("          path: kubernetes\n");
        repository.Read(".gitlab-ci.yml").ShouldContain("/opt/kubelint/kubelint kubernetes --output gitlab=gl-code-quality-report.json");
        repository.Read(".pre-commit-config.yaml").ShouldContain("      - id: kubelint\n");
        repository.Read(".kubelint.yaml").ShouldContain("entryPoints:");

        // What is written is YAML.
        repository.Cli.Run(".github/workflows/kubelint.yaml", ".gitlab-ci.yml", ".pre-commit-config.yaml", "--select", "yaml-syntax").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Nothing_is_overwritten_without_force()
    {
        using var repository = new TemporaryRepository((".pre-commit-config.yaml", "repos: []\n"));
        var refused = repository.Cli.Run("init", "--pre-commit");
        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain(".pre-commit-config.yaml is there, so nothing was written; --force replaces it\nTo keep .pre-commit-config.yaml, add this to it:");
        File.Exists(Path.Combine(repository.Directory, ".kubelint.yaml")).ShouldBeFalse();

        repository.Cli.Run("init", "--pre-commit", "--force").ExitCode.ShouldBe(0);
        repository.Read(".pre-commit-config.yaml").ShouldContain("kubelint");
        repository.Cli.Run("init").Error.ShouldContain(".kubelint.yaml is there, so nothing was written");
    }

    [Fact]
    public void A_repository_without_clusters_gets_a_file_too()
    {
        using var repository = new TemporaryRepository(("archive/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"));
        repository.Cli.Run("init").ExitCode.ShouldBe(0);
        repository.Read(".kubelint.yaml").ShouldContain("exclude:\n  - archive/\n");
        repository.Cli.Run("--fail-on", "info").ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("--ci must be github or gitlab, not 'jenkins'", "init", "--ci", "jenkins")]
    [InlineData("there is no folder 'nowhere'", "init", "nowhere")]
    public void Wrong_use_is_told_and_exits_with_2(string message, params string[] arguments)
    {
        using var repository = new TemporaryRepository();
        var result = repository.Cli.Run(arguments);
        result.Error.ShouldContain(message, Case.Sensitive);
        result.ExitCode.ShouldBe(2);
    }

    private static IEnumerable<string> Findings(TemporaryRepository repository, params string[] arguments) =>
        [.. repository.Cli.Run([.. arguments, "-f", "concise"]).Output.Split('\n').Where(line => line.Contains(": KL", StringComparison.Ordinal))];

    private static TemporaryRepository HomeCluster()
    {
        var folder = TestPaths.Fixture("repos", "home-cluster");
        return new TemporaryRepository(
        [
            .. Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
                .Select(file => (Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText(file)))
                .Where(file => file.Item1 != ".kubelint.yaml"),
        ]);
    }
}

namespace KubeLint.Cli.Tests;

// What .kubelint.yaml says, and what comes of it.
public sealed class ConfiguredRunTests
{
    private static readonly (string, string)[] Files =
    [
        ("apps/pod.yaml", Pod("web", "nginx:latest")),
        ("apps/other.yaml", Pod("other", "redis:edge")),
        ("test/pod.yaml", Pod("test", "nginx:latest")),
    ];

    [Theory]
    [InlineData("rules: {KL1001: error}", "apps/other.yaml error, apps/pod.yaml error, test/pod.yaml error")]
    [InlineData("rules: {image-latest-tag: info}", "apps/other.yaml info, apps/pod.yaml info, test/pod.yaml info")]
    [InlineData("rules: {images: error}", "apps/other.yaml error, apps/pod.yaml error, test/pod.yaml error")]
    [InlineData("rules: {images: off}", "")]
    [InlineData("rules: {image-latest-tag: {severity: error, options: {allow: [docker.io/library/redis]}}}", "apps/pod.yaml error, test/pod.yaml error")]
    [InlineData("overrides: [{paths: [test/], rules: {image-latest-tag: off}}]", "apps/other.yaml warning, apps/pod.yaml warning")]
    [InlineData("exclude: [apps/other.yaml]", "apps/pod.yaml warning, test/pod.yaml warning")]
    [InlineData("extends: shared/lint.yaml\nexclude: [test/]", "apps/other.yaml error, apps/pod.yaml error")]
    public void Settings_decide_what_is_reported(string configuration, string expected)
    {
        using var repository = new TemporaryRepository([.. Files, (".kubelint.yaml", configuration + "\n"), ("shared/lint.yaml", "rules: {image-latest-tag: error}\n")]);

        // Found upwards from the linted path.
        var lines = new Cli(Path.Combine(repository.Directory, "apps")).Run("..", "--select", "images", "-f", "concise").Output.Split('\n');

        lines.Where(line => line.Contains("KL1001", StringComparison.Ordinal))
            .Select(line => line.Split(':')).Select(part => $"{(part[0].StartsWith("..", StringComparison.Ordinal) ? part[0][3..] : $"apps/{part[0]}")} {part[3].Trim()}")
            .Order(StringComparer.Ordinal).ShouldBe(expected.Split(", ", StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Versions_and_variables_that_it_tells_are_used()
    {
        using var repository = new TemporaryRepository(
            ("flux/apps.yaml", FluxText.Kustomization("apps", "./apps", more: "  postBuild:\n    substituteFrom:\n      - kind: Secret\n        name: cluster\n")),
            ("apps/pod.yaml", Pod("web", "registry.example.net/web:${TAG}")),
            (".kubelint.yaml", "fluxVersion: \"2.5\"\nsubstitute: {values: {TAG: latest}}\n"));

        var output = repository.Cli.Run("--select", "KL1001", "-f", "concise", "-v");

        output.Error.ShouldContain("Flux 2.5, ");
        output.Output.ShouldContain("apps/pod.yaml:8:39: warning: KL1001 ");
        repository.Cli.Run("--select", "KL1001", "--no-config").ExitCode.ShouldBe(0);
        repository.Write("other.yaml", "substitute: {values: {TAG: 1.0.0}}\n");
        repository.Cli.Run("--select", "KL1001", "--config", "other.yaml").ExitCode.ShouldBe(0);
    }

    private static string Pod(string name, string image) =>
        $"apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\nspec:\n  containers:\n    - name: web\n      image: {image}\n";
}

using KubeLint.Testing;

namespace KubeLint.Cli.Tests;

// A small repository as people have them, from the command line to the report.
public sealed class HomeClusterTests
{
    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    public void The_report_of_a_repository_is_as_it_was(string format)
    {
        var result = new Cli(TestPaths.Fixture("repos", "home-cluster")).Run("./kubernetes", "--format", format);
        result.Error.ShouldBeEmpty();
        result.ExitCode.ShouldBe(1);
        Snapshots.Match(result.Output, $"home-cluster.{format}", "tests/fixtures/repos");
    }

    [SkippableFact]
    public void The_official_validator_finds_nothing_in_its_sarif() =>
        SarifMultitool.Validate(new Cli(TestPaths.Fixture("repos", "home-cluster")).Run("--format", "sarif").Output).ShouldBeEmpty();
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

using KubeLint.Testing;

namespace KubeLint.Cli.Tests;

// A small repository as people have them, from the command line to the report.
public sealed class HomeClusterTests
{
    // Of the rules, those that the repository was made for: a new one elsewhere is no change of this report.
    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    public void The_report_of_a_repository_is_as_it_was(string format)
    {
        var result = new Cli(TestPaths.Fixture("repos", "home-cluster")).Run("./kubernetes", "--format", format, "--select", "KL1001,KL1002,KL1003");
        result.Error.ShouldBeEmpty();
        result.ExitCode.ShouldBe(1);
        Snapshots.Match(format == "sarif" ? WithoutPages(result.Output) : result.Output, $"home-cluster.{format}", "tests/fixtures/repos");
    }

    // A page has its own readers; rewording one is no change of this report.
    private static string WithoutPages(string sarif)
    {
        var log = JsonNode.Parse(sarif)!;
        foreach (var rule in log["runs"]![0]!["tool"]!["driver"]!["rules"]!.AsArray())
        {
            rule!["help"]!["text"].ShouldNotBeNull();
            rule.AsObject().Remove("help");
            rule.AsObject().Remove("fullDescription");
        }

        return log.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    [SkippableFact]
    public void The_official_validator_finds_nothing_in_its_sarif() =>
        SarifMultitool.Validate(new Cli(TestPaths.Fixture("repos", "home-cluster")).Run("--format", "sarif").Output).ShouldBeEmpty();
}

using System.Text.Json;

using KubeLint.Analysis;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Reporting.Tests;

public sealed class SarifReporterTests
{
    [SkippableFact]
    public void The_official_validator_finds_nothing()
    {
        SarifMultitool.Validate(Write(Sample.Full())).ShouldBeEmpty();
        SarifMultitool.Validate(Write(Sample.Report())).ShouldBeEmpty();
    }

    [SkippableFact]
    public void The_official_validator_would_find_a_wrong_region_and_a_missing_version()
    {
        var broken = Write(Sample.Full()).Replace("\"startLine\": 10", "\"startLine\": 99").Replace("semanticVersion", "language");
        var said = SarifMultitool.Validate(broken);
        said.ShouldContain(line => line.StartsWith("error", StringComparison.Ordinal));
        said.ShouldContain(line => line.StartsWith("warning", StringComparison.Ordinal));
    }

    [Fact]
    public void A_clean_run_has_results_that_are_empty_and_not_absent()
    {
        using var log = JsonDocument.Parse(Write(Sample.Report()));
        log.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void A_region_has_four_coordinates_an_offset_and_its_snippet()
    {
        var region = FirstResult(Sample.Full()).GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");
        region.GetProperty("startLine").GetInt32().ShouldBe(10);
        region.GetProperty("startColumn").GetInt32().ShouldBe(12);
        region.GetProperty("endLine").GetInt32().ShouldBe(10);
        region.GetProperty("endColumn").GetInt32().ShouldBe(18);
        region.GetProperty("charLength").GetInt32().ShouldBe(6);
        region.GetProperty("snippet").GetProperty("text").GetString().ShouldBe("latest");
    }

    [Fact]
    public void Addresses_are_percent_encoded_and_relative_to_the_repository()
    {
        var report = Sample.Full() with { BaseDirectory = "/work/repo/apps", RepositoryRoot = "/work/repo" };
        var uri = FirstResult(report).GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation");
        uri.GetProperty("uri").GetString().ShouldBe("apps/apps/storage%20%26%20more/s3%2050%25.yaml");
        uri.GetProperty("uriBaseId").GetString().ShouldBe("%SRCROOT%");
    }

    [Fact]
    public void A_rule_says_what_it_does_and_where_its_page_is()
    {
        using var log = JsonDocument.Parse(Write(Sample.Full()));
        var driver = log.RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver");
        var rule = driver.GetProperty("rules")[0];
        rule.GetProperty("id").GetString().ShouldBe("KL1001");
        rule.GetProperty("name").GetString().ShouldBe("ImageLatestTag");
        rule.GetProperty("shortDescription").GetProperty("text").GetString().ShouldBe("A container image has a mutable tag.");
        rule.GetProperty("fullDescription").GetProperty("text").GetString().ShouldBe("Reports a container image whose tag is latest, or that has no tag.");
        rule.GetProperty("help").GetProperty("markdown").GetString().ShouldBe(Sample.LatestTagPage);
        rule.GetProperty("helpUri").GetString()!.ShouldEndWith("/KL1001.md");
        rule.GetProperty("defaultConfiguration").GetProperty("level").GetString().ShouldBe("error");
    }

    [Fact]
    public void A_rule_that_only_a_finding_names_is_listed_too()
    {
        var report = Sample.Full() with { Rules = [] };
        using var log = JsonDocument.Parse(Write(report));
        var run = log.RootElement.GetProperty("runs")[0];
        foreach (var result in run.GetProperty("results").EnumerateArray())
        {
            run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString()
                .ShouldBe(result.GetProperty("ruleId").GetString());
        }
    }

    [Fact]
    public void Related_places_objects_fixes_and_notes_are_carried()
    {
        using var log = JsonDocument.Parse(Write(Sample.Full()));
        var run = log.RootElement.GetProperty("runs")[0];
        var result = run.GetProperty("results")[0];
        result.GetProperty("relatedLocations")[0].GetProperty("message").GetProperty("text").GetString().ShouldBe("this patch sets it again.");
        result.GetProperty("locations")[0].GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString()
            .ShouldBe("helm.toolkit.fluxcd.io/HelmRelease/storage/s3");
        var replacement = result.GetProperty("fixes")[0].GetProperty("artifactChanges")[0].GetProperty("replacements")[0];
        replacement.GetProperty("insertedContent").GetProperty("text").GetString().ShouldBe("1.64.2");
        replacement.GetProperty("deletedRegion").GetProperty("startColumn").GetInt32().ShouldBe(12);
        var invocation = run.GetProperty("invocations")[0];
        invocation.GetProperty("toolExecutionNotifications")[0].GetProperty("level").GetString().ShouldBe("note");
        invocation.GetProperty("toolConfigurationNotifications")[0].GetProperty("level").GetString().ShouldBe("warning");
        run.GetProperty("columnKind").GetString().ShouldBe("utf16CodeUnits");
    }

    [Fact]
    public void A_suppressed_finding_is_there_with_its_reason()
    {
        var finding = Sample.Full().Diagnostics[0];
        var report = Sample.Report() with { Suppressed = [new SuppressedDiagnostic(finding, finding.Location, "the vendor has no versions")] };
        var suppression = FirstResult(report).GetProperty("suppressions")[0];
        suppression.GetProperty("kind").GetString().ShouldBe("inSource");
        suppression.GetProperty("justification").GetString().ShouldBe("the vendor has no versions");
    }

    [Fact]
    public void Fingerprints_stay_when_lines_come_above_and_differ_for_equal_lines()
    {
        const string Content = "a: latest\nb: latest\na: latest\n";
        var before = Fingerprints.Compute(Sample.Report(At(Content, 3), At(Content, 13), At(Content, 23)));
        var moved = "# a comment\n\n" + Content;
        var after = Fingerprints.Compute(Sample.Report(At(moved, 16), At(moved, 26), At(moved, 36)));
        after.ShouldBe(before);
        before.Distinct().Count().ShouldBe(3);

        static Diagnostic At(string content, int offset) =>
            Sample.Finding(new Location(new SourceText("a.yaml", content), new TextSpan(offset, 6)));
    }

    [Fact]
    public void A_secret_value_is_in_no_snippet()
    {
        const string Secret = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: hunter2\n";
        var sarif = Write(Sample.Report(Sample.Finding(Sample.At(Secret, "hunter2"), "A Secret in plain text")));
        sarif.ShouldNotContain("hunter2");
        sarif.ShouldContain("\"startLine\": 6");
    }

    private static string Write(RunReport report) => Sample.Write(new SarifReporter(), report);

    private static JsonElement FirstResult(RunReport report) =>
        JsonDocument.Parse(Write(report)).RootElement.GetProperty("runs")[0].GetProperty("results")[0];
}

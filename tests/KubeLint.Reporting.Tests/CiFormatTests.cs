using System.Text.Json;
using System.Xml.Linq;
using System.Xml.Schema;

using KubeLint.Analysis;
using KubeLint.Testing;

using NJsonSchema;

namespace KubeLint.Reporting.Tests;

public sealed class CiFormatTests
{
    private const string Hostile = "50%, a:b | <b>*x*</b> \"q\" \x1B[31m \u0000 \u202E\n::error::forged";

    [Theory]
    [InlineData("concise")]
    [InlineData("github")]
    [InlineData("gitlab")]
    [InlineData("junit")]
    [InlineData("markdown")]
    [InlineData("csv")]
    public void Everything_that_the_format_can_say_is_said(string format) =>
        Snapshots.Match(Write(format, Sample.Full()), $"full.{format}.txt", "tests/KubeLint.Reporting.Tests");

    [Theory]
    [InlineData("text")]
    [InlineData("concise")]
    [InlineData("github")]
    [InlineData("markdown")]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("gitlab")]
    [InlineData("junit")]
    public void No_control_character_of_a_message_gets_through(string format)
    {
        var text = Write(format, Sample.Report(Sample.Finding(Sample.At("tag: latest", "latest", "a\x1B[2J.yaml"), Hostile)));
        text.Where(character => character != '\n' && (char.IsControl(character) || (character == '\u202E' && format != "junit"))).ShouldBeEmpty();
    }

    [Fact]
    public void A_message_cannot_forge_a_workflow_command()
    {
        var lines = Write("github", Sample.Report(Sample.Finding(Sample.At("tag: latest", "latest", "a,b:c.yaml"), Hostile))).Split('\n');
        lines.Count(line => line.StartsWith("::", StringComparison.Ordinal)).ShouldBe(1);
        lines[0].ShouldStartWith("::error file=a%2Cb%3Ac.yaml,line=1,endLine=1,col=6,endColumn=11,title=KL1001 image-latest-tag::50%25, a:b");
    }

    [Fact]
    public void Github_gets_ten_annotations_of_a_level_and_the_rest_as_lines()
    {
        var finding = Sample.Finding(Sample.At("tag: latest", "latest"));
        var text = Write("github", Sample.Report([.. Enumerable.Repeat(finding with { Severity = Severity.Warning }, 12), finding]));
        text.Split('\n').Count(line => line.StartsWith("::warning", StringComparison.Ordinal)).ShouldBe(10);
        text.ShouldStartWith("::error");
        text.ShouldContain("2 findings above stand in this log only");
    }

    [Fact]
    public async Task Gitlab_reports_satisfy_what_gitlab_documents()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(TestPaths.Root, "tests", "KubeLint.Reporting.Tests", "gitlab.schema.json"));
        schema.Validate(Write("gitlab", Sample.Full())).ShouldBeEmpty();
        schema.Validate(Write("gitlab", Sample.Report())).ShouldBeEmpty();
        schema.Validate(Write("gitlab", Sample.Full()).Replace("critical", "fatal")).ShouldNotBeEmpty();
    }

    [Fact]
    public void Gitlab_fingerprints_differ_for_equal_findings()
    {
        var finding = Sample.Finding(Sample.At("tag: latest", "latest"));
        using var json = JsonDocument.Parse(Write("gitlab", Sample.Report(finding, finding)));
        json.RootElement.EnumerateArray().Select(issue => issue.GetProperty("fingerprint").GetString()).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void Junit_reports_satisfy_the_usual_schema()
    {
        Validate(Write("junit", Sample.Full())).ShouldBeEmpty();
        Validate(Write("junit", Sample.Report())).ShouldBeEmpty();
        Validate(Write("junit", Sample.Report(Sample.Finding(Sample.At("tag: latest", "latest"), Hostile)))).ShouldBeEmpty();
        Validate(Write("junit", Sample.Full()).Replace(" failures=\"2\"", "")).ShouldNotBeEmpty();
    }

    [Fact]
    public void Junit_has_one_case_that_passed_for_a_clean_run()
    {
        var suites = XDocument.Parse(Write("junit", Sample.Report())).Root!;
        suites.Attribute("tests")!.Value.ShouldBe("1");
        suites.Attribute("failures")!.Value.ShouldBe("0");
        suites.Descendants("failure").ShouldBeEmpty();
    }

    [Fact]
    public void Markdown_of_many_findings_keeps_below_the_limit_and_says_what_is_left_out()
    {
        var finding = Sample.Finding(Sample.At("tag: latest", "latest"), new string('x', 1000));
        var text = Write("markdown", Sample.Report([.. Enumerable.Repeat(finding, 1000)]));
        text.Length.ShouldBeLessThan(500_000);
        text.ShouldContain("further findings left out");
    }

    [Fact]
    public void Markdown_of_a_message_is_text()
    {
        var row = Write("markdown", Sample.Report(Sample.Finding(Sample.At("tag: latest", "latest"), "a|b `c_d|<e>` <script> *f* @g"))).Split('\n')[6];
        row.ShouldContain(@"a\|b `c_d\|<e>` &lt;script&gt; \*f\* &#64;g.");
    }

    [Theory]
    [InlineData("a, \"b\"", "\"a, \"\"b\"\"\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("a\nb", @"a\nb")]
    public void Csv_quotes_what_would_break_a_row_or_run(string message, string field) =>
        Write("csv", Sample.Report(Sample.Finding(Sample.At("tag: latest", "latest"), message))).Split('\n')[1].ShouldBe($"apps/storage/s3.yaml,1,6,1,12,error,KL1001,image-latest-tag,{field},,");

    [Fact]
    public void Each_listed_format_has_a_reporter_and_no_other_name_has()
    {
        foreach (var name in ReportFormats.Names)
        {
            ReportFormats.Create(name, new TextStyle(), false).ShouldNotBeNull();
        }

        ReportFormats.Create("xml", new TextStyle(), false).ShouldBeNull();
    }

    private static string Write(string format, RunReport report) => Sample.Write(ReportFormats.Create(format, new TextStyle(), false)!, report);

    private static List<string> Validate(string xml)
    {
        var problems = new List<string>();
        var schemas = new XmlSchemaSet();
        schemas.Add(null, Path.Combine(TestPaths.Root, "tests", "KubeLint.Reporting.Tests", "junit.xsd"));
        XDocument.Parse(xml).Validate(schemas, (_, problem) => problems.Add(problem.Message));
        return problems;
    }
}

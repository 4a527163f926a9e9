using System.Text.Json;

using KubeLint.Testing;

using NJsonSchema;

namespace KubeLint.Reporting.Tests;

public sealed class JsonReporterTests
{
    private static string SchemaFile { get; } = Path.Combine(TestPaths.Root, "schemas", "kubelint-report.schema.json");

    [Fact]
    public void Everything_that_a_finding_carries_is_written() =>
        Snapshots.Match(Write(Sample.Full()), "full.json", "tests/KubeLint.Reporting.Tests");

    [Fact]
    public async Task Reports_satisfy_the_schema()
    {
        var schema = await JsonSchema.FromFileAsync(SchemaFile);
        schema.Validate(Write(Sample.Full())).ShouldBeEmpty();
        schema.Validate(Write(Sample.Report())).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_schema_refuses_what_is_missing_and_what_it_does_not_know()
    {
        var schema = await JsonSchema.FromFileAsync(SchemaFile);
        schema.Validate(Write(Sample.Full()).Replace("\"fingerprint\"", "\"other\"")).ShouldNotBeEmpty();
        schema.Validate(Write(Sample.Full()).Replace("\"severity\": \"error\"", "\"severity\": \"fatal\"")).ShouldNotBeEmpty();
    }

    [Fact]
    public void The_schema_stands_at_the_address_that_reports_name()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(SchemaFile));
        using var report = JsonDocument.Parse(Write(Sample.Report()));
        report.RootElement.GetProperty("$schema").GetString().ShouldBe(schema.RootElement.GetProperty("$id").GetString());
    }

    [Fact]
    public void What_a_terminal_obeys_is_escaped_and_read_back_unchanged()
    {
        const string Message = "a\u202Eb\x1B[2Jc\u0085d\u2028e";
        var json = Write(Sample.Report(Sample.Finding(Sample.At("tag: latest", "latest"), Message)));
        json.ShouldContain(@"\u202E");
        json.Where(character => character != '\n' && (char.IsControl(character) || character is '\u202E' or '\u2028')).ShouldBeEmpty();
        using var document = JsonDocument.Parse(json);
        document.RootElement.GetProperty("findings")[0].GetProperty("message").GetString().ShouldBe(Message);
    }

    private static string Write(RunReport report) => Sample.Write(new JsonReporter(), report);
}

using KubeLint.Analysis;

namespace KubeLint.Reporting.Tests;

/// <summary>A credential in plain text is in no report, whatever the format.</summary>
public sealed class HiddenSourceTests
{
    private const string Value = "hunter2-hunter2";

    public static TheoryData<string> Formats() => [.. ReportFormats.Names];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_Secret_value_is_shown_by_no_format(string format)
    {
        const string Secret = $"apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: {Value}\n  token: {Value}\n";
        Write(format, Sample.Finding(Sample.At(Secret, "password"))).ShouldNotContain(Value);
        Write(format, Sample.Finding(Sample.At(Secret, Value))).ShouldNotContain(Value);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_a_rule_hides_is_shown_by_no_format_nor_what_explains_it(string format)
    {
        const string Release = $"kind: HelmRelease\nspec:\n  values:\n    password: {Value}\n    other: {Value}\n";
        var rule = new RuleDescriptor("KL7008", "credential-in-plain-text", "A credential", Severity.Warning) { HidesSource = true };
        var finding = Sample.Finding(Sample.At(Release, "password"), "The value of 'password' looks like a credential", rule) with
        {
            Related = [new RelatedLocation(Sample.At(Release, "other"), "And here")],
        };

        var text = Write(format, finding);

        text.ShouldNotContain(Value);
        text.ShouldContain("looks like a credential");
    }

    private static string Write(string format, Diagnostic finding) =>
        Sample.Write(ReportFormats.Create(format, new TextStyle(), isQuiet: false)!, Sample.Report(finding) with { Rules = [finding.Rule] });
}

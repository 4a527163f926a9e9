using System.Text.RegularExpressions;

using CsCheck;

using KubeLint.Analysis;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Reporting.Tests;

public sealed partial class TextReporterTests
{
    [Fact]
    public void Everything_that_a_finding_carries_is_shown() =>
        Snapshots.Match(Write(Sample.Full()), "full.txt", "tests/KubeLint.Reporting.Tests");

    [Fact]
    public void A_clean_run_says_so() => Write(Sample.Report()).ShouldBe("No findings in 12 files.\n");

    [Fact]
    public void A_quiet_run_says_findings_only() =>
        Sample.Write(new TextReporter(new TextStyle(), isQuiet: true), Sample.Report()).ShouldBeEmpty();

    [Theory]
    [InlineData("tag: latest", "latest", "tag: latest", "     ^^^^^^")]
    [InlineData("\ttag: latest", "latest", "    tag: latest", "         ^^^^^^")]
    [InlineData("a\ttag: latest", "latest", "a   tag: latest", "         ^^^^^^")]
    [InlineData("名前: latest", "latest", "名前: latest", "      ^^^^^^")]
    [InlineData("x: 名前", "名前", "x: 名前", "   ^^^^")]
    [InlineData("🚀: latest", "latest", "🚀: latest", "    ^^^^^^")]
    [InlineData("👩‍👩‍👧: latest", "latest", "👩‍👩‍👧: latest", "    ^^^^^^")]
    [InlineData("e\u0301: latest", "latest", "e\u0301: latest", "   ^^^^^^")]
    [InlineData("a\x1B[31m: latest", "latest", @"a\x1B[31m: latest", "           ^^^^^^")]
    [InlineData("a\u202E: latest", "latest", @"a\u202E: latest", "         ^^^^^^")]
    public void The_caret_stands_below_the_token(string line, string token, string shown, string carets)
    {
        var lines = Write(Sample.Report(Sample.Finding(Sample.At(line, token)))).Split('\n');
        lines[2].ShouldBe("1 | " + shown);
        lines[3].ShouldBe("  | " + carets);
    }

    [Fact]
    public void A_line_end_of_windows_is_not_part_of_the_line() =>
        Write(Sample.Report(Sample.Finding(Sample.At("a: 1\r\ntag: latest\r\nb: 2\r\n", "latest")))).ShouldContain("2 | tag: latest\n  |      ^^^^^^\n");

    [Fact]
    public void A_long_line_is_shortened_around_the_caret()
    {
        var line = "key: " + new string('x', 300) + "latest" + new string('y', 300);
        var lines = Sample.Write(new TextReporter(new TextStyle(Width: 60)), Sample.Report(Sample.Finding(Sample.At(line, "latest")))).Split('\n');
        lines[2].Length.ShouldBeLessThanOrEqualTo(60);
        lines[2].ShouldStartWith("1 | …xxx");
        lines[2].ShouldEndWith("yyy…");
        lines[2].IndexOf("latest", StringComparison.Ordinal).ShouldBe(lines[3].IndexOf('^'));
    }

    [Fact]
    public void The_end_of_a_long_line_is_shown_with_its_beginning_cut()
    {
        var line = new string('x', 300) + "latest";
        var lines = Sample.Write(new TextReporter(new TextStyle(Width: 60)), Sample.Report(Sample.Finding(Sample.At(line, "latest")))).Split('\n');
        lines[2].Length.ShouldBe(60);
        lines[2].ShouldEndWith("xxlatest");
        lines[3].ShouldEndWith(" ^^^^^^");
        lines[3].Length.ShouldBe(60);
    }

    [Fact]
    public void A_range_over_lines_is_marked_on_each()
    {
        const string Content = "a:\n  b: 1\n  c: 2\nd: 3\n";
        Write(Sample.Report(Sample.Finding(Sample.At(Content, "b: 1\n  c: 2\n")))).Split('\n')[2..6].ShouldBe(["2 |   b: 1", "  |   ^^^^", "3 |   c: 2", "  |   ^^^^"]);
    }

    [Fact]
    public void Of_a_range_over_many_lines_the_ends_are_shown()
    {
        var content = "a:\n" + string.Concat(Enumerable.Range(2, 8).Select(i => $"  k{i}: v\n"));
        var text = Write(Sample.Report(Sample.Finding(new Location(new SourceText("a.yaml", content), new TextSpan(5, content.Length - 5)))));
        text.ShouldContain("2 |   k2: v\n  |   ^^^^^\n3 |   k3: v\n  |   ^^^^^\n  …\n9 |   k9: v\n  |   ^^^^^\n");
    }

    [Fact]
    public void A_place_between_two_characters_has_one_caret()
    {
        var text = new SourceText("a.yaml", "a: 1");
        Write(Sample.Report(Sample.Finding(new Location(text, new TextSpan(4, 0))))).ShouldContain("1 | a: 1\n  |     ^\n");
        Write(Sample.Report(Sample.Finding(new Location(new SourceText("a.yaml", ""), default)))).ShouldContain("1 |\n  | ^\n");
    }

    [Theory]
    [InlineData("kind: Secret\nstringData:\n  password: hunter2\n")]
    [InlineData("stringData:\n  password: hunter2\nkind: Secret\n")]
    [InlineData("kind: Secret\ndata:\n  a: b\n  file: |\n    x\n    hunter2\n")]
    [InlineData("kind: List\nitems:\n  - kind: Secret\n    stringData:\n      password: hunter2\n")]
    [InlineData("kind: List\nitems:\n- apiVersion: v1\n  kind: \"Secret\" # mine\n  stringData:\n    password: hunter2\n")]
    [InlineData("{kind: Secret, stringData: {password: hunter2}}\n")]
    [InlineData("kind: Secret\nstringData: {password: hunter2}\n")]
    [InlineData("kind: Kustomization\nsecretGenerator:\n- name: x\n  literals:\n  - password=hunter2\n")]
    [InlineData("kind: Kustomization\nsecretGenerator:\n  - name: x\n    literals: [password=hunter2]\n")]
    public void A_secret_value_is_hidden(string content)
    {
        var text = Write(Sample.Report(Sample.Finding(Sample.At(content, "hunter2"))));
        text.ShouldNotContain("hunter2");
        text.ShouldContain("***");
    }

    [Theory]
    [InlineData("kind: ConfigMap\ndata:\n  mode: hunter2\n")]
    [InlineData("kind: SecretStore\nspec:\n  data:\n    mode: hunter2\n")]
    [InlineData("kind: Secret\nmetadata:\n  name: hunter2\nstringData:\n  a: b\n")]
    [InlineData("kind: Secret\nstringData:\n  a: b\n---\nkind: ConfigMap\ndata:\n  a: hunter2\n")]
    public void What_is_no_secret_is_shown(string content) =>
        Write(Sample.Report(Sample.Finding(Sample.At(content, "hunter2")))).ShouldContain("hunter2");

    [Fact]
    public void Colours_change_no_text()
    {
        var colored = Sample.Write(new TextReporter(new TextStyle(UseColor: true)), Sample.Full());
        colored.ShouldContain("\e[31merror\e[0m");
        Ansi().Replace(colored, "").ShouldBe(Write(Sample.Full()));
    }

    [Fact]
    public void Nothing_that_a_terminal_obeys_gets_through() =>
        Gen.Select(Gen.String[Gen.Char, 0, 60], Gen.String[Gen.Char, 1, 20], Gen.String[Gen.Char, 0, 30], Gen.Int[0, 60]).Sample((content, path, message, start) =>
        {
            var at = new Location(new SourceText(path, content), new TextSpan(Math.Min(start, content.Length), Math.Min(5, content.Length - Math.Min(start, content.Length))));
            var text = Write(Sample.Report(Sample.Finding(at, message) with { Help = message, Related = [new RelatedLocation(at, message)] }));
            foreach (var character in text)
            {
                var isObeyed = character != '\n' && (char.IsControl(character) || character is '\u2028' or '\u2029' or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069');
                isObeyed.ShouldBeFalse($"U+{(int)character:X4}");
            }
        });

    private static string Write(RunReport report) => Sample.Write(new TextReporter(new TextStyle()), report);

    [GeneratedRegex("\e\\[[0-9]+m")]
    private static partial Regex Ansi();
}

namespace KubeLint.Yaml.Tests;

public class DocumentTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("# c\n", "")]
    [InlineData("---\n", "0:null")]
    [InlineData("a", "0:a")]
    [InlineData("# c\n---\na\n", "0:a")]
    [InlineData("--- a\n--- b\n", "0:a|1:b")]
    [InlineData("a\n---\nb\n...\n---\nc\n...\n", "0:a|1:b|2:c")]
    [InlineData("---\n---\na\n", "0:null|1:a")]
    [InlineData("---\n# c\n---\na\n---\n", "0:null|1:a|2:null")]
    [InlineData("%YAML 1.1\n---\na\n", "0:a")]
    [InlineData("%YAML 1.2\n---\na\n...\n%TAG ! tag:x:\n---\nb\n", "0:a|1:b")]
    [InlineData("--- |\n  a\n---\nb", "0:a\n|1:b")]
    [InlineData("a\r\n---\r\nb\r\n", "0:a|1:b")]
    [InlineData("a: |\n  ---\n  b\n", "0:*")]
    [InlineData("---a\n", "0:---a")]
    [InlineData("...\n", "")]
    [InlineData("...\n...\n---\na\n", "0:a")]
    [InlineData("a\n...\n...\n---\nb\n", "0:a|1:b")]
    [InlineData("a\n...\nb\n", "0:a|1:b")]
    public void A_text_may_hold_several_documents(string content, string expected)
    {
        var file = Parse.Text(content);
        file.Problems.ShouldBeEmpty();
        Describe(file).ShouldBe(expected);
    }

    [Fact]
    public void A_document_spans_from_its_marker_or_content_to_its_end()
    {
        var file = Parse.Text("a: 1\n---\n# c\nb: 2\n");
        file.Documents.Select(document => (document.Span.Start, document.Root!.Written())).ShouldBe([(0, "a: 1"), (5, "b: 2")]);
        file.Documents.ShouldAllBe(document => document.Span.Contains(document.Root!.Span));
    }

    [Theory]
    [InlineData("a: [\n---\nb\n", "1:b", "2:1 Syntax")]
    [InlineData("a\n---\nb: [\n---\nc\n", "0:a|2:c", "4:1 Syntax")]
    [InlineData("a\n---\n'b\n", "0:a", "3:1 Syntax")]
    [InlineData("a: b: c\n---\n{\n---\nd\n", "2:d", "1:5 Syntax|4:1 Syntax")]
    [InlineData("a\r\n---\r\n\tb: c: d\r\n---\r\nc\r\n", "0:a|2:c", "3:6 Syntax")]
    [InlineData("%YAML 1.1\n---\na: [\n...\n%YAML 1.1\n---\nb\n", "1:b", "4:1 Syntax")]
    [InlineData("a\n---\nb: *x\n---\nc", "0:a|2:c", "3:4 Syntax")]
    [InlineData("a: |\n  b\n\t\nc: d", "", "3:1 Syntax")]
    [InlineData("a: {\n...\nb\n", "1:b", "2:1 Syntax")]
    [InlineData("a: \u0001\n---\nb\n", "1:b", "1:4 Syntax")]
    [InlineData("a\n---\n\uFEFFb: c\n", "0:a", "3:1 Syntax")]
    [InlineData("a: \U0001F600\n---\nb: \u007F", "0:*", "3:4 Syntax")]
    public void A_bad_document_does_not_hide_the_others(string content, string documents, string problems)
    {
        var file = Parse.Text(content);
        Describe(file).ShouldBe(documents);
        string.Join('|', file.Problems.Select(problem => $"{file.Text.GetPosition(problem.Span.Start)} {problem.Kind}")).ShouldBe(problems);
    }

    [Fact]
    public void A_lone_surrogate_is_no_text()
    {
        // No attribute can hold one: it is written as UTF-8.
        foreach (var half in new[] { '\uD83D', '\uDE00' })
        {
            Parse.Problems($"a\n---\nb: {half}x\n").ShouldBe([$"3:4 Syntax: The character U+{(int)half:X4} is not allowed in YAML"]);
            Parse.Problems($"b: {half}").Length.ShouldBe(1);
        }
    }

    [Fact]
    public void Nodes_behind_a_bad_document_keep_their_place_and_anchors_end_with_their_document()
    {
        var file = Parse.Text("x: &a 1\n---\n{\n---\nb:\n  c: d\n---\ne: *a\n");
        file.Documents[1].Root!.Get("b", "c")!.Location.Start.ShouldBe(new LinePosition(6, 6));
        file.Problems[^1].Message.ShouldBe("The alias '*a' has no anchor before it");
        file.Text.GetPosition(file.Problems[^1].Span.Start).ShouldBe(new LinePosition(8, 4));
    }

    [Fact]
    public void Syntax_problems_say_what_was_expected_and_stay_on_a_line() =>
        Parse.Problems("a:\n  - b\n c: d\n").ShouldBe(["3:2 Syntax: While parsing a block mapping, did not find expected key"]);

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3\n", "3:1")]
    [InlineData("a: 1\n'a': 2\n\"a\": 3\n", "2:1|3:1")]
    [InlineData("x: {a: 1, a: 2}\n", "1:11")]
    [InlineData("a: {b: 1}\nb: {b: 1}\n", "")]
    [InlineData("k: &k a\n*k : 1\na: 2\n", "3:1")]
    [InlineData("x: &x {a: 1}\ny: &y {a: 2}\nz:\n  <<: *x\n  <<: *y\n  a: 3\n", "")]
    [InlineData("x: &x {a: 1}\nz:\n  '<<': 1\n  '<<': 2\n", "4:3")]
    [InlineData("{1: a, 2: b, 3: c, 4: d, 5: e, 6: f, 7: g, 8: h, 9: i, 10: j, 11: k, 12: l, 13: m, 7: n, 7: o}", "1:84|1:90")]
    public void A_key_set_twice_is_found(string content, string expected)
    {
        var file = Parse.Text(content);
        file.Documents.Length.ShouldBe(1);
        file.Problems.ShouldAllBe(problem => problem.Kind == YamlProblemKind.DuplicateKey);
        string.Join('|', file.Problems.Select(problem => file.Text.GetPosition(problem.Span.Start).ToString())).ShouldBe(expected);
        file.Problems.ShouldAllBe(problem => problem.Related!.Value.Start < problem.Span.Start);
    }

    [Theory]
    [InlineData("? [a, b]\n: c\n", "1:3 ComplexKey: A key must be a string here, not a mapping or a sequence")]
    [InlineData("a: {{ b }}\n", "1:5 ComplexKey: A key must be a string here, not a mapping or a sequence")]
    [InlineData("? a\n: c\n", "")]
    [InlineData("1: a\nnull: b\n~: c\n", "")]
    public void A_key_that_is_no_scalar_is_found(string content, string expected) => string.Join('|', Parse.Problems(content)).ShouldBe(expected);

    private static string Describe(YamlFile file) => string.Join('|', file.Documents.Select(document => $"{document.Index}:{Describe(document.Root)}"));

    private static string Describe(YamlNode? root) => root switch
    {
        null or YamlScalar { IsNull: true } => "null",
        YamlScalar scalar => scalar.Value,
        _ => "*",
    };
}

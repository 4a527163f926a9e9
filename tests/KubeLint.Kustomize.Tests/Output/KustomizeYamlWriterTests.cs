using CsCheck;

using KubeLint.Kustomize.Output;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Tests.Output;

public class KustomizeYamlWriterTests
{
    // The right sides are what kustomize 5.8.1 prints.
    [Theory]
    [InlineData("2020-1-2", "\"2020-01-02T00:00:00Z\"")]
    [InlineData("2020-01-02T03:04:05.120+00:00", "\"2020-01-02T03:04:05.12Z\"")]
    [InlineData("2020-01-02 3:4:5", "\"2020-01-02T03:04:05Z\"")]
    [InlineData("2020-02-30", "2020-02-30")]
    [InlineData("0o17", "15")]
    [InlineData("017", "15")]
    [InlineData("08", "8")]
    [InlineData("1_000", "1000")]
    [InlineData("0b11", "3")]
    [InlineData("-0x1F", "-31")]
    [InlineData("+12", "12")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("18446744073709551616", "1.8446744073709552e+19")]
    [InlineData("1234567.5", "1.2345675e+06")]
    [InlineData("123456.5", "123456.5")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("1e21", "1e+21")]
    [InlineData("1e3", "1000")]
    [InlineData("1.0", "1")]
    [InlineData(".5", "0.5")]
    [InlineData("-0.0", "0")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("True", "true")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("!!binary aGk=", "hi")]
    [InlineData("!!str 12", "\"12\"")]
    [InlineData("!!int '12'", "12")]
    [InlineData("! 12", "12")]
    [InlineData("!foo 12", "\"12\"")]
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("1:75", "1:75")]
    [InlineData("'0x1F'", "\"0x1F\"")]
    [InlineData("'='", "=")]
    [InlineData("'<<'", "<<")]
    [InlineData("''", "\"\"")]
    [InlineData("'a: b'", "'a: b'")]
    [InlineData("'it''s # it'", "'it''s # it'")]
    [InlineData("'- a'", "'- a'")]
    [InlineData("' a'", "' a'")]
    [InlineData("\"a\\tb\"", "\"a\\tb\"")]
    [InlineData("\"\\U0001F600\"", "\"\\U0001F600\"")]
    [InlineData("größer", "größer")]
    [InlineData("\"a\\nb\"", "|-\n  a\n  b")]
    [InlineData("\"a\\nb\\n\"", "|\n  a\n  b")]
    [InlineData("\"a\\n\\n\"", "|+\n  a\n")]
    [InlineData("\" a\\nb\"", "|2-\n   a\n  b")]
    [InlineData("\"a \\nb\"", "\"a \\nb\"")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("[[1], {a: 2}]", "\n- - 1\n- a: 2")]
    public void A_value_is_printed_as_kustomize_prints_it(string written, string expected)
    {
        var separator = expected.StartsWith('\n') ? string.Empty : " ";
        Write($"key: {written}\n").ShouldBe($"key:{separator}{expected}\n");
    }

    [Fact]
    public void A_long_text_is_folded_at_the_first_blank_behind_column_80()
    {
        var words = string.Join(' ', Enumerable.Repeat("0123456789", 12));

        Write($"key: {words}\n").ShouldBe("key: " + string.Join(' ', Enumerable.Repeat("0123456789", 7))
            + "\n  " + string.Join(' ', Enumerable.Repeat("0123456789", 5)) + "\n");
    }

    [Fact]
    public void Keys_are_sorted_with_numbers_by_value_and_letters_last()
    {
        Write("{b: 1, a10: 1, a9: 1, a-b: 1, ab: 1, A: 1, _: 1, a: 1}")
            .ShouldBe("_: 1\nA: 1\na: 1\na-b: 1\na9: 1\na10: 1\nab: 1\nb: 1\n");
    }

    [Fact]
    public void A_key_of_more_than_128_bytes_gets_a_line_of_its_own()
    {
        var key = new string('k', 129);

        Write($"? {key}\n: v\n").ShouldBe($"? {key}\n: v\n");
    }

    [Fact]
    public void Aliases_and_merge_keys_are_expanded()
    {
        Write("base: &b {x: 1, y: 2}\nother: *b\nmerged: {<<: *b, y: 3}\n")
            .ShouldBe("base:\n  x: 1\n  \"y\": 2\nmerged:\n  x: 1\n  \"y\": 3\nother:\n  x: 1\n  \"y\": 2\n");
    }

    [Theory]
    [InlineData("a: {8080: x}", "The key '8080' is no string: put it in quotes")]
    [InlineData("a: [.nan]", "JSON has no number for '.nan'")]
    [InlineData("a: !!binary '*'", "The value tagged !!binary is no valid base64")]
    [InlineData("a: !!bool maybe", "'maybe' is no !!bool, as its tag says")]
    public void What_kustomize_cannot_print_is_found(string text, string message)
    {
        KustomizeYamlWriter.FindProblem(Parse(text))!.Message.ShouldBe(message);
    }

    [Fact]
    public void Numbers_as_keys_of_the_object_itself_are_no_problem()
    {
        KustomizeYamlWriter.FindProblem(Parse("8080: x\nb: {c: [{d: 1}]}")).ShouldBeNull();
    }

    [Fact]
    public void Each_line_has_its_origin_at_its_right()
    {
        var root = Parse("kind: A\nspec:\n  text: |\n    one\n    two\n  list:\n    - name: x\n      on: 'y'\n    - []\n");

        KustomizeYamlWriter.WriteWithOrigins([root, root]).ShouldStartWith(
            """
            kind: A        # in.yaml:1:7
            spec:          # in.yaml:2:1
              list:        # in.yaml:6:3
              - name: x    # in.yaml:7:13
                "on": "y"  # in.yaml:8:11
              - []         # in.yaml:9:7
              text: |      # in.yaml:3:9
                one        # in.yaml:4:5
                two        # in.yaml:5:5
            ---
            kind: A
            """);
    }

    [Fact]
    public void A_computed_value_names_the_field_that_made_it()
    {
        var prefix = Parse("namePrefix: web-\n").Find("namePrefix")!.Value.Value;
        var root = Parse("name: a\n");
        var name = new YamlScalar(prefix.Source, prefix.Span, "web-a", extras: new NodeExtras(Derivation: new Derivation("namePrefix", root["name"])));

        KustomizeYamlWriter.WriteWithOrigins([root.With([root.Entries[0] with { Value = name }])])
            .ShouldBe("name: web-a  # in.yaml:1:13 (namePrefix)\n");
    }

    [Fact]
    public void Any_text_is_read_back_as_it_was()
    {
        // Without what YAML 1.1 takes for a line break besides LF: kustomize itself prints those so that they are read as others.
        var text = Gen.String[Gen.Frequency(
            (4, Gen.Char["ab Z09-+.:#,\n\n\"'\\[]{}&*!|>%@`~=<?_\t"]),
            (1, Gen.Char.Where(c => !char.IsSurrogate(c) && !char.IsControl(c) && c is not ('\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF')))), 0, 200];
        var source = new SourceText("in.yaml", string.Empty);
        Gen.Select(text, text).Sample((key, value) =>
        {
            var scalar = new YamlScalar(source, default, value, YamlScalarStyle.DoubleQuoted);
            var inner = new YamlMapping(source, default, [new YamlEntry(new YamlScalar(source, default, key, YamlScalarStyle.DoubleQuoted), new YamlSequence(source, default, [scalar]))]);
            var written = KustomizeYamlWriter.Write([inner]);
            var entry = Parse(written).Entries.Single();
            return entry.Name == key && entry.Value.AsSequence()!.Items.Single() is YamlScalar { Type: YamlScalarType.String } read && read.Value == value;
        });
    }

    private static string Write(string text) => KustomizeYamlWriter.Write([Parse(text)]);

    private static YamlMapping Parse(string text)
    {
        var file = YamlParser.Parse(new SourceText("in.yaml", text));
        file.Problems.ShouldBeEmpty();
        return (YamlMapping)file.Documents.Single().Root!;
    }
}

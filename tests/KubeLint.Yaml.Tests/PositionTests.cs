using System.Text;

namespace KubeLint.Yaml.Tests;

public class PositionTests
{
    [Theory]
    [InlineData("k: v", "1:1 k|1:4 v")]
    [InlineData("a:\n  b: c\n", "1:1 a|2:3 b: c|2:3 b|2:6 c")]
    [InlineData("a:\r\n  b: c\r\n", "1:1 a|2:3 b: c|2:3 b|2:6 c")]
    [InlineData("a:\t\tb\n", "1:1 a|1:5 b")]
    [InlineData("\U0001F600: \U0001F680x\nb: c", "1:1 \U0001F600|1:5 \U0001F680x|2:1 b|2:4 c")]
    [InlineData("a: '\U0001F680' \nb: [\U0001F600, c]", "1:1 a|1:4 '\U0001F680'|2:1 b|2:4 [\U0001F600, c]|2:5 \U0001F600|2:9 c")]
    [InlineData("a: \"q\\\"r\" # c", "1:1 a|1:4 \"q\\\"r\"")]
    [InlineData("a: 'it''s'\n", "1:1 a|1:4 'it''s'")]
    [InlineData("- a\n-   b\n", "1:3 a|2:5 b")]
    [InlineData("- - a\n  - b\n", "1:3 - a\n  - b|1:5 a|2:5 b")]
    [InlineData("a:\n- b\n- c\nd: e", "1:1 a|2:1 - b\n- c|2:3 b|3:3 c|4:1 d|4:4 e")]
    [InlineData("{a: b, c: }", "1:2 a|1:5 b|1:8 c|1:11 ")]
    [InlineData("a:\nb:\n", "1:1 a|1:3 |2:1 b|2:3 ")]
    [InlineData("? a\n: b\n", "1:3 a|2:3 b")]
    [InlineData("a: b\n   c\n\n   d\ne: f", "1:1 a|1:4 b\n   c\n\n   d|5:1 e|5:4 f")]
    [InlineData("a: \"b\n   c\"\n", "1:1 a|1:4 \"b\n   c\"")]
    public void Every_node_stands_at_its_place(string content, string expected) => Describe(Parse.Root(content)).ShouldBe(expected);

    [Theory]
    [InlineData("a: &x b", "1:7 b")]
    [InlineData("a: !!str b", "1:10 b")]
    [InlineData("a: &x !!str b", "1:13 b")]
    [InlineData("a: !!str &x 'b'", "1:13 'b'")]
    [InlineData("a: !<tag:yaml.org,2002:str> b", "1:29 b")]
    [InlineData("a: ! b", "1:6 b")]
    [InlineData("a: &x # comment\n  b", "2:3 b")]
    [InlineData("a: &x\n  # comment &y !z\n  !t\n  b", "4:3 b")]
    [InlineData("a: &x {b: c}", "1:7 {b: c}")]
    [InlineData("a: &x [b]", "1:7 [b]")]
    [InlineData("a: &x\n  b: c\n", "2:3 b: c")]
    [InlineData("a: &x\n  - c\n", "2:3 - c")]
    [InlineData("a: &x\n- c\n", "2:1 - c")]
    [InlineData("a: !t\n- c\n- d\n", "2:1 - c\n- d")]
    [InlineData("a: &x |\n  b\n", "1:7 |\n  b")]
    [InlineData("a: &x\nb: c\n", "1:6 ")]
    [InlineData("a: &x !!str\nb: c\n", "1:12 ")]
    [InlineData("a: !!null\n\n# c\nb: c\n", "1:10 ")]
    [InlineData("a: &x # c\u0085  b", "1:13 b")]
    [InlineData("a: &x # c\u2028  b", "1:13 b")]
    [InlineData("{a: &x, b: c}", "1:7 ")]
    [InlineData("{a: &x b, c: d}", "1:8 b")]
    [InlineData("{a: &x b}", "1:8 b")]
    [InlineData("a: &x \"&y\"", "1:7 \"&y\"")]
    [InlineData("a: &x '!y'", "1:7 '!y'")]
    public void A_value_stands_behind_its_anchor_and_tag(string content, string expected)
    {
        var value = Parse.Root(content).AsMapping()!.Entries[0].Value;
        $"{value.Location.Start} {value.Written()}".ShouldBe(expected);
    }

    [Fact]
    public void Anchors_tags_and_aliases_are_kept()
    {
        var root = Parse.Root("a: &x !!int 1\nb: *x\n*x : c\nd: &x 2\ne: *x\nf: !custom g\n").AsMapping()!;
        root["a"]!.Anchor.ShouldBe("x");
        root["a"]!.Tag.ShouldBe(YamlTags.Integer);
        root["f"]!.Tag.ShouldBe("!custom");
        var alias = root.Entries[1].Value.ShouldBeOfType<YamlAlias>();
        (alias.Name, alias.Written(), alias.Target).ShouldBe(("x", "*x", root["a"]!));
        root.Entries[2].Key.ShouldBeOfType<YamlAlias>().Written().ShouldBe("*x");
        root.Entries[2].Name.ShouldBe("1");
        // An anchor may be set again: an alias means the last before it.
        root.GetString("e").ShouldBe("2");
    }

    [Theory]
    [InlineData("a: |\n  b\n  c\nd: e", "|\n  b\n  c", "b\nc\n")]
    [InlineData("a: |-\n  b\n  c\n\n\nd: e", "|-\n  b\n  c", "b\nc")]
    [InlineData("a: |+\n  b\n\n\nd: e", "|+\n  b", "b\n\n\n")]
    [InlineData("a: |2\n   b\n  c\n", "|2\n   b\n  c", " b\nc\n")]
    [InlineData("a: |-2\n   b", "|-2\n   b", " b")]
    [InlineData("a: |2-\n\n   b", "|2-\n\n   b", "\n b")]
    [InlineData("a: |\n\n\n  b\n", "|\n\n\n  b", "\n\nb\n")]
    [InlineData("a: | # comment\n  b\n", "| # comment\n  b", "b\n")]
    [InlineData("a: |\n  b  \n  \t\nc: d", "|\n  b  \n  \t", "b  \n\t\n")]
    [InlineData("a: >\n  b\n  c\n\n  d\n   e\n  f\n", ">\n  b\n  c\n\n  d\n   e\n  f", "b c\nd\n e\nf\n")]
    [InlineData("a: >-\n  b\n\n\n  c\n", ">-\n  b\n\n\n  c", "b\n\nc")]
    [InlineData("a: >+\n\n  b\n\n", ">+\n\n  b", "\nb\n\n")]
    [InlineData("a: |\r\n  b\r\n  c\r\nd: e", "|\r\n  b\r\n  c", "b\nc\n")]
    [InlineData("a: |\n  b\n# comment\nd: e", "|\n  b", "b\n")]
    [InlineData("a: |\n  b\n  # text\nd: e", "|\n  b\n  # text", "b\n# text\n")]
    [InlineData("a: |\nb: c", "|", "")]
    [InlineData("a: >", ">", "")]
    [InlineData("a: |\n  \U0001F600 x\n", "|\n  \U0001F600 x", "\U0001F600 x\n")]
    public void Block_scalars_end_with_their_last_line(string content, string written, string value)
    {
        var scalar = Parse.Root(content).AsMapping()!.Entries[0].Value.AsScalar()!;
        scalar.Value.ShouldBe(value);
        scalar.Written().ShouldBe(written);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_key()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "a: b\n"u8];
        var file = ParseBytes(bytes);
        file.Text.HasByteOrderMark.ShouldBeTrue();
        Describe(file.Documents[0].Root!).ShouldBe("1:1 a|1:4 b");
        Describe(ParseBytes([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a: \u00E9")]).Documents[0].Root!).ShouldBe("1:1 a|1:4 \u00E9");
        Describe(ParseBytes([.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes("a: b")]).Documents[0].Root!).ShouldBe("1:1 a|1:4 b");
    }

    [Fact]
    public void Lines_end_with_any_break()
    {
        var text = new SourceText("a", "a\r\nb\nc\rd");
        text.LineCount.ShouldBe(4);
        Enumerable.Range(1, 4).Select(text.GetLine).ShouldBe(["a", "b", "c", "d"]);
        text.GetPosition(6).ShouldBe(new LinePosition(3, 2));
        text.GetOffset(new LinePosition(2, 9)).ShouldBe(4);
        Should.Throw<ArgumentOutOfRangeException>(() => text.GetLine(5));
        Should.Throw<ArgumentOutOfRangeException>(() => text.GetPosition(9));
    }

    private static YamlFile ParseBytes(byte[] bytes) =>
        new YamlFileCache(new OverlayFileSource(new Dictionary<string, byte[]> { ["/r/a.yaml"] = bytes }), "/r").Parse("/r/a.yaml");

    // All nodes below the root, in the order of the text.
    private static string Describe(YamlNode root) =>
        string.Join('|', Parse.Nodes(root).Skip(1).OrderBy(node => node.Span.Start).ThenByDescending(node => node.Span.Length)
            .Select(node => $"{node.Location.Start} {node.Written()}"));
}

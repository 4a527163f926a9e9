namespace KubeLint.Yaml.Tests;

/// <summary>Folded block scalars have the value that libyaml gives them, which is what Kubernetes' tools read.</summary>
public class FoldedBlockTests
{
    [Theory]
    [InlineData("a: >\n  one\n  two\n", "one two\n")]
    [InlineData("a: >\n  one\n\n  two\n", "one\ntwo\n")]
    [InlineData("a: >\n  one\n    more\n  two\n", "one\n  more\ntwo\n")]
    [InlineData("a: >\n  one\n\n    more\n  two\n", "one\n\n  more\ntwo\n")]
    [InlineData("a: >\n  one\n    more\n\n    more\n  two\n", "one\n  more\n\n  more\ntwo\n")]
    [InlineData("a: >\n  one\n\n\n    more\n\n  two\n", "one\n\n\n  more\n\ntwo\n")]
    [InlineData("a: >-\n  one\n\n    more\n", "one\n\n  more")]
    [InlineData("a: >+\n  one\n\n    more\n\n", "one\n\n  more\n\n")]
    [InlineData("a: >\r\n  one\r\n\r\n    more\r\n", "one\n\n  more\n")]
    [InlineData("a: > # a comment\n  one\n\n    more\nb: c\n", "one\n\n  more\n")]
    public void Empty_lines_beside_more_indented_ones_stay(string text, string expected)
    {
        var file = YamlParser.Parse(new SourceText("a.yaml", text));

        file.Documents[0].Root!.GetString("a").ShouldBe(expected);
    }
}

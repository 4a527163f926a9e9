using KubeLint.Kustomize.Output;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Tests.Output;

/// <summary>Folded scalars are printed as kustomize prints them, which writes and reads them once in between.</summary>
public class FoldedScalarTests
{
    // The printed forms are what kustomize 5.8.1 gives.
    [Theory]
    [InlineData("a: >\n  one\n  two\n", "a: |\n  one two\n")]
    [InlineData("a: >\n  one\n    more\n\n    more\n  two\n", "a: |\n  one\n\n    more\n\n    more\n  two\n")]
    [InlineData("a: >+\n  foo\n    b\n\n\n", "a: |+\n  foo\n\n    b\n\n\n")]
    [InlineData("a: >\n  foo  \n  bar\n\n    x\n\n  y\n", "a: |\n  foo   bar\n\n\n    x\n\n  y\n")]
    [InlineData("a: >\n\n  foo\n  bar\n", "a: |2\n\n  foo bar\n")]
    [InlineData("a: \"one\\n  more\\n\"\n", "a: |\n  one\n    more\n")]
    public void A_more_indented_line_gets_an_empty_one_before_it(string text, string expected)
    {
        var root = (YamlMapping)YamlParser.Parse(new SourceText("a.yaml", text)).Documents[0].Root!;

        KustomizeYamlWriter.Write([root]).ShouldBe(expected);
    }
}

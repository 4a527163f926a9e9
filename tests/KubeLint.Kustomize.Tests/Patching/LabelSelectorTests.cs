using KubeLint.Kustomize.Patching;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Tests.Patching;

public class LabelSelectorTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("a=b", true)]
    [InlineData("a==b", true)]
    [InlineData("a!=b", false)]
    [InlineData("a != c , x", true)]
    [InlineData("a in (b, c)", true)]
    [InlineData("a notin (b,c)", false)]
    [InlineData("z notin (b)", true)]
    [InlineData("z!=b", true)]
    [InlineData("z", false)]
    [InlineData("!z,a", true)]
    [InlineData("!a", false)]
    [InlineData("empty=", true)]
    [InlineData("empty in ()", true)]
    [InlineData("empty in (,b)", true)]
    [InlineData("n>4,n<6", true)]
    [InlineData("n>5", false)]
    [InlineData("a>1", false)]
    [InlineData("example.com/x=y", true)]
    [InlineData("in in (in)", false)]
    public void Labels_are_selected_as_Kubernetes_selects_them(string text, bool expected)
    {
        var labels = (YamlMapping)YamlParser.Parse(new SourceText("in.yaml", "{a: b, x: '', empty: '', n: '5', example.com/x: y}")).Documents[0].Root!;

        LabelSelector.TryParse(text, out var selector, out _).ShouldBeTrue();
        selector!.Matches(labels).ShouldBe(expected);
    }

    [Theory]
    [InlineData("a=b,", "Found the end, expected a key after ','")]
    [InlineData("=b", "Found '=', expected a key")]
    [InlineData("a b", "Found 'b', expected '=', '==', '!=', 'in' or 'notin'")]
    [InlineData("a in b", "Found 'b', expected '('")]
    [InlineData("a in (b", "Found the end, expected ',' or ')'")]
    [InlineData("!a=b", "Found '=', expected ',' or the end")]
    [InlineData("a=(", "Found '(', expected a value")]
    [InlineData("a/b/c=d", "'a/b/c' is no valid key of a label")]
    [InlineData("A_/b=d", "'A_/b' is no valid key of a label")]
    [InlineData("a=-b", "'-b' is no valid value of a label")]
    [InlineData("a>b", "Behind '>' a whole number is expected, not 'b'")]
    public void A_text_that_is_no_selector_is_an_error(string text, string message)
    {
        LabelSelector.TryParse(text, out var selector, out var error).ShouldBeFalse();
        selector.ShouldBeNull();
        error.ShouldBe(message);
    }
}

using KubeLint.Flux.Cel;

namespace KubeLint.Flux.Tests.Cel;

public sealed class CelSyntaxTests
{
    [Theory]
    [InlineData("status.conditions.filter(e, e.type == 'Ready').all(e, e.status == 'True')", "status")]
    [InlineData("has(status.observedGeneration) && metadata.generation == status.observedGeneration", "status metadata status")]
    [InlineData("dep.metadata.labels['app/version'] == self.metadata.labels['app/version'] && dep.status.conditions.exists(e, e.type == \"Ready\")", "dep self dep")]
    [InlineData("!(size(x) > 0x1F) || -1.5e3 < y ? [1, 2u, 'a\\'b',] : {'k': null, \"n\": r'\\d+'}", "x y")]
    [InlineData("a in [true, false] // why not", "a")]
    [InlineData("items.map(k, v, k + v)", "items")]
    [InlineData("status.?phase.orValue('') == 'Ready' && spec[?'x'].hasValue()", "status spec")]
    [InlineData("'''two\nlines''' == b\"bytes\"", "")]
    [InlineData("google.protobuf.Duration{seconds: 3} == duration('3s')", "google")]
    [InlineData("metadata.package == 1", "metadata")]
    public void Right_expressions_tell_their_variables(string text, string variables)
    {
        var (problem, found) = CelSyntax.Parse(text);

        problem.ShouldBeNull();
        string.Join(' ', found.Select(variable => variable.Name)).ShouldBe(variables);
    }

    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData("status.phase = 'Ready'", 13, "equality is '=='")]
    [InlineData("status.phase == 'Ready", 16, "not closed")]
    [InlineData("(a && b", 7, "')' is missing")]
    [InlineData("a && ", 5, "a value is missing")]
    [InlineData("a b", 2, "not 'b'")]
    [InlineData("a.", 2, "behind '.'")]
    [InlineData("a & b", 2, "and is '&&'")]
    [InlineData("a ? b", 5, "':' is missing")]
    [InlineData("has(status)", 0, "has() takes a field")]
    [InlineData("f(a, )", 5, "another argument")]
    [InlineData("'\\d'", 1, "escape")]
    [InlineData("12ab", 0, "no number")]
    [InlineData("while == 1", 0, "reserved")]
    [InlineData("a == ${X}", 5, "no meaning")]
    public void Wrong_ones_are_told_where(string text, int at, string message)
    {
        var problem = CelSyntax.Parse(text).Problem.ShouldNotBeNull();

        problem.Message.ShouldContain(message);
        problem.Span.Start.ShouldBe(at);
    }

    [Fact]
    public void Depth_is_limited_and_length_is_not()
    {
        CelSyntax.Parse(new string('(', 100_000)).Problem!.Message.ShouldContain("too deeply");
        CelSyntax.Parse(string.Join(" && ", Enumerable.Repeat("a.b", 50_000))).Problem.ShouldBeNull();
        CelSyntax.Parse(new string('!', 100_000) + "a").Problem.ShouldBeNull();
    }
}

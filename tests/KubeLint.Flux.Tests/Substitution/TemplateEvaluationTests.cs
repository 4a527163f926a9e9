using System.Collections.Immutable;

using CsCheck;

namespace KubeLint.Flux.Tests;

/// <summary>The expressions of Flux's envsubst, each with what Flux 2.9 makes of it.</summary>
public sealed class TemplateEvaluationTests
{
    private static VariableSet Variables { get; } = new(
        new Dictionary<string, string?>
        {
            ["A"] = "alpha",
            ["B"] = "beta",
            ["EMPTY"] = "",
            ["MIXED"] = "abcdEFGH28ij",
            ["PATH_NAME"] = "/home/bozo/ideas/thoughts.for.today",
            ["ABC"] = "abcABC123ABCabc",
            ["FILE"] = "bash.string.txt",
            ["SLASH"] = "foo/bar/baz",
            ["UMLAUT"] = "äöü",
            ["DOTS"] = "foo.bar",
            ["_under1"] = "u",
            ["STAR"] = "a*b*c",
            ["SECRET"] = null,
        }.ToImmutableDictionary(pair => pair.Key, pair => new FluxVariable(pair.Key, pair.Value, null, "test"), StringComparer.Ordinal),
        null);

    [Theory]
    // No expression at all.
    [InlineData("plain text", "plain text")]
    [InlineData("$A", "$A")]
    [InlineData("$(A)", "$(A)")]
    [InlineData("100$", "100$")]
    [InlineData("{A}", "{A}")]
    [InlineData("", "")]
    // Values.
    [InlineData("${A}", "alpha")]
    [InlineData("x${A}y${B}z", "xalphaybetaz")]
    [InlineData("${A}${A}", "alphaalpha")]
    [InlineData("${EMPTY}", "")]
    [InlineData("${_under1}", "u")]
    [InlineData("$A${A}$", "$Aalpha$")]
    // Escapes.
    [InlineData("$${A}", "${A}")]
    [InlineData("$$", "$")]
    [InlineData("a$$b", "a$b")]
    [InlineData("$$$${A}", "$${A}")]
    [InlineData("$$${A}", "$alpha")]
    [InlineData("${A}$${var$${A}$A${A}", "alpha${var${A}$Aalpha")]
    [InlineData("$${var=${A}}", "${var=alpha}")]
    [InlineData("\\\\x ${A}", "\\\\x alpha")]
    [InlineData("\\${A}", "\\alpha")]
    // Defaults: all of them mean "if unset or empty".
    [InlineData("${NONE:=x}", "x")]
    [InlineData("${NONE:-x}", "x")]
    [InlineData("${NONE=x}", "x")]
    [InlineData("${EMPTY:=x}", "x")]
    [InlineData("${EMPTY:-x}", "x")]
    [InlineData("${EMPTY=x}", "x")]
    [InlineData("${A:=x}", "alpha")]
    [InlineData("${A:-x}", "alpha")]
    [InlineData("${A=x}", "alpha")]
    [InlineData("${NONE:=}", "")]
    [InlineData("${NONE:-a b: c}", "a b: c")]
    [InlineData("${NONE:-$$x}", "$$x")]
    // Operators that are not what a shell has.
    [InlineData("${NONE:?is required}", "is required")]
    [InlineData("${A:?is required}", "alpha")]
    [InlineData("${NONE:+x}", "x")]
    [InlineData("${A:+x}", "alpha")]
    // Nested.
    [InlineData("${NONE:=${A}}", "alpha")]
    [InlineData("${NONE:=pre${A}-suf}", "prealpha-suf")]
    [InlineData("${NONE=${A}-${B}}", "alpha-beta")]
    [InlineData("${NONE:=${NEITHER:=${B}}}", "beta")]
    [InlineData("${NONE:=${A^^}}", "ALPHA")]
    // Length in bytes.
    [InlineData("${#MIXED}", "12")]
    [InlineData("${#UMLAUT}", "6")]
    [InlineData("${#EMPTY}", "0")]
    // Case.
    [InlineData("${MIXED^}", "AbcdEFGH28ij")]
    [InlineData("${MIXED^^}", "ABCDEFGH28IJ")]
    [InlineData("${MIXED,}", "abcdEFGH28ij")]
    [InlineData("${MIXED,,}", "abcdefgh28ij")]
    [InlineData("${EMPTY^}", "")]
    // Parts.
    [InlineData("${PATH_NAME:11}", "ideas/thoughts.for.today")]
    [InlineData("${PATH_NAME:11:5}", "ideas")]
    [InlineData("${A:99}", "")]
    [InlineData("${A:3:99}", "ha")]
    [InlineData("${A:0:0}", "")]
    [InlineData("${A: -3}", "alpha")]
    [InlineData("${A:x}", "alpha")]
    // Replacements.
    [InlineData("${ABC/abc/xyz}", "xyzABC123ABCabc")]
    [InlineData("${ABC//abc/xyz}", "xyzABC123ABCxyz")]
    [InlineData("${ABC/#abc/XYZ}", "XYZABC123ABCabc")]
    [InlineData("${ABC/%abc/XYZ}", "abcABC123ABCXYZ")]
    [InlineData("${ABC/%ABC/XYZ}", "abcABC123ABCabc")]
    [InlineData("${SLASH/\\//-}", "foo-bar/baz")]
    [InlineData("${SLASH//\\//-}", "foo-bar-baz")]
    [InlineData("${DOTS/./}", "foobar")]
    [InlineData("${A/alpha/${B}}", "beta")]
    // Stripped patterns.
    [InlineData("${FILE#*.}", "string.txt")]
    [InlineData("${FILE##*.}", "txt")]
    [InlineData("${FILE%.*}", "bash.string")]
    [InlineData("${FILE%%.*}", "bash")]
    [InlineData("${SLASH##*/}", "baz")]
    [InlineData("${SLASH#?oo}", "/bar/baz")]
    [InlineData("${SLASH#[a-f]}", "oo/bar/baz")]
    [InlineData("${SLASH#x}", "foo/bar/baz")]
    [InlineData("${STAR#a\\*}", "b*c")]
    public void Gives_what_Flux_gives(string text, string expected)
    {
        var template = VariableTemplate.Parse(text);
        template.Error.ShouldBeNull();
        var result = TemplateEvaluation.Evaluate(template, Variables);
        result.Text.ShouldBe(expected);
        result.IsUnknown.ShouldBeFalse();
        result.Undefined.ShouldBeEmpty();
        result.Error.ShouldBeNull();
    }

    [Theory]
    [InlineData("${A-x}")]
    [InlineData("${A+x}")]
    [InlineData("${A?x}")]
    [InlineData("${arr[@]}")]
    [InlineData("${a.b}")]
    [InlineData("${a-b}")]
    [InlineData("${ A }")]
    [InlineData("${!x}")]
    [InlineData("${}")]
    [InlineData("${A")]
    [InlineData("${")]
    [InlineData("${A:=x")]
    [InlineData("${A:}")]
    [InlineData("${A^^^}")]
    [InlineData("${A@Q}")]
    [InlineData("${A/x}")]
    [InlineData("${A#}")]
    [InlineData("${NONE:=${B-c}}")]
    [InlineData("${A${B}}")]
    [InlineData("${#}")]
    public void Rejects_what_Flux_rejects(string text)
    {
        var template = VariableTemplate.Parse("before " + text);
        template.Error.ShouldNotBeNull();
        template.Error.Span.Start.ShouldBeGreaterThanOrEqualTo(7);
        template.Error.Span.End.ShouldBeLessThanOrEqualTo(template.Text.Length);
        template.Error.Span.Length.ShouldBePositive();
    }

    [Theory]
    [InlineData("${NONE}", "NONE")]
    [InlineData("${NONE^^}", "NONE")]
    [InlineData("${#NONE}", "NONE")]
    [InlineData("${NONE:0:3}", "NONE")]
    [InlineData("${NONE/a/b}", "NONE")]
    [InlineData("${NONE%a}", "NONE")]
    [InlineData("${1}", "1")]
    [InlineData("${A:=${NONE}}", "NONE")]
    public void Lists_variables_that_strict_substitution_misses(string text, string name) =>
        TemplateEvaluation.Evaluate(VariableTemplate.Parse(text), Variables).Undefined.ShouldHaveSingleItem().Name.ShouldBe(name);

    [Theory]
    [InlineData("${SECRET}", "${SECRET}")]
    [InlineData("app.${SECRET}", "app.${SECRET}")]
    [InlineData("${A}.${SECRET:=x}", "alpha.${SECRET:=x}")]
    [InlineData("${NONE:=${SECRET}}", "${NONE:=${SECRET}}")]
    [InlineData("${#SECRET}", "${#SECRET}")]
    public void Never_guesses_what_is_unknown(string text, string expected)
    {
        var result = TemplateEvaluation.Evaluate(VariableTemplate.Parse(text), Variables);
        result.IsUnknown.ShouldBeTrue();
        result.Text.ShouldBe(expected);
    }

    [Fact]
    public void An_unknown_default_is_not_needed_where_the_variable_has_a_value()
    {
        var result = TemplateEvaluation.Evaluate(VariableTemplate.Parse("${A:=${SECRET}}"), Variables);
        result.IsUnknown.ShouldBeFalse();
        result.Text.ShouldBe("alpha");
    }

    [Fact]
    public void Further_variables_may_come_from_outside()
    {
        var open = Variables with { OpenBy = "ExternalSecret/apps/vars" };
        TemplateEvaluation.Evaluate(VariableTemplate.Parse("${NONE}"), open).IsUnknown.ShouldBeTrue();
        TemplateEvaluation.Evaluate(VariableTemplate.Parse("${A}"), open).IsUnknown.ShouldBeFalse();
    }

    [Fact]
    public void A_negative_length_makes_Flux_fail() =>
        TemplateEvaluation.Evaluate(VariableTemplate.Parse("${A:0:-1}"), Variables).Error.ShouldNotBeNull();

    [Fact]
    public void Offsets_are_those_of_the_text()
    {
        var expression = VariableTemplate.Parse("ab ${NONE:=x${A}} c").Expressions().ToArray();
        expression.Select(part => (part.Name, part.Span.Start, part.Span.Length)).ShouldBe([("NONE", 3, 14), ("A", 12, 4)]);
        expression[0].NameSpan.ShouldBe(new Yaml.TextSpan(5, 4));
    }

    [Fact]
    public void Never_throws_and_covers_the_text()
    {
        Gen.Char["${}A:=-/#%^,[]\\ *b"].Array[0, 24].Select(chars => new string(chars)).Sample(text =>
        {
            var template = VariableTemplate.Parse(text);
            TemplateEvaluation.Evaluate(template, Variables);
            if (template.Error is null)
            {
                string.Concat(template.Parts.Select(part => text.Substring(part.Span.Start, part.Span.Length))).ShouldBe(text);
            }
            else
            {
                template.Error.Span.End.ShouldBeLessThanOrEqualTo(text.Length);
            }
        }, iter: 20_000);
    }

    [Theory]
    [InlineData("A", true)]
    [InlineData("_a1", true)]
    [InlineData("1a", false)]
    [InlineData("a-b", false)]
    [InlineData("", false)]
    [InlineData("ä", false)]
    public void Names_of_supplied_variables_are_checked(string name, bool isValid) => VariableSet.IsValidName(name).ShouldBe(isValid);
}

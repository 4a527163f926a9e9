using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux.Tests;

public sealed class PostBuildSubstitutionTests
{
    [Theory]
    // Quotes that YAML does not need are lost before the substitution.
    [InlineData("\"${PORT}\"", "8080", YamlScalarType.Integer)]
    [InlineData("'${FLAG}'", "true", YamlScalarType.Boolean)]
    [InlineData("${NAME}", "web", YamlScalarType.String)]
    [InlineData("\"${EMPTY}\"", "", YamlScalarType.Null)]
    [InlineData("\"${PORT}-x\"", "8080-x", YamlScalarType.String)]
    [InlineData("${QUOTE}${PORT}${QUOTE}", "8080", YamlScalarType.String)]
    // Quotes that it needs stay.
    [InlineData("\" ${PORT}\"", " 8080", YamlScalarType.String)]
    [InlineData("\"[${PORT}]\"", "[8080]", YamlScalarType.String)]
    [InlineData("\"${PORT}: x\"", "8080: x", YamlScalarType.String)]
    [InlineData("\"it's: ${PORT}\"", "it's: 8080", YamlScalarType.String)]
    [InlineData("\"tab\\t${PORT}\"", "tab\t8080", YamlScalarType.String)]
    [InlineData("\"a\\n${PORT}\"", "a\n8080", YamlScalarType.String)]
    [InlineData("\"${COLON} #x\"", "a:b", YamlScalarType.String)]
    public void A_value_is_read_again_as_Flux_writes_it(string written, string expected, YamlScalarType type)
    {
        var scalar = Substitute($"a: {written}\n").Root["a"].ShouldBeOfType<YamlScalar>();
        scalar.Value.ShouldBe(expected == "a:b" ? "a:b #x" : expected);
        scalar.Type.ShouldBe(type);
    }

    [Fact]
    public void A_value_may_become_a_list_or_a_mapping()
    {
        var root = Substitute("a: ${LIST}\nb:\n  - ${PAIR}\n").Root;
        root["a"].ShouldBeOfType<YamlSequence>().Items.Select(item => item.AsScalar()!.Value).ShouldBe(["x", "y"]);
        root["a"]!.Location.Start.ShouldBe(new LinePosition(1, 4));
        root["b"]!.AsSequence()!.Items[0].GetString("key").ShouldBe("value");
    }

    [Fact]
    public void Text_that_is_no_YAML_afterwards_is_a_problem_at_its_place()
    {
        var result = Substitute("a: 1\nb: ${PAIR}\n");
        result.Problems.ShouldHaveSingleItem().Where.ToString().ShouldBe("t.yaml:2:4");
    }

    [Fact]
    public void Keys_are_substituted_too()
    {
        var root = Substitute("metadata:\n  ${NAME}-x: 1\n  \"${PORT}\": 2\n").Root;
        root.Get("metadata", "web-x").ShouldNotBeNull();
        root.Get("metadata", "8080").ShouldNotBeNull();
    }

    [Fact]
    public void Each_part_keeps_its_place_and_names_its_definition()
    {
        var scalar = Substitute("image: \"ghcr.io/${NAME}:${PORT}\"\n").Root["image"].ShouldBeOfType<YamlScalar>();
        scalar.Value.ShouldBe("ghcr.io/web:8080");
        var text = scalar.EmbeddedText();
        text.Locate(new TextSpan(12, 4)).Span.ShouldBe(new TextSpan(24, 7));
        text.Locate(new TextSpan(8, 3)).Span.ShouldBe(new TextSpan(16, 7));
        text.Locate(new TextSpan(0, 7)).Span.ShouldBe(new TextSpan(8, 7));
        scalar.Derivation!.By.ShouldBe("postBuild");
        scalar.Derivation.Replaced.ShouldBeOfType<YamlScalar>().Value.ShouldBe("ghcr.io/${NAME}:${PORT}");
        scalar.Derivation.Inputs.Select(input => input.Location.ToString()).ShouldBe(["v.yaml:1:7", "v.yaml:2:7"]);
    }

    [Fact]
    public void A_scalar_that_is_one_expression_stands_at_it()
    {
        var scalar = Substitute("policy: \"${NAME}\"\n").Root["policy"].ShouldBeOfType<YamlScalar>();
        scalar.Location.Span.ShouldBe(new TextSpan(9, 7));
    }

    [Fact]
    public void YAML_inside_a_block_keeps_its_places()
    {
        var scalar = Substitute("data:\n  values.yaml: |\n    image:\n      tag: ${PORT}\n      name: x\n").Root.Get("data", "values.yaml").ShouldBeOfType<YamlScalar>();
        scalar.Value.ShouldBe("image:\n  tag: 8080\n  name: x\n");
        var inner = YamlParser.Parse(scalar.EmbeddedText()).Documents[0].Root!;
        inner.Get("image", "tag")!.Location.ToString().ShouldBe("t.yaml:4:12");
        inner.Get("image", "name")!.Location.ToString().ShouldBe("t.yaml:5:13");
    }

    [Fact]
    public void What_is_unknown_is_marked_and_kept_as_written()
    {
        var scalar = Substitute("host: app.${SECRET}\n").Root["host"].ShouldBeOfType<YamlScalar>();
        scalar.IsUnknown.ShouldBeTrue();
        scalar.Value.ShouldBe("app.${SECRET}");
    }

    [Fact]
    public void An_undefined_variable_is_empty_before_Flux_2_9_and_a_failure_since()
    {
        Substitute("a: x${NONE}\n", isStrict: false).Root.GetString("a").ShouldBe("x");
        var strict = Substitute("a: x${NONE}\n");
        strict.Root["a"]!.IsUnknown.ShouldBeTrue();
        var use = strict.Uses.ShouldHaveSingleItem();
        use.State.ShouldBe(VariableState.Undefined);
        use.Where.ToString().ShouldBe("t.yaml:1:5");
    }

    [Theory]
    [InlineData("labels", "disabled", true)]
    [InlineData("annotations", "disabled", true)]
    [InlineData("annotations", "Disabled", false)]
    [InlineData("annotations", "true", false)]
    public void An_object_opts_out_by_the_exact_word(string where, string word, bool isDisabled)
    {
        var result = Substitute($"metadata:\n  {where}:\n    kustomize.toolkit.fluxcd.io/substitute: \"{word}\"\na: ${{NAME}}\n");
        result.IsDisabled.ShouldBe(isDisabled);
        result.Root.GetString("a").ShouldBe(isDisabled ? "${NAME}" : "web");
    }

    [Fact]
    public void What_does_not_change_is_shared()
    {
        var root = Parse("a: {b: [1, $x]}\nc: ${NAME}\n");
        var result = PostBuildSubstitution.Apply(root, Variables, isStrict: true).Root;
        result["a"].ShouldBeSameAs(root["a"]);
        PostBuildSubstitution.Apply(Parse("a: $b\n"), Variables, isStrict: true).Root.GetString("a").ShouldBe("$b");
    }

    [Fact]
    public void A_broken_expression_is_a_problem_at_its_place() =>
        Substitute("a: |\n  #!/bin/sh\n  echo ${X[@]}\n").Problems.ShouldHaveSingleItem().Where.ToString().ShouldBe("t.yaml:3:8");

    private static VariableSet Variables { get; } = MakeVariables();

    private static VariableSet MakeVariables()
    {
        var file = Parse("NAME: web\nPORT: \"8080\"\nFLAG: \"true\"\nEMPTY: \"\"\nQUOTE: '\"'\nLIST: \"[x, y]\"\nPAIR: \"key: value\"\nCOLON: a:b\n", "v.yaml");
        var variables = file.Entries.ToImmutableDictionary(
            entry => entry.Name!, entry => new FluxVariable(entry.Name!, entry.Value.AsScalar()!.Value, entry.Value, "test"), StringComparer.Ordinal);
        return new VariableSet(variables.Add("SECRET", new FluxVariable("SECRET", null, null, "test")), null);
    }

    private static SubstitutionResult Substitute(string yaml, bool isStrict = true) => PostBuildSubstitution.Apply(Parse(yaml), Variables, isStrict);

    private static YamlMapping Parse(string yaml, string path = "t.yaml") =>
        YamlParser.Parse(new SourceText(path, yaml)).Documents[0].Root.ShouldBeOfType<YamlMapping>();
}

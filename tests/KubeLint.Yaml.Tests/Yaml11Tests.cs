namespace KubeLint.Yaml.Tests;

/// <summary>Types as sigs.k8s.io/yaml gives them (go-yaml v2's resolve.go).</summary>
public class Yaml11Tests
{
    [Theory]
    [InlineData(YamlScalarType.Null, "", "~", "null", "Null", "NULL")]
    [InlineData(YamlScalarType.Boolean, "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE", "n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE")]
    [InlineData(YamlScalarType.Integer, "0", "1", "-1", "+1", "002", "-017", "0o7", "0O17", "0x1F", "-0x1f", "0b101", "-0b101", "1_000", "1__0_", "0x_F", "9223372036854775807", "-9223372036854775808", "18446744073709551615")]
    [InlineData(YamlScalarType.Float, "1e3", "1E3", "1e+3", "-1.5e-3", ".5", "-.5", "+.5", "1.", "1.5", "08", "09", "1_000.5", ".inf", "-.inf", "+.Inf", ".INF", ".nan", ".NaN", "18446744073709551616", "-9223372036854775809", "+9223372036854775808")]
    [InlineData(YamlScalarType.String, "nUll", "tRUE", "yES", "oN", "0o8", "0xG", "0b2", "1:30", "190:20:30", "2001-01-01", "2001-01-01T00:00:00Z", "=", "<<", ".", "-", "+", "--1", "1e", "1e+", "e3", "1.2.3", "v1", "_1", "- ", "1 ", "1e999", ".inF", "0x", "0b", "+.", "._5", "½", "١", "1,000", "None", "0x1p-2", "Infinity", "NaN", "nan", "inf", "0.0.0.0", "1e1.5")]
    public void A_plain_scalar_is_what_Kubernetes_takes_it_for(YamlScalarType expected, params string[] values)
    {
        foreach (var value in values)
        {
            Yaml11.ResolvePlain(value).ShouldBe(expected, value);
        }
    }

    [Theory]
    [InlineData("a: 'yes'", YamlScalarType.String)]
    [InlineData("a: \"1\"", YamlScalarType.String)]
    [InlineData("a: |\n  1", YamlScalarType.String)]
    [InlineData("a: !!str 1", YamlScalarType.String)]
    [InlineData("a: !!int '1'", YamlScalarType.Integer)]
    [InlineData("a: !!float 1", YamlScalarType.Float)]
    [InlineData("a: !!bool 'yes'", YamlScalarType.Boolean)]
    [InlineData("a: !!null ''", YamlScalarType.Null)]
    [InlineData("a: !!binary aGk=", YamlScalarType.String)]
    [InlineData("a: !custom 1", YamlScalarType.String)]
    [InlineData("a: ! 1", YamlScalarType.String)]
    public void Quotes_and_tags_decide_first(string content, YamlScalarType expected) => Parse.Root(content).Get("a")!.AsScalar()!.Type.ShouldBe(expected);

    [Fact]
    public void Booleans_have_a_value()
    {
        var root = Parse.Root("{a: on, b: Off, c: '1', d: true, e: 'true'}");
        new[] { "a", "b", "c", "d", "e" }.Select(key => root.Get(key)!.AsScalar()!.AsBoolean()).ShouldBe([true, false, null, true, null]);
    }
}

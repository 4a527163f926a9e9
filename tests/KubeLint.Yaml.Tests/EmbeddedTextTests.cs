using CsCheck;

namespace KubeLint.Yaml.Tests;

public class EmbeddedTextTests
{
    [Theory]
    [InlineData("a: |\n  x: 1\n  y: 2\n")]
    [InlineData("a: |\r\n  x: 1\r\n  y: 2\r\n")]
    [InlineData("a: |-\n    x: 1\n    y: 2\nb: c")]
    [InlineData("a: |+\n\n  x: 1\n\n  y: 2\n\n")]
    [InlineData("a: |2\n    x: 1\n    y: 2\n")]
    [InlineData("- - |\n    x: 1\n    y: 2\n")]
    [InlineData("a: &t |\n  x: 1\n  y: 2\n")]
    [InlineData("a: | # y: 9\n  # y\n  x: 1 \n  y: 2\n")]
    [InlineData("a: |\u0085  x: 1\u0085  y: 2\u0085")]
    [InlineData("a: >\n  x: 1\n\n  y: 2\n")]
    [InlineData("a: >\n  {x: 1,\n  y: 2}\n")]
    [InlineData("a: >\n  x:\n   - 1\n  y: 2\n")]
    [InlineData("a: \"x: 1\\ny: 2\\n\"")]
    [InlineData("a: \"x: 1\\n\\x79: 2\"")]
    [InlineData("a: \"x: 1\\n\\u0079: 2\"")]
    [InlineData("a: \"\\U0001F600: 1\\ny: 2\"")]
    [InlineData("a: \"{\\\"x\\\": 1, y: 2}\"")]
    [InlineData("a: \"{x: 1,\n    y: 2}\"")]
    [InlineData("a: \"{x: 1,  \\\n    \\ y: 2}\"")]
    [InlineData("a: \"x: 1\n\n   y: 2\"")]
    [InlineData("a: \"x: 1\\\n\n\n   y: 2\"")]
    [InlineData("a: '{''x'': 1, y: 2}'")]
    [InlineData("a: 'x: 1\n\n   y: 2'")]
    [InlineData("a: {b: '{x: 1, y: 2}'}")]
    [InlineData("a: \"\\t{x: 1, y: 2}\"")]
    public void A_node_inside_a_scalar_stands_at_its_place_in_the_file(string content)
    {
        var outer = Parse.Nodes(Parse.Root(content)).OfType<YamlScalar>().Single(scalar => scalar.Value.Contains('1', StringComparison.Ordinal));
        var file = YamlParser.Parse(outer.EmbeddedText());
        file.Problems.ShouldBeEmpty();
        var entry = file.Documents[0].Root!.AsMapping()!.Find("y")!.Value;
        entry.Key.InFile().ShouldBe(content.Contains("\\x79", StringComparison.Ordinal) ? "\\x79" : content.Contains("\\u0079", StringComparison.Ordinal) ? "\\u0079" : "y");
        entry.Value.InFile().ShouldBe("2");
        entry.Key.Location.Span.Start.ShouldBeLessThan(entry.Value.Location.Span.Start);
        entry.Value.Location.Span.ShouldBe(new TextSpan(content.LastIndexOf('2'), 1));
        entry.Value.Location.Text.Path.ShouldBe("a.yaml");
    }

    [Fact]
    public void A_text_in_a_text_in_a_text_maps_to_the_file()
    {
        const string Content = """
            spec:
              patches:
                - patch: |
                    - op: add
                      path: /data
                      value:
                        values.yaml: |-
                          image:
                            tag: latest
                        json: "{\"image\": {\"tag\": \"v1\"}}"
            """;
        var patches = Parse.Root(Content).Get("spec", "patches")!.AsSequence()!;
        var patch = YamlParser.Parse(patches.Items[0].Get("patch")!.AsScalar()!.EmbeddedText()).Documents[0].Root!.AsSequence()!.Items[0];
        var values = YamlParser.Parse(patch.Get("value", "values.yaml")!.AsScalar()!.EmbeddedText()).Documents[0].Root!;
        var json = YamlParser.Parse(patch.Get("value", "json")!.AsScalar()!.EmbeddedText()).Documents[0].Root!;

        values.Get("image", "tag")!.InFile().ShouldBe("latest");
        values.Get("image", "tag")!.Location.Start.ShouldBe(new LinePosition(9, 22));
        json.Get("image", "tag")!.InFile().ShouldBe("\\\"v1\\\"");
        json.Get("image", "tag")!.Location.Start.ShouldBe(new LinePosition(10, 42));
        patch.Get("path")!.InFile().ShouldBe("/data");
    }

    [Fact]
    public void A_value_that_is_not_as_written_maps_to_its_scalar()
    {
        var written = Parse.Root("a: |\n  x: ${tag}\n  y: 2\n").Get("a")!.AsScalar()!;
        var computed = new YamlScalar(written.Source, written.Span, "x: latest\ny: 2\n", written.Style, new NodeExtras(Derivation: new Derivation("postBuild", written)));
        var root = YamlParser.Parse(computed.EmbeddedText()).Documents[0].Root!;
        root.Get("x")!.InFile().ShouldBe("${tag}\n  y: 2");
        root.AsMapping()!.Find("x")!.Value.Key.InFile().ShouldBe("x");
        written.Span.Contains(root.Get("y")!.Location.Span).ShouldBeTrue();
    }

    [Fact]
    public void An_empty_value_has_a_place()
    {
        foreach (var content in new[] { "a: ''", "a: |\nb: 1", "a: \"\"", "a:" })
        {
            var scalar = Parse.Root(content).Get("a")!.AsScalar()!;
            var location = scalar.EmbeddedText().Locate(default);
            scalar.Span.Touches(location.Span.Start).ShouldBeTrue();
        }
    }

    // Values as people write them in a block, a quoted scalar, on several lines.
    private static readonly Gen<string> Value =
        Gen.OneOfConst("a", "b:", " ", "  ", "\n", "\n\n", "\t", "'", "\"", "\\", "#", "-", "{", "\U0001F600", "é", "\\n", "\r", "k: v", "\0", "\u0007").Array[0, 12]
            .Select(parts => string.Concat(parts));

    [Fact]
    public void Every_code_unit_maps_into_its_scalar_and_in_order() =>
        Gen.Select(Value, Gen.Enum<YamlScalarStyle>(), Gen.Int[1, 9], Gen.OneOfConst("\n", "\r\n")).Sample((value, style, indentation, lineBreak) =>
        {
            var content = Write(value.Replace("\r", "", StringComparison.Ordinal), style, indentation).Replace("\n", lineBreak, StringComparison.Ordinal);
            var file = Parse.Text("k:\n  - " + content + lineBreak + "z: 1");
            if (!file.Problems.IsEmpty || file.Documents is not [{ Root: YamlMapping root }] || root.Get("k")?.AsSequence()?.Items is not [YamlScalar scalar])
            {
                return;
            }

            CheckMap(scalar);
        }, iter: 2_000);

    internal static void CheckMap(YamlScalar scalar, bool isExact = true)
    {
        var inner = scalar.EmbeddedText();
        var previous = -1;
        for (var i = 0; i < inner.Content.Length; i++)
        {
            var place = inner.Locate(new TextSpan(i, 1)).Span;
            var c = inner.Content[i];
            // A block's last blank lines may be its value, but stand behind what a person calls the scalar.
            var isInside = scalar.Span.Contains(place) || c is ' ' or '\n';
            var isSame = !isExact || scalar.Style == YamlScalarStyle.DoubleQuoted || c is ' ' or '\n' || scalar.Source.Content[place.Start] == c;
            if (place.Start < previous || !isInside || !isSame)
            {
                Assert.Fail($"{i} of '{inner.Content}' at {place} behind {previous} in {scalar.Span}");
            }

            previous = place.Start;
        }
    }

    private static string Write(string value, YamlScalarStyle style, int indentation)
    {
        var lines = value.Split('\n');
        var blanks = new string(' ', indentation + 2);
        return style switch
        {
            YamlScalarStyle.SingleQuoted => $"'{value.Replace("'", "''", StringComparison.Ordinal).Replace("\n", "\n" + blanks, StringComparison.Ordinal)}'",
            YamlScalarStyle.DoubleQuoted => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal).Replace("\n", "\\n\\\n" + blanks, StringComparison.Ordinal)}\"",
            YamlScalarStyle.Literal => $"|{indentation}\n" + string.Join('\n', lines.Select(line => blanks + line)),
            YamlScalarStyle.Folded => $">{indentation}+\n" + string.Join('\n', lines.Select(line => blanks + line)) + "\n\n",
            _ => string.Join("\n" + blanks, lines),
        };
    }
}

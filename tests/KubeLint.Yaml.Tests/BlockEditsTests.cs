namespace KubeLint.Yaml.Tests;

/// <summary>Entries come and go with whole lines, or not at all.</summary>
public sealed class BlockEditsTests
{
    [Theory]
    [InlineData("a:\n  b: 1\n  c: 2\n", "a:\n  c: 2\n")]
    [InlineData("a:\n  c: 2\n  b: 1", "a:\n  c: 2")]
    [InlineData("a:\r\n  b:\r\n    d: 1\r\n    e: [1,\r\n      2]\r\n  c: 2\r\n", "a:\r\n  c: 2\r\n")]
    [InlineData("a:\n  b: |\n    text\n\n  # about c\n  c: 2\n", "a:\n\n  # about c\n  c: 2\n")]
    [InlineData("a:\n  - b: 1\n    c: 2\n", null)]
    [InlineData("a:\n  b: 1 # why\n  c: 2\n", null)]
    [InlineData("a:\n  b:\n    # why\n    d: 1\n  c: 2\n", null)]
    [InlineData("a:\n  b: &x 1\n  c: *x\n", null)]
    [InlineData("a: {b: 1, c: 2}\n", null)]
    [InlineData("a:\n  b: 1\n", null)]
    public void Removes(string text, string? expected)
    {
        var mapping = Find(text);

        Apply(text, BlockEdits.Remove(mapping, "b")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("a:\n  b: 1\n", "a:\n  b: 1\n  x:\n    y: 2\n")]
    [InlineData("a:\r\n  b: 1 # one\r\n  c:\r\n    d: 1\r\n", "a:\r\n  b: 1 # one\r\n  x:\r\n    y: 2\r\n  c:\r\n    d: 1\r\n")]
    [InlineData("a:\n  - b: 1", "a:\n  - b: 1\n    x:\n      y: 2")]
    [InlineData("a:\n  b: |\n    text\n", null)]
    [InlineData("a: {b: 1}\n", null)]
    public void Inserts(string text, string? expected)
    {
        var mapping = Find(text);

        Apply(text, BlockEdits.Insert(mapping, "x:", "  y: 2")).ShouldBe(expected);
    }

    [Fact]
    public void Leaves_texts_inside_scalars_alone()
    {
        var outer = (YamlScalar)YamlParser.Parse(new SourceText("x", "patch: |\n  b: 1\n  c: 2\n")).Documents[0].Root!.Get("patch")!;
        var inner = (YamlMapping)YamlParser.Parse(outer.EmbeddedText()).Documents[0].Root!;

        BlockEdits.Remove(inner, "b").ShouldBeNull();
        BlockEdits.Insert(inner, "x: 1").ShouldBeNull();
    }

    private static YamlMapping Find(string text)
    {
        var node = YamlParser.Parse(new SourceText("x", text)).Documents[0].Root!.Get("a")!;
        return (node.AsSequence() is { } items ? items.Items[0] : node).AsMapping()!;
    }

    private static string? Apply(string text, TextEdit? edit) => edit is { } known ? TextEdits.Apply(text, [known]).Content : null;
}

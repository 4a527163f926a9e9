using CsCheck;

using KubeLint.Kustomize.Output;
using KubeLint.Kustomize.Patching;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Tests.Patching;

public class JsonPatchTests
{
    [Theory]
    [InlineData("[{op: add, path: /d, value: {e: 1}}]", "a: 1\nb:\n- x\n- \"y\"\nc/d: 2\nd:\n  e: 1\n")]
    [InlineData("[{op: add, path: /b/-, value: z}]", "a: 1\nb:\n- x\n- \"y\"\n- z\nc/d: 2\n")]
    [InlineData("[{op: add, path: /b/1, value: z}]", "a: 1\nb:\n- x\n- z\n- \"y\"\nc/d: 2\n")]
    [InlineData("[{op: add, path: /b/-1, value: z}]", "a: 1\nb:\n- x\n- \"y\"\n- z\nc/d: 2\n")]
    [InlineData("[{op: replace, path: /b/-1, value: z}]", "a: 1\nb:\n- x\n- z\nc/d: 2\n")]
    [InlineData("[{op: replace, path: /c~1d, value: 3}]", "a: 1\nb:\n- x\n- \"y\"\nc/d: 3\n")]
    [InlineData("[{op: remove, path: /b/0}, {op: remove, path: /a}]", "b:\n- \"y\"\nc/d: 2\n")]
    [InlineData("[{op: move, path: /b/0, from: /a}]", "b:\n- 1\n- x\n- \"y\"\nc/d: 2\n")]
    [InlineData("[{op: copy, path: /d, from: /b}]", "a: 1\nb:\n- x\n- \"y\"\nc/d: 2\nd:\n- x\n- \"y\"\n")]
    [InlineData("[{op: test, path: /b, value: [x, 'y']}, {op: test, path: /none, value: null}, {op: remove, path: /b}]", "a: 1\nc/d: 2\n")]
    [InlineData("[{op: add, path: ignored/a, value: yes}]", "a: true\nb:\n- x\n- \"y\"\nc/d: 2\n")]
    [InlineData("[{op: replace, path: '', value: {x: {8080: 2020-01-01}}}]", "x:\n  \"8080\": \"2020-01-01\"\n")]
    public void Operations_are_applied_as_kustomize_applies_them(string operations, string expected)
    {
        var result = JsonPatch.Apply(Parse("a: 1\nb: [x, 'y']\nc/d: 2\n"), Parse("ops: " + operations)["ops"]!);

        result.Error.ShouldBeNull();
        KustomizeYamlWriter.Write([result.Value!]).ShouldBe(expected);
    }

    [Theory]
    [InlineData("[{op: add, path: /x/y, value: 1}]", "The 'add' operation does not apply: the object has no path '/x/y'", "/x/y")]
    [InlineData("[{op: replace, path: /x, value: 1}]", "The 'replace' operation does not apply: the object has no key 'x' at '/x'", "/x")]
    [InlineData("[{op: remove, path: /x}]", "The 'remove' operation does not apply: the object has no key 'x' at '/x'", "/x")]
    [InlineData("[{op: move, path: /a, from: /x}]", "The 'move' operation does not apply: the object has no key 'x' at '/x'", "/x")]
    [InlineData("[{op: replace, path: /b/2, value: 1}]", "'2' in '/b/2' is no index of the list there, which has 2 elements", "/b/2")]
    [InlineData("[{op: test, path: /a, value: '1'}]", "The test of the value at '/a' failed", "'1'")]
    [InlineData("[{op: append, path: /a, value: 1}]", "An operation's 'op' must be add, remove, replace, move, copy or test", "append")]
    [InlineData("[{op: remove, path: 1}]", "The operation's 'path' must be a string such as '/spec/replicas'", "1")]
    [InlineData("[no]", "An operation of a JSON patch is a mapping with 'op' and 'path'", "no")]
    [InlineData("text", "A JSON patch is a list of operations, each with 'op' and 'path'", "text")]
    public void What_does_not_apply_is_an_error_at_the_node_that_is_wrong(string operations, string message, string at)
    {
        var error = JsonPatch.Apply(Parse("a: 1\nb: [x, 'y']\n"), Parse("ops: " + operations)["ops"]!).Error.ShouldNotBeNull();

        error.Message.ShouldBe(message);
        error.Node.Source.Content.Substring(error.Node.Span.Start, error.Node.Span.Length).ShouldBe(at);
    }

    [Theory]
    [InlineData("- op: add\n  path: /a", "The operation is missing its 'value'")]
    [InlineData("- op: copy\n  path: /a", "The operation is missing its 'from'")]
    [InlineData("- op: remove", "The operation is missing its 'path'")]
    public void An_operation_without_what_it_needs_is_an_error(string operations, string message)
    {
        JsonPatch.Apply(Parse("a: 1"), ParseAny(operations)).Error!.Message.ShouldBe(message);
    }

    [Fact]
    public void A_text_that_begins_with_a_bracket_must_be_JSON()
    {
        JsonPatch.Apply(Parse("a: 1"), ParseAny("[{op: remove, path: /a}]")).Error!.Message.ShouldStartWith("A patch that begins with '[' must be valid JSON");
        JsonPatch.Apply(Parse("a: 1"), ParseAny("[{\"op\": \"remove\", \"path\": \"/a\"}]")).Error.ShouldBeNull();
    }

    [Fact]
    public void Untouched_nodes_are_shared_and_new_ones_are_the_patch_s()
    {
        var target = Parse("a: {b: 1, c: [1]}\nd: {e: 1}\n");
        var operations = ParseAny("- op: add\n  path: /a/new\n  value: {x: 1}\n");

        var result = JsonPatch.Apply(target, operations).Value!;

        result["d"].ShouldBeSameAs(target["d"]);
        result.Get("a", "c").ShouldBeSameAs(target.Get("a", "c"));
        result.Get("a", "new").ShouldBeSameAs(operations.AsSequence()!.Items[0].Get("value"));
        var key = ((YamlMapping)result["a"]!).Find("new")!.Value.Key.Location;
        key.Text.Content.Substring(key.Span.Start, key.Span.Length).ShouldBe("new");
    }

    [Fact]
    public void A_key_without_a_value_is_a_written_null_afterwards_and_a_large_integer_is_rounded()
    {
        // As kustomize does: the object goes through JSON, integers through floats.
        KustomizeYamlWriter.Write([JsonPatch.Apply(Parse("a:\nb: 9007199254740993\nc: 12345\n"), ParseAny("- op: test\n  path: /c\n  value: 12345")).Value!])
            .ShouldBe("a: null\nb: 9007199254740992\nc: 12345\n");
    }

    [Fact]
    public void Copies_of_copies_end_at_a_limit()
    {
        var operations = string.Concat(Enumerable.Repeat("- op: copy\n  from: /a\n  path: /a/-\n", 64));

        JsonPatch.Apply(Parse("a: [1]"), ParseAny(operations)).Error!.Message.ShouldBe("The patch's copies make the object too large");
    }

    [Fact]
    public void To_add_a_key_and_remove_it_leaves_the_object_as_it_was()
    {
        Gen.String[Gen.Char["ab/~-0"], 1, 5].Sample(key =>
        {
            var target = Parse("a0: 1\nlist: [1, 2]\n");
            var path = "/" + key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            var operations = ParseAny($"- op: add\n  path: '/list/-'\n  value: 3\n- op: remove\n  path: /list/-1\n- op: add\n  path: '{path}new'\n  value: 1\n- op: remove\n  path: '{path}new'\n");
            return KustomizeYamlWriter.Write([JsonPatch.Apply(target, operations).Value!]) == KustomizeYamlWriter.Write([target]);
        });
    }

    private static YamlMapping Parse(string text) => (YamlMapping)ParseAny(text);

    private static YamlNode ParseAny(string text)
    {
        var file = YamlParser.Parse(new SourceText("in.yaml", text));
        file.Problems.ShouldBeEmpty();
        return file.Documents.Single().Root!;
    }
}

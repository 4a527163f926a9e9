using CsCheck;

namespace KubeLint.Yaml.Tests;

/// <summary>No input throws, hangs or makes a tree that code which walks trees cannot survive.</summary>
public class HostileInputTests
{
    public static TheoryData<string, string> Inputs => new()
    {
        { "flow nesting", new string('[', 10_000) },
        { "closed flow nesting", new string('[', 10_000) + new string(']', 10_000) },
        { "mapping nesting", string.Concat(Enumerable.Repeat("{a: ", 10_000)) },
        { "block nesting", string.Concat(Enumerable.Range(0, 2_000).Select(i => new string(' ', i) + "a:\n")) },
        { "sequence nesting", string.Concat(Enumerable.Repeat("- ", 10_000)) + "a" },
        { "key nesting", string.Concat(Enumerable.Repeat("? ", 10_000)) + "a" },
        { "alias bomb", "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + Chain(30, i => $"a{i}: &a{i} [{string.Join(",", Enumerable.Repeat($"*a{i - 1}", 10))}]\n") },
        { "merge bomb", "a0: &a0 {k: v}\n" + Chain(40, i => $"a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}]}}\n") },
        { "alias chain", "a0: &a0 [x]\n" + Chain(10_000, i => $"a{i}: &a{i} [*a{i - 1}]\n") },
        { "merge chain", "a0: &a0 {k: v}\n" + Chain(10_000, i => $"a{i}: &a{i} {{<<: *a{i - 1}}}\n") },
        { "alias to itself", "a: &a [*a]" },
        { "NUL", "a: \0b" },
        { "binary", "PK\u0003\u0004\0\0\u0008" },
        { "control", "a: \u0007" },
        { "unterminated single", "a: 'b\nc" },
        { "unterminated double", "a: \"b\nc" },
        { "unterminated flow", "a: [b, {c: d" },
        { "unterminated tag", "a: !<b" },
        { "bad escape", "a: \"\\q\"" },
        { "bad unicode escape", "a: \"\\UFFFFFFFF\"" },
        { "bad directive", "%YAML 9.9\n---\na" },
        { "directive", "%" },
        { "tab", "a:\n\tb: c" },
        { "bad indentation", "a: |9\n x" },
        { "at sign", "a: @b" },
        { "long key", new string('k', 2_000) + ": v" },
        { "undefined tag handle", "a: !x!y z" },
        { "anchor without a name", "a: & b" },
        { "two anchors", "a: &b &c d" },
        { "at sign before a comment", "# c\n- @b # d\n# e\n" },
        { "backtick in a flow", "# c\n[a: `\n? ,\n" },
        { "quote behind a quote", "\r\n? \r]*x : '\n...\n # c\n" },
        { "colons", string.Concat(Enumerable.Repeat(": ", 10_000)) },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Is_a_problem_at_a_place(string name, string content)
    {
        name.ShouldNotBeNull();
        var file = Parse.Text(content);
        file.Problems.ShouldNotBeEmpty();
        Check(file);
    }

    [Theory]
    [InlineData("- a\n", 100_000)]
    [InlineData("- [[[[[[[[[[a, b]]]]]]]]]]\n", 10_000)]
    [InlineData("- &a b\n- *a\n", 50_000)]
    [InlineData("---\na: b # c\n", 30_000)]
    [InlineData("- |\n  a\n\n", 50_000)]
    [InlineData("# c\n", 100_000)]
    [InlineData("- a # c\r", 50_000)]
    public void Large_but_right_texts_have_none(string line, int count)
    {
        var file = Parse.Text(string.Concat(Enumerable.Repeat(line, count)));
        file.Problems.ShouldBeEmpty();
        file.Comments.Length.ShouldBe(line.Contains('#', StringComparison.Ordinal) ? count : 0);
    }

    [Fact]
    public void Many_keys_on_one_line_are_no_trouble()
    {
        var file = Parse.Text("{" + string.Join(", ", Enumerable.Range(0, 100_000).Select(i => $"key{i}: &anchor{i} v")) + "}");
        file.Problems.ShouldBeEmpty();
        file.Documents[0].Root!.AsMapping()!.Entries.Length.ShouldBe(100_000);
    }

    [Fact]
    public void Limits_can_be_set_and_say_what_was_over_them()
    {
        Messages("[[[1]]]", new YamlLimits { MaxDepth = 3 }).ShouldBeEmpty();
        Messages("[[[1]]]", new YamlLimits { MaxDepth = 2 }).ShouldBe(["Collections nest deeper than 2 levels"]);
        Messages("a: &a [1]\nb: [*a]", new YamlLimits { MaxDepth = 3 }).ShouldBeEmpty();
        Messages("a: &a [1]\nb: [*a]", new YamlLimits { MaxDepth = 2 }).ShouldBe(["Collections nest deeper than 2 levels with what the aliases stand for"]);
        Messages("[1, 2, 3]", new YamlLimits { MaxNodes = 4 }).ShouldBeEmpty();
        Messages("[1, 2, 3]", new YamlLimits { MaxNodes = 3 }).ShouldBe(["The document has more than 3 nodes"]);
        Messages("a: &a [1, 2]\nb: *a\nc: *a", new YamlLimits { MaxExpandedNodes = 6 }).ShouldBeEmpty();
        Messages("a: &a [1, 2]\nb: *a\nc: *a", new YamlLimits { MaxExpandedNodes = 5 }).ShouldBe(["The document's aliases stand for more than 5 nodes"]);

        static IEnumerable<string> Messages(string content, YamlLimits limits) => YamlParser.Parse(new SourceText("a", content), limits).Problems.Select(problem => problem.Message);
    }

    [Fact]
    public void Cancellation_ends_parsing()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => YamlParser.Parse(new SourceText("a", "a: 1"), null, cancelled.Token));
    }

    private static readonly Gen<string> Snippet = Gen.OneOfConst(
        "a", "b: c", ": ", "- ", "? ", "\n", "\n  ", "\n    ", "  ", "\t", "{", "}", "[", "]", ",", "'", "\"", "\\", "|", ">", "|+2\n", ">-\n", "&x ", "*x", "*x : ", "!t ",
        "!!str ", "!<u> ", "#", " # c\n", "---\n", "\n---\n", "\n...\n", "%YAML 1.1\n", "%TAG ! x\n", "<<: *x", "<<: [*x]", "\r\n", "\r", "\0", "\uFEFF", "\u0085", "\u2028", "\uD83D", "\uDE00",
        "\U0001F600", "@", "`", "\\x4", "\\u12", "~", "é");

    [Fact]
    public void Random_texts_never_throw_and_give_trees_that_hold_together() =>
        Snippet.Array[0, 30].Select(parts => string.Concat(parts)).Sample(content => Check(Parse.Text(content)), iter: 3_000);

    private const string Manifest = """
        # A comment
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: &meta {name: a, labels: {"x/y": 'z'}}
        spec:
          values: # inline
            list: &l
              - a: |
                  text
                   more
              - *l2
            empty:
            image: &i !!str "ghcr.io/a/b:v1@sha256:\u0030"
        ---
        <<: &l2 [1, 2.5, yes]
        """;

    [Fact]
    public void Changed_manifests_never_throw_and_give_trees_that_hold_together() =>
        Gen.Select(Gen.Int[0, Manifest.Length - 1], Gen.Int[0, 20], Snippet, Gen.Int[0, Manifest.Length - 1], Snippet).Sample(
            (at, length, text, at2, text2) =>
            {
                var changed = Manifest.Remove(at, Math.Min(length, Manifest.Length - at)).Insert(at, text);
                Check(Parse.Text(changed.Insert(Math.Min(at2, changed.Length), text2)));
            },
            iter: 2_000);

    private static string Chain(int count, Func<int, string> line) => string.Concat(Enumerable.Range(1, count).Select(line));

    // Spans lie in the text, children in their parents and in order, plain scalars read as they stand.
    private static void Check(YamlFile file)
    {
        var whole = new TextSpan(0, file.Text.Content.Length);
        foreach (var problem in file.Problems)
        {
            if (!whole.Contains(problem.Span) || problem.Span.Length < 0 || string.IsNullOrWhiteSpace(problem.Message))
            {
                Assert.Fail($"{problem} in {whole}");
            }
        }

        file.Comments.Count(comment => file.Text.Content[comment.Span.Start] != '#').ShouldBe(0);

        foreach (var document in file.Documents)
        {
            if (!whole.Contains(document.Span))
            {
                Assert.Fail($"{document.Span} in {whole}");
            }

            if (document.Root is { } root)
            {
                document.Span.Contains(root.Span).ShouldBeTrue();
                foreach (var node in Parse.Nodes(root))
                {
                    Check(node);
                }
            }
        }
    }

    private static void Check(YamlNode node)
    {
        IEnumerable<YamlNode> children = node switch
        {
            YamlMapping mapping => mapping.Entries.SelectMany(entry => new[] { entry.Key, entry.Value }),
            YamlSequence sequence => sequence.Items,
            _ => [],
        };
        var last = node.Span.Start;
        foreach (var child in children)
        {
            if (!node.Span.Contains(child.Span) || child.Span.Start < last)
            {
                Assert.Fail($"{child.Span} in {node.Span}, behind {last}");
            }

            last = child.Span.End;
        }

        if (node is YamlScalar { Style: YamlScalarStyle.Plain } scalar && scalar.Written().AsSpan().IndexOfAny("\r\n\u0085\u2028\u2029") < 0)
        {
            scalar.Written().ShouldBe(scalar.Value);
        }

        if (node is YamlScalar { Value.Length: < 1000 } any)
        {
            // Where the parser folds at the rarer line breaks (NEL, LS, PS), the rest of a value maps to the rest of its scalar.
            EmbeddedTextTests.CheckMap(any, isExact: false);
        }
    }
}

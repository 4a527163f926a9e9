using System.Text;

using KubeLint.Testing;

namespace KubeLint.Yaml.Tests;

/// <summary>What the quick reader reads is what YamlDotNet reads: nodes, places, problems and comments.</summary>
public class QuickReaderTests
{
    private static readonly string[] Values =
    [
        "", "a", "one two", "1.0", "~", "true", "-5", "--flag=x", "a:b", "http://x.io/y:1", "${A}", "x#y", "# c", "a # c", "a  # c ", "'q'", "'it''s'", "'a: b' # c", "\"d\"",
        "\"a \\\"b\\\" \\\\ \\n\"", "\"\\t\"", "\"#\"", "''", "\"\"", "[]", "{}", "[a, b]", "[ 'a',\"b\" , c ]", "[a, [b, {c: d}]]", "{a: b, 'c': [d]}", "[a,]", "{a}", "{a: }", "[a b, c:d]",
        "[a", "[http://x]", "[-1]", "|", "|-", "|+", "|2", "| # c", ">", ">-", "&x a", "*x", "&x", "&x # c", "&x [a]", "&x {a: b}", "&x 'q'", "&x |", "&y a", "*y # c", "&x-1 b", "&x: a", "&x a: b", "&x *x", "*x a", "&x &y a", "*x:", "&é a", "&", "*", "!t a", "!!str 1", "? a", "? ", "- a", "-", ": a", "a: b", "a:", "a :", "@a", "`a`", "%a", "'a", "\"a",
        "\"a\"b", "\"a\":b", "a\tb", "\ta", "a \t", "é", "a\u00A0", "'a' 'b'", "{a: b}c", "[a] # c", "[a]# c", "a\u0085b", "<<", "=", "a -", "'a'#b", "{a: [b]}", "{\"a\": 1}", "{\"a\":1}", "[a  , b]", "[ ]", "{ }",
    ];

    private static readonly string[] Anchors = ["&x", "&x a", "&y", "*x", "*y", "&x |"];

    private static readonly string[] Keys = ["a", "b", "c-d", "a.b/c", "'k'", "\"k\"", "a b", "a:b", "${K}", "<<", "a ", "1", "~", "?", "- a", "-", "- - a", "-   a", "- 'k'", "&x a", "# k", "a#", "..", ".a", "{a}", "[a]"];

    private static readonly string[] Lines = ["---", "--- # c", "--- a", "...", "%YAML 1.1", "# c", "  # c", "", "   ", "- ", "-", "  - a", "text", "  text", "\t", "----", "---a", "- |", "- []", "-\ta"];

    [Theory]
    [InlineData("a: b\n")]
    [InlineData("a: b")]
    [InlineData("---\na: b\n---\n# c\n\nb:\n  c: d # e\n")]
    [InlineData("# c\n---\n- a\n- b: c\n  d: e\n-   f:\n      - g\n")]
    [InlineData("a:\n- b\n- c:\n  - d\ne: f\n")]
    [InlineData("a:\nb:\n  -\n  - c\n  -\n")]
    [InlineData("a:   # c\n  b: 'c'\n  d: \"e\\\"f\"\n")]
    [InlineData("a: |\n  b\n\n    c # d\n# e\nf: |-\n  g\n\n\nh: i\n")]
    [InlineData("- - a\n  - b\n- - c\n")]
    [InlineData("a: [b, 'c', {d: e}] # f\ng: {}\nh: []\n")]
    [InlineData("a: b\na: c\n")]
    [InlineData("a: |\n  b\n")]
    [InlineData("a: &x b\nc: *x\nd: &y\n  e: &z [f] # g\nh:\n- &i\n  j: k\n- *y\nl:\n  <<: *y\n")]
    public void What_people_write_is_read_quickly(string text) => Quickly(text).ShouldBe(Thoroughly(text));

    [Theory]
    [InlineData("a: &x\n")]
    [InlineData("a: &x &y b\n")]
    [InlineData("- &x a: b\n")]
    [InlineData("a: *x\n")]
    [InlineData("a: !t b\n")]
    [InlineData("a: b\n  c\n")]
    [InlineData("a:\n  b\n")]
    [InlineData("a: >\n  b\n")]
    [InlineData("a: |+\n  b\n\n")]
    [InlineData("a: |\n  b")]
    [InlineData("a: b: c\n")]
    [InlineData("a: 'b\n  c'\n")]
    [InlineData("a: [b,\n  c]\n")]
    [InlineData("a: b\r\n")]
    [InlineData("a:\tb\n")]
    [InlineData("a: b\n b: c\n")]
    [InlineData("---\n---\na: b\n")]
    [InlineData("a\n")]
    [InlineData("# a\n")]
    [InlineData("")]
    public void The_rest_is_left_to_the_library(string text)
    {
        Quickly(text).ShouldBeNull();
        Dump(Parse.Text(text)).ShouldBe(Thoroughly(text));
    }

    [Fact]
    public void Any_text_of_usual_pieces_comes_out_the_same()
    {
        var read = 0;
        for (var seed = 0; seed < 20_000; seed++)
        {
            var text = Make(new Random(seed));
            if (Quickly(text) is { } quick)
            {
                read++;
                quick.ShouldBe(Thoroughly(text), $"seed {seed}:\n{text}");
            }
        }

        read.ShouldBeGreaterThan(2_000);
    }

    [SkippableTheory]
    [MemberData(nameof(CorporaTests.Names), MemberType = typeof(CorporaTests))]
    public void Real_files_come_out_the_same_and_most_are_read_quickly(string name)
    {
        var read = 0;
        var count = 0;
        foreach (var path in Directory.EnumerateFiles(TestPaths.Shared("corpora", name), "*.y*ml", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(path);
            count++;
            if (Quickly(text) is { } quick)
            {
                read++;
                quick.ShouldBe(Thoroughly(text), path);
            }
        }

        read.ShouldBeGreaterThan(count * 3 / 4);
    }

    // Some of the pieces belong together, so that a part of the texts is YAML.
    private static string Make(Random random)
    {
        var text = new StringBuilder();
        var lines = random.Next(1, 9);
        var indent = 0;
        for (var i = 0; i < lines; i++)
        {
            var roll = random.Next(12);
            if (roll == 0)
            {
                text.Append(Lines[random.Next(Lines.Length)]).Append('\n');
                continue;
            }

            indent = Math.Max(0, indent + random.Next(6) switch { 0 => -2, 1 => 2, 2 when random.Next(3) == 0 => random.Next(-1, 2), _ => 0 });
            var isEasy = random.Next(4) > 0;
            var value = random.Next(12) == 0 ? Anchors[random.Next(Anchors.Length)] : Values[random.Next(isEasy ? 12 : Values.Length)];
            text.Append(' ', indent);
            if (roll < 4)
            {
                text.Append("- ");
            }

            if (roll != 1)
            {
                text.Append(random.Next(4) > 0 ? random.Next(12) == 0 ? "<<" : ((char)('a' + random.Next(20))).ToString() : Keys[random.Next(Keys.Length)]).Append(':');
                indent = roll < 4 && random.Next(2) == 0 ? indent + 2 : indent;
            }

            text.Append(value.Length > 0 && roll != 1 ? " " : "").Append(value);
            text.Append(random.Next(30) == 0 ? " " : "").Append(i + 1 == lines && random.Next(6) == 0 ? "" : "\n");
            if (value.EndsWith('|') || (random.Next(10) == 0 && value.Length == 0))
            {
                for (var j = random.Next(4); j > 0; j--)
                {
                    text.Append(' ', random.Next(5) > 0 ? indent + 2 : random.Next(6)).Append(random.Next(5) switch { 0 => "", 1 => "# x", 2 => "a: b", 3 => " x ", _ => "text" }).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    private static string? Quickly(string content)
    {
        var text = new SourceText("a.yaml", content);
        using var tree = new TreeBuilder(text, YamlLimits.Default, new StringPool(), new TextSpan(0, content.Length), 0);
        var reader = new QuickReader(content, new StringPool(), tree);
        return reader.TryRead(CancellationToken.None) ? Dump(new YamlFile(text, tree.TakeDocuments(), [.. tree.Problems], reader.Comments)) : null;
    }

    private static string Thoroughly(string content) => Dump(YamlParser.ParseWithLibrary(new SourceText("a.yaml", content), YamlLimits.Default, new StringPool(), CancellationToken.None));

    private static string Dump(YamlFile file)
    {
        var text = new StringBuilder();
        foreach (var document in file.Documents)
        {
            text.Append($"document {document.Index} {document.Span}\n");
            if (document.Root is { } root)
            {
                Dump(root, 0, text);
            }
        }

        foreach (var problem in file.Problems)
        {
            text.Append($"problem {problem}\n");
        }

        foreach (var comment in file.Comments)
        {
            text.Append($"comment {comment}\n");
        }

        return text.ToString();
    }

    private static void Dump(YamlNode node, int depth, StringBuilder text)
    {
        text.Append(' ', depth).Append($"{node.Kind} {node.Span} {node.Tag} {node.Anchor} ");
        switch (node)
        {
            case YamlScalar scalar:
                text.Append($"{scalar.Style} '{scalar.Value}'\n");
                break;
            case YamlMapping mapping:
                text.Append($"{mapping.IsFlow}\n");
                foreach (var entry in mapping.Entries)
                {
                    Dump(entry.Key, depth + 1, text);
                    Dump(entry.Value, depth + 1, text);
                }

                break;
            case YamlSequence sequence:
                text.Append($"{sequence.IsFlow}\n");
                foreach (var item in sequence.Items)
                {
                    Dump(item, depth + 1, text);
                }

                break;
            case YamlAlias alias:
                text.Append($"*{alias.Name}\n");
                break;
        }
    }
}

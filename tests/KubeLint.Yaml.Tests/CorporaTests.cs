using KubeLint.Testing;

namespace KubeLint.Yaml.Tests;

public class CorporaTests
{
    /// <summary>The folders of the real repositories.</summary>
    public static TheoryData<string> Names { get; } = ["bjw-s", "kustomize-helm-example", "multi-tenancy", "onedr0p", "radix", "rcdailey", "stargate", "tyriis"];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Real_repositories_parse_without_a_problem_and_with_right_places(string name)
    {
        var root = TestPaths.Shared("corpora", name);
        var cache = new YamlFileCache(new DiskFileSource(), root);
        var count = 0;
        foreach (var path in Directory.EnumerateFiles(root, "*.y*ml", SearchOption.AllDirectories))
        {
            var file = cache.Parse(path);
            // One file is a template in which {{ a }} reads as a mapping in a mapping.
            file.Problems.ShouldAllBe(problem => problem.Kind == YamlProblemKind.ComplexKey && path.EndsWith("kubeconfig-template.yaml"));
            count++;
            foreach (var scalar in Parse.Nodes(file).OfType<YamlScalar>())
            {
                CheckPlace(scalar);
            }

            foreach (var comment in file.Comments)
            {
                file.Text.Content[comment.Span.Start].ShouldBe('#', path);
            }
        }

        count.ShouldBeGreaterThan(0);
    }

    private static void CheckPlace(YamlScalar scalar)
    {
        var written = scalar.Written();
        var isPlaced = scalar.Style switch
        {
            YamlScalarStyle.Plain => written.Contains('\n', StringComparison.Ordinal) || written == scalar.Value,
            YamlScalarStyle.SingleQuoted => written.Length > 1 && written[0] == '\'' && written[^1] == '\'',
            YamlScalarStyle.DoubleQuoted => written.Length > 1 && written[0] == '"' && written[^1] == '"',
            _ => written[0] == (scalar.Style == YamlScalarStyle.Literal ? '|' : '>'),
        };
        if (!isPlaced)
        {
            Assert.Fail($"{scalar.Location}: {written}");
        }

        var inner = scalar.EmbeddedText();
        var content = scalar.Source.Content;
        var previous = -1;
        for (var i = 0; i < inner.Content.Length; i++)
        {
            var place = inner.Locate(new TextSpan(i, 1)).Span;
            var c = inner.Content[i];
            var isRight = place.Start >= previous && (content[place.Start] == c || c is ' ' or '\n' || scalar.Style == YamlScalarStyle.DoubleQuoted);
            if (!isRight)
            {
                Assert.Fail($"{scalar.Location}: character {i}");
            }

            previous = place.Start;
        }
    }
}

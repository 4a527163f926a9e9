using System.Globalization;
using System.Text;

using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Tests;

/// <summary>Every node of a build says truly where it came from.</summary>
public class OriginTests
{
    // What may compute a scalar: generators, transformer fields, replacements, variables, name updates.
    private static readonly HashSet<string> Makers = new(StringComparer.Ordinal)
    {
        "namespace", "namePrefix", "nameSuffix", "labels", "commonLabels", "commonAnnotations", "images", "replicas", "replacements", "vars",
        "configMapGenerator", "secretGenerator", "nameSuffixHash", "nameReference", "behavior", "patches", "annotations", "buildMetadata",
        "IAMPolicyGenerator", "LabelTransformer", "AnnotationsTransformer", "ValueAddTransformer",
    };

    public static TheoryData<string> Cases() => [.. Shared.Cases()];

    public static TheoryData<string> Corpora() => [.. Shared.Corpora()];

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void The_text_at_the_origin_of_a_scalar_gives_it_in_a_case(string name)
    {
        Wrong(Shared.BuildCase(name)).ShouldBeEmpty();
    }

    [SkippableTheory]
    [MemberData(nameof(Corpora))]
    public void The_text_at_the_origin_of_a_scalar_gives_it_in_a_corpus(string corpus)
    {
        var builder = Shared.Builder(corpus);
        var root = TestPaths.Shared("corpora", corpus);

        foreach (var (_, directory) in Shared.Builds().Where(build => build.Corpus == corpus))
        {
            Wrong(builder.Build(Path.Combine(root, directory))).ShouldBeEmpty(directory);
        }
    }

    [SkippableFact]
    public void Few_scalars_are_computed()
    {
        Skip.If(TestPaths.SharedOrNull is null, "needs the shared folder");
        var report = new StringBuilder();
        foreach (var corpus in Shared.Corpora())
        {
            var builder = Shared.Builder(corpus);
            long all = 0, computed = 0;
            foreach (var (_, directory) in Shared.Builds().Where(build => build.Corpus == corpus))
            {
                foreach (var scalar in builder.Build(TestPaths.Shared("corpora", corpus, directory)).Objects.SelectMany(Scalars))
                {
                    all++;
                    computed += scalar.Derivation is null ? 0 : 1;
                }
            }

            report.Append(CultureInfo.InvariantCulture, $"{corpus}: {computed} of {all} scalars are computed, {100.0 * computed / all:F1} %\n");
        }

        Snapshots.Match(report.ToString(), "computed-scalars.txt", "tests/KubeLint.Kustomize.Tests");
    }

    private static IEnumerable<string> Wrong(KustomizeResult result)
    {
        foreach (var scalar in result.Objects.SelectMany(Scalars))
        {
            if (scalar.Source is null)
            {
                yield return $"'{scalar.Value}' has no origin";
            }
            else if (scalar.Derivation is { } derivation)
            {
                if (!Makers.Contains(derivation.By))
                {
                    yield return $"{scalar.Location}: '{scalar.Value}' is computed by '{derivation.By}'";
                }
            }
            else if (Read(scalar) is var read && read != Comparable(scalar))
            {
                yield return $"{scalar.Location}: '{read}' is not '{scalar.Value}'";
            }
        }
    }

    // Where the scalar's text stands inside another scalar the same must hold in the file, through all indentation,
    // if it is one line that needs no escapes there.
    private static string? Read(YamlScalar scalar)
    {
        var inner = scalar.Source.Content.Substring(scalar.Span.Start, scalar.Span.Length);
        var place = scalar.Location;
        var outer = place.Text.Content.Substring(place.Span.Start, place.Span.Length);
        if (outer != inner && !inner.Contains('\n', StringComparison.Ordinal) && !outer.Contains('\\', StringComparison.Ordinal))
        {
            return $"{outer} (in the file)";
        }

        var file = YamlParser.Parse(new SourceText("origin.yaml", inner));
        return file.Documents is [{ Root: YamlScalar read }] ? Comparable(read) : scalar.Span.Length == 0 ? "" : null;
    }

    // The line breaks behind a block scalar lie behind its span.
    private static string Comparable(YamlScalar scalar) =>
        scalar.Style is YamlScalarStyle.Literal or YamlScalarStyle.Folded ? scalar.Value.TrimEnd('\n') : scalar.Value;

    private static IEnumerable<YamlScalar> Scalars(YamlNode node) => node switch
    {
        YamlMapping mapping => mapping.Entries.SelectMany(entry => Scalars(entry.Key).Concat(Scalars(entry.Value))),
        YamlSequence sequence => sequence.Items.SelectMany(Scalars),
        YamlScalar scalar => [scalar],
        _ => throw new InvalidOperationException($"{node.Location}: an alias is left"),
    };
}

using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Reporting.Tests;

// Findings made by hand: reporters are tested without rules.
internal static class Sample
{
    public static RuleDescriptor LatestTag { get; } = new("KL1001", "image-latest-tag", "A container image has a mutable tag", Severity.Error)
    {
        Fix = FixSafety.Suggestion,
    };

    public static RuleDescriptor PullPolicy { get; } = new("KL1002", "image-pull-policy-always", "An image is pulled at every start", Severity.Warning);

    public static string LatestTagPage { get; } = """
        # KL1001 image-latest-tag

        ## What it does

        Reports a container image whose tag is `latest`,
        or that has **no tag**.

        Second paragraph.

        ## Why

        What runs depends on the day.
        """;

    // The range of the first occurrence of a token.
    public static Location At(string content, string token, string path = "apps/storage/s3.yaml")
    {
        var text = new SourceText(path, content);
        return new Location(text, new TextSpan(content.IndexOf(token, StringComparison.Ordinal), token.Length));
    }

    public static Diagnostic Finding(Location location, string message = "The tag `latest` is mutable", RuleDescriptor? rule = null) => new()
    {
        Rule = rule ?? LatestTag,
        Severity = (rule ?? LatestTag).DefaultSeverity,
        Message = message,
        Location = location,
    };

    public static RunReport Report(params ImmutableArray<Diagnostic> diagnostics) => new()
    {
        Diagnostics = diagnostics,
        Rules = [LatestTag, PullPolicy],
        ReadPage = rule => rule == LatestTag ? LatestTagPage : "",
        FileCount = 12,
        ToolVersion = "1.2.3",
        BaseDirectory = "/work/repo",
        RepositoryRoot = "/work/repo",
    };

    // Everything that a finding can carry.
    public static RunReport Full()
    {
        const string Release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: s3\n  namespace: storage\nspec:\n  values:\n    image:\n      repository: ghcr.io/rclone/rclone\n      tag: latest\n      pullPolicy: Always\n";
        var tag = At(Release, "latest", "apps/storage & more/s3 50%.yaml");
        var patch = At("- op: replace\n  path: /spec/values/image/tag\n  value: latest\n", "latest", "clusters/main/patch.yaml");
        return Report(
            Finding(tag) with
            {
                Help = "Write the version that runs, for instance `1.64.2`",
                Related = [new RelatedLocation(patch, "this patch sets it again")],
                Object = new ObjectId("helm.toolkit.fluxcd.io", "HelmRelease", "storage", "s3"),
                OtherObjects = [new ObjectId("helm.toolkit.fluxcd.io", "HelmRelease", "storage", "s3-copy")],
                Fixes = [new Fix("Pin the tag to 1.64.2", FixSafety.Suggestion, [new FileEdit(tag.Text, [new TextEdit(tag.Span, "1.64.2")])])],
            },
            Finding(tag with { Span = new TextSpan(tag.Text.Content.IndexOf("Always", StringComparison.Ordinal), 6) }, "Pulled at every start", PullPolicy)) with
        {
            Notes =
            [
                new RunNote(RunNoteKind.Execution, Severity.Info, "2 templates are no YAML and were skipped"),
                new RunNote(RunNoteKind.Configuration, Severity.Warning, "The rule name old-name is now image-latest-tag", patch),
            ],
        };
    }

    public static string Write(IReporter reporter, RunReport report)
    {
        using var output = new StringWriter { NewLine = "\n" };
        reporter.Write(report, output);
        return output.ToString();
    }
}

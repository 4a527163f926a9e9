using System.Collections.Immutable;
using System.Text.Json.Serialization;

using KubeLint.Analysis;

namespace KubeLint.Reporting;

/// <summary>GitLab's Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).</summary>
public sealed class GitLabReporter : IReporter
{
    private static readonly GitLabContext Context = new(new(GitLabContext.Default.Options) { Encoder = JsonText.Options.Encoder });

    /// <inheritdoc/>
    public void Write(RunReport report, TextWriter output)
    {
        var fingerprints = Fingerprints.Compute(report);
        ImmutableArray<GitLabIssue> issues = [.. report.Diagnostics.Select((diagnostic, i) => Issue(report, diagnostic, fingerprints[i]))];
        JsonText.Write(issues, Context.ImmutableArrayGitLabIssue, output);
    }

    private static GitLabIssue Issue(RunReport report, Diagnostic diagnostic, string fingerprint) => new(
        diagnostic.Help is { } help ? $"{RulePage.Sentence(diagnostic.Message)} {RulePage.Sentence(help)}" : RulePage.Sentence(diagnostic.Message),
        $"{diagnostic.Rule.Id} {diagnostic.Rule.Name}",
        fingerprint,
        diagnostic.Severity switch
        {
            Severity.Error => "critical",
            Severity.Warning => "major",
            _ => "info",
        },
        new GitLabLocation(
            report.RepositoryPath(diagnostic.Location.Text.Path),
            new GitLabLines(diagnostic.Location.Start.Line, diagnostic.Location.End.Line)));
}

internal sealed record GitLabIssue(
    string Description,
    [property: JsonPropertyName("check_name")] string CheckName,
    string Fingerprint,
    string Severity,
    GitLabLocation Location);

internal sealed record GitLabLocation(string Path, GitLabLines Lines);

internal sealed record GitLabLines(int Begin, int End);

[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImmutableArray<GitLabIssue>))]
internal sealed partial class GitLabContext : JsonSerializerContext;

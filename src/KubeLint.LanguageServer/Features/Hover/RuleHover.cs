using KubeLint.LanguageServer.Features.Explain;

namespace KubeLint.LanguageServer.Features.Hover;

/// <summary>Explains the findings at a token.</summary>
internal static class RuleHover
{
    private const string FirstSection = "## What it does";

    /// <summary>A text for each finding.</summary>
    public static IEnumerable<string> At(LanguageServerSetup setup, DocumentView view, int offset, CancellationToken cancellationToken)
    {
        foreach (var finding in view.Snapshot.FindingsIn(view.File, cancellationToken).Diagnostics)
        {
            if (finding.Location.FirstLine().Span.Touches(offset))
            {
                var rule = finding.Rule;
                var help = finding.Help is { } text ? $"\n\n{text}" : "";
                var page = RulePages.Read(setup, view.Snapshot.Setup, rule) is { } whole && WhatItDoes(whole) is { Length: > 0 } section ? $"\n\n{section}" : "";
                yield return $"[{rule.Id} {rule.Name}]({rule.HelpUri})\n\n**{finding.Message}**{help}{page}";
            }
        }
    }

    private static string WhatItDoes(string page)
    {
        var lines = page.ReplaceLineEndings("\n").Split('\n');
        return string.Join('\n', lines.SkipWhile(line => line != FirstSection).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))).Trim();
    }
}

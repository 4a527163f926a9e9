using KubeLint.Analysis;
using KubeLint.LanguageServer.Protocol;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Features.Completion;

/// <summary>Rules in <c># kubelint: ignore[</c>.</summary>
internal static class SuppressionCandidates
{
    private const string Marker = "kubelint:";

    /// <summary>The words that a comment may have behind its marker.</summary>
    private static readonly string[] Words = ["ignore", "ignore-file"];

    /// <summary>What could stand at an offset, and what of it is there; null where no such comment is typed.</summary>
    public static (TextSpan Span, IEnumerable<Candidate> Candidates)? At(SourceText text, int offset, RuleCatalog catalog)
    {
        var line = text.GetLineSpan(text.GetPosition(offset).Line);
        var head = text.Content.AsSpan(line.Start, offset - line.Start);
        var marker = head.LastIndexOf(Marker);
        if (marker < 0 || !head[..marker].TrimEnd().EndsWith("#"))
        {
            return null;
        }

        var body = head[(marker + Marker.Length)..];
        var open = body.IndexOf('[');
        if (open < 0)
        {
            var word = body.TrimStart();
            return (TextSpan.FromBounds(offset - word.Length, offset), Words.Select(item => new Candidate(item, CompletionItemKind.Keyword) { Suffix = "[" }));
        }

        if (body.Contains(']') || body[..open].Trim() is not ("ignore" or "ignore-file"))
        {
            return (new TextSpan(offset, 0), []);
        }

        var typed = body[(Math.Max(open, body.LastIndexOf(',')) + 1)..].TrimStart();
        var tail = text.Content.AsSpan(offset, line.End - offset);
        var end = tail.IndexOfAny(",] ") is >= 0 and var stop ? stop : tail.Length;
        return (TextSpan.FromBounds(offset - typed.Length, offset + end), Rules(catalog));
    }

    /// <summary>All rules by name, then by id.</summary>
    public static IEnumerable<Candidate> Rules(RuleCatalog catalog)
    {
        foreach (var rule in catalog.Rules.Select(entry => entry.Descriptor))
        {
            yield return new Candidate(rule.Name, CompletionItemKind.EnumMember) { Detail = rule.Id, Documentation = $"{rule.Title}. [{rule.Id}]({rule.HelpUri})" };
            if (rule.Id != rule.Name)
            {
                yield return new Candidate(rule.Id, CompletionItemKind.EnumMember) { Detail = rule.Name, Documentation = $"{rule.Title}. [{rule.Id}]({rule.HelpUri})", Order = 1 };
            }
        }
    }
}

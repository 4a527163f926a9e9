using System.Collections.Immutable;
using System.Text;

using KubeLint.LanguageServer.Navigation;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Features.Completion;

/// <summary>
/// Finds where somebody types in a text that need not parse: something is put in the place and the document parsed; where that cannot be, only
/// the lines are that lead to the place.
/// </summary>
internal static class SiteFinder
{
    /// <summary>The place of a token; null where it cannot be told.</summary>
    public static CompletionSite? Find(SourceText text, CursorToken token)
    {
        var filler = CompletionSite.Placeholder + (!token.IsKey || token.HasColon ? "" : token.IsFlow ? ": 0" : ":");
        var (start, end) = DocumentAround(text.Content, token.Span.Start);
        var before = text.Content[start..token.Span.Start];
        return Parse(before, filler, text.Content[token.Span.End..end], token) ?? Parse(LinesThatLead(before), filler, "", token);
    }

    private static CompletionSite? Parse(string before, string filler, string after, CursorToken token)
    {
        var file = YamlParser.Parse(new SourceText("", before + filler + after));
        if (NodeFinder.At(file, before.Length) is not { Node: YamlScalar { Value: CompletionSite.Placeholder } } place)
        {
            return null;
        }

        var path = place.Path.Select(step => step.Index < 0 ? step.Key ?? "" : "[]").ToImmutableArray();
        return new CompletionSite(place.Root, place.IsKey ? path[..^1] : path, place.Parents.IsEmpty ? null : place.Parents[^1] as YamlMapping, token);
    }

    private static (int Start, int End) DocumentAround(string content, int offset)
    {
        var start = offset == 0 ? -1 : content.LastIndexOf("\n---", offset - 1, StringComparison.Ordinal);
        var next = content.IndexOf("\n---", offset, StringComparison.Ordinal);
        return (start < 0 ? 0 : start + 1, next < 0 ? content.Length : next + 1);
    }

    // The lines with less indentation, each less than the one below it, and what stands beside them in one line.
    private static string LinesThatLead(string before)
    {
        var lines = before.Split('\n');
        var last = lines[^1];
        var kept = new List<string> { last };
        var indent = Indentation(last);
        var isItem = last.TrimStart().StartsWith('-');
        for (var i = lines.Length - 2; i >= 0; i--)
        {
            var line = lines[i].TrimEnd();
            var content = line.TrimStart();
            if (content.Length == 0 || content[0] == '#' || content.StartsWith("---", StringComparison.Ordinal))
            {
                continue;
            }

            var own = Indentation(line);
            var isParentOfItems = own == indent && isItem && content[0] != '-' && content.EndsWith(':');
            if (own < indent || isParentOfItems)
            {
                // In a list's item the keys begin behind the dash.
                var key = content[0] == '-' ? own + content.Length - content[1..].TrimStart().Length : own;
                kept.Add(key < indent && !content.EndsWith(':') ? content[0] == '-' ? new string(' ', own) + "-" : "" : line);
                (indent, isItem) = (own, content[0] == '-');
            }
            else if (own == indent && content[0] != '-' && IsPlainEntry(content))
            {
                kept.Add(line);
            }
        }

        kept.Reverse();
        return new StringBuilder().AppendJoin('\n', kept).ToString();
    }

    private static int Indentation(string line) => line.Length - line.TrimStart(' ').Length;

    // `key: text`, as far as that is all there is to it.
    private static bool IsPlainEntry(string content)
    {
        var colon = content.IndexOf(": ", StringComparison.Ordinal);
        var value = colon < 0 ? "" : content[(colon + 2)..].Trim();
        return value.Length > 0 && value[0] is not ('[' or '{' or '|' or '>' or '&' or '*' or '"' or '\'');
    }
}

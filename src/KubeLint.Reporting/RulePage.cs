using System.Text;

using KubeLint.Analysis;

namespace KubeLint.Reporting;

/// <summary>A rule with its page: Markdown with a title and the sections that every rule has.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Markdown">The whole page; empty for a rule of the run itself that has none.</param>
public sealed record RulePage(RuleDescriptor Rule, string Markdown)
{
    /// <summary>What the rule does, as plain text in one paragraph; the rule's title where the page does not say.</summary>
    public string Summary => Section("What it does") is { Length: > 0 } section ? section : Sentence(Rule.Title);

    /// <summary>The text with a final stop.</summary>
    public static string Sentence(string text) => text.Length > 0 && text[^1] is '.' or '!' or '?' ? text : text + ".";

    // The first paragraph below the heading, in one line, Markdown's marks for code and stress left out.
    private string Section(string heading)
    {
        var text = new StringBuilder();
        var isInside = false;
        foreach (var line in Markdown.AsSpan().EnumerateLines())
        {
            var content = line.Trim();
            if (content.StartsWith("#"))
            {
                if (isInside)
                {
                    break;
                }

                isInside = content.TrimStart('#').Trim().Equals(heading, StringComparison.OrdinalIgnoreCase);
            }
            else if (isInside)
            {
                if (content.IsEmpty && text.Length > 0)
                {
                    break;
                }

                text.Append(text.Length > 0 ? " " : "").Append(content);
            }
        }

        return text.Replace("`", "").Replace("**", "").ToString();
    }
}

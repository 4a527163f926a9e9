using System.Collections.Immutable;
using System.Text.Json.Serialization;

using KubeLint.Analysis;

namespace KubeLint.Reporting;

/// <summary>Lists rules by family: for a terminal, for a program, for a page.</summary>
public static class RuleList
{
    private static readonly RuleListContext Context = new(new(RuleListContext.Default.Options) { Encoder = JsonText.Options.Encoder });

    /// <summary>Writes a table for people.</summary>
    /// <param name="rules">The rules, ordered by id.</param>
    /// <param name="output">Where to write.</param>
    public static void WriteText(ImmutableArray<RuleDescriptor> rules, TextWriter output)
    {
        var width = rules.IsEmpty ? 0 : rules.Max(rule => rule.Name.Length);
        var isFirst = true;
        foreach (var family in rules.GroupBy(rule => rule.Category))
        {
            output.Write($"{(isFirst ? "" : "\n")}{RuleFamily.NameOf(family.Key)}{(RuleFamily.PrefixOf(family.Key) is { } prefix ? $" ({prefix})" : "")}\n");
            isFirst = false;
            foreach (var rule in family)
            {
                output.Write($"  {rule.Id}  {rule.Name.PadRight(width)}  {SeverityOf(rule),-7}  {rule.Title}{Remarks(rule)}\n");
            }
        }
    }

    /// <summary>Writes an array of objects.</summary>
    /// <param name="rules">The rules, ordered by id.</param>
    /// <param name="output">Where to write.</param>
    public static void WriteJson(ImmutableArray<RuleDescriptor> rules, TextWriter output)
    {
        ImmutableArray<RuleListEntry> entries =
        [
            .. rules.Select(rule => new RuleListEntry(
                rule.Id,
                rule.Name,
                RuleFamily.NameOf(rule.Category),
                rule.Title,
                rule.DefaultSeverity.ToWord(),
                rule.IsEnabledByDefault,
                StatusOf(rule),
                rule.NeedsRevision,
                FixOf(rule),
                rule.FormerNames,
                rule.HelpUri.AbsoluteUri)),
        ];
        JsonText.Write(entries, Context.ImmutableArrayRuleListEntry, output);
    }

    /// <summary>Writes a table for each family.</summary>
    /// <param name="rules">The rules, ordered by id.</param>
    /// <param name="output">Where to write.</param>
    public static void WriteMarkdown(ImmutableArray<RuleDescriptor> rules, TextWriter output)
    {
        output.Write("# Rules\n");
        foreach (var family in rules.GroupBy(rule => rule.Category))
        {
            output.Write($"\n## {RuleFamily.NameOf(family.Key)}{(RuleFamily.PrefixOf(family.Key) is { } prefix ? $" ({prefix})" : "")}\n\n| Id | Name | Severity | What it reports | Fix |\n|---|---|---|---|---|\n");
            foreach (var rule in family)
            {
                output.Write($"| [{rule.Id}]({rule.HelpUri.AbsoluteUri}) | `{rule.Name}` | {SeverityOf(rule)} | {rule.Title} | {FixOf(rule) ?? "–"} |\n");
            }
        }
    }

    private static string SeverityOf(RuleDescriptor rule) => rule.IsEnabledByDefault ? rule.DefaultSeverity.ToWord() : "off";

    private static string Remarks(RuleDescriptor rule)
    {
        var remarks = new List<string>();
        if (rule.Status != RuleStatus.Stable)
        {
            remarks.Add(StatusOf(rule));
        }

        if (FixOf(rule) is { } fix)
        {
            remarks.Add(fix == "suggestion" ? "suggests a fix" : rule.Fix is null ? $"fix {fix}" : $"{fix} fix");
        }

        if (rule.NeedsRevision)
        {
            remarks.Add("with --since");
        }

        return remarks.Count == 0 ? "" : $" ({string.Join(", ", remarks)})";
    }

    private static string StatusOf(RuleDescriptor rule) => rule.Status switch
    {
        RuleStatus.Preview => "preview",
        RuleStatus.Deprecated => "deprecated",
        _ => "stable",
    };

    private static string? FixOf(RuleDescriptor rule) => rule.Fix switch
    {
        FixSafety.Safe => "safe",
        FixSafety.Unsafe => "unsafe",
        FixSafety.Suggestion => "suggestion",
        _ when rule.FixOption is { } option => $"with {option}",
        _ => null,
    };
}

internal sealed record RuleListEntry(
    string Id,
    string Name,
    string Family,
    string Title,
    string Severity,
    bool IsEnabledByDefault,
    string Status,
    bool NeedsRevision,
    string? Fix,
    ImmutableArray<string> FormerNames,
    string HelpUri);

[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImmutableArray<RuleListEntry>))]
internal sealed partial class RuleListContext : JsonSerializerContext;

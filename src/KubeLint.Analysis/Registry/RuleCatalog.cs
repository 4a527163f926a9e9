using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>Finds rules by what people call them: id, name, former name, or family.</summary>
public sealed class RuleCatalog
{
    private readonly Dictionary<string, RuleEntry> byName = new(StringComparer.Ordinal);

    /// <summary>A catalog of rules.</summary>
    /// <param name="rules">The rules; ids and names are unique.</param>
    /// <exception cref="ArgumentException">Two rules share an id or a name.</exception>
    public RuleCatalog(params IEnumerable<RuleEntry> rules)
    {
        Rules = [.. rules.OrderBy(rule => rule.Descriptor.Id, StringComparer.Ordinal)];
        foreach (var rule in Rules)
        {
            byName.Add(rule.Descriptor.Id, rule);
            if (rule.Descriptor.Name != rule.Descriptor.Id)
            {
                byName.Add(rule.Descriptor.Name, rule);
            }

            foreach (var former in rule.Descriptor.FormerNames)
            {
                byName.Add(former, rule);
            }
        }
    }

    /// <summary>All rules, ordered by id.</summary>
    public ImmutableArray<RuleEntry> Rules { get; }

    /// <summary>The rule of an id, a name or a former name; null where there is none.</summary>
    public RuleEntry? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Whether a text is a rule's id, name or former name, or a family.</summary>
    public bool IsKnown(string name) => byName.ContainsKey(name) || RuleFamily.Parse(name) is not null;

    /// <summary>The rules of an id, a name or a family; empty where there is no such name.</summary>
    public ImmutableArray<RuleEntry> Resolve(string name) =>
        Find(name) is { } rule ? [rule]
        : RuleFamily.Parse(name) is { } family ? [.. Rules.Where(candidate => candidate.Descriptor.Category == family)]
        : [];

    /// <summary>The name that a mistyped one may have meant; null where none is near.</summary>
    public string? Nearest(string name) => NearestName.Find(name, byName.Keys.Concat(Enum.GetValues<RuleCategory>().Select(RuleFamily.NameOf)));

    /// <summary>What to say to who calls a rule by a former name; null where a name is none.</summary>
    public string? NoteOnFormer(string name) =>
        Find(name)?.Descriptor is { } rule && rule.FormerNames.Contains(name) ? $"The rule '{name}' is now called '{rule.Name}'" : null;

    /// <summary>What to say to who uses a name: that the rule has another one now, or that it will go; null for nothing.</summary>
    public string? NoteOn(string name) => NoteOnFormer(name)
        ?? (Find(name)?.Descriptor is { Status: RuleStatus.Deprecated } rule
            ? $"The rule '{rule.Name}' is deprecated and will go; 'kubelint explain {rule.Id}' says what to use"
            : null);

    /// <summary>What to say of a name that stands for no rule.</summary>
    public string DescribeUnknown(string name) =>
        Nearest(name) is { } nearest ? $"There is no rule or family '{name}'; did you mean '{nearest}'?" : $"There is no rule or family '{name}'";
}

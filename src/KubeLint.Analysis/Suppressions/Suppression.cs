using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>A comment or annotation that silences rules.</summary>
internal sealed class Suppression
{
    /// <summary>The comment from its <c>#</c>, or the annotation's value.</summary>
    public required Location Location { get; init; }

    /// <summary>The rules that it names.</summary>
    public required ImmutableArray<SuppressedName> Names { get; init; }

    /// <summary>Why, as written; empty where nothing is.</summary>
    public required string Reason { get; init; }

    /// <summary>The line (1-based) for which it holds; null for the whole file or an object.</summary>
    public int? Line { get; init; }

    /// <summary>The annotation; null for a comment.</summary>
    public YamlEntry? Annotation { get; init; }

    /// <summary>Whether YAML itself takes it for a comment; else it stands in a text inside a scalar and may be no comment at all.</summary>
    public bool IsCertain { get; init; } = true;

    /// <summary>Marks the name that silences a rule as used; false where none does.</summary>
    public bool TryUse(RuleDescriptor rule)
    {
        var isFound = false;
        foreach (var name in Names)
        {
            if (name.Rules.Any(candidate => candidate.Descriptor.Id == rule.Id))
            {
                name.IsUsed = true;
                isFound = true;
            }
        }

        return isFound;
    }
}

/// <summary>A rule as a suppression names it.</summary>
/// <param name="text">The id, name or family as written.</param>
/// <param name="location">Where.</param>
/// <param name="rules">The rules meant; empty where there is no such name.</param>
internal sealed class SuppressedName(string text, Location location, ImmutableArray<RuleEntry> rules)
{
    /// <summary>The id, name or family as written.</summary>
    public string Text { get; } = text;

    /// <summary>Where it is written.</summary>
    public Location Location { get; } = location;

    /// <summary>The rules meant; empty where there is no such name.</summary>
    public ImmutableArray<RuleEntry> Rules { get; } = rules;

    /// <summary>Whether it silenced a finding of the run that is being worked on.</summary>
    public bool IsUsed { get; set; }
}

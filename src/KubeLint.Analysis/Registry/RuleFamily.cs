namespace KubeLint.Analysis;

/// <summary>The names of rule categories in configuration, folders and lists.</summary>
public static class RuleFamily
{
    /// <summary>The name of a category: <c>images</c>, <c>helm-releases</c>.</summary>
    public static string NameOf(RuleCategory category) => category switch
    {
        RuleCategory.Run => "run",
        RuleCategory.Images => "images",
        RuleCategory.References => "references",
        RuleCategory.HelmReleases => "helm-releases",
        RuleCategory.Kustomizations => "kustomizations",
        RuleCategory.Substitution => "substitution",
        RuleCategory.Sources => "sources",
        RuleCategory.Security => "security",
        RuleCategory.Schema => "schema",
        RuleCategory.Live => "live",
        RuleCategory.Custom => "custom",
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "There is no such category"),
    };

    /// <summary>What the ids of a category begin with: <c>KL1</c>; null where they may be anything.</summary>
    public static string? PrefixOf(RuleCategory category) => category == RuleCategory.Custom ? null : $"KL{(int)category}";

    /// <summary>The category of a family's name or id prefix (<c>images</c>, <c>KL1</c>); null where there is none.</summary>
    public static RuleCategory? Parse(string text)
    {
        foreach (var category in Enum.GetValues<RuleCategory>())
        {
            if (NameOf(category) == text || PrefixOf(category) == text)
            {
                return category;
            }
        }

        return null;
    }
}

using KubeLint.Analysis;

namespace KubeLint.Rules;

/// <summary>The rules that come with KubeLint.</summary>
[RuleRegistry]
public static partial class BuiltInRules
{
    /// <summary>The name of the resource that holds a rule's page.</summary>
    /// <param name="rule">The rule.</param>
    public static string PageName(RuleDescriptor rule) => $"{RuleFamily.NameOf(rule.Category)}/{rule.Id}-{rule.Name}/README.md";

    /// <summary>A rule's page, in Markdown.</summary>
    /// <param name="rule">A rule of this assembly.</param>
    /// <exception cref="ArgumentException">The rule is none of this assembly.</exception>
    public static string ReadPage(RuleDescriptor rule)
    {
        using var stream = typeof(BuiltInRules).Assembly.GetManifestResourceStream(PageName(rule))
            ?? throw new ArgumentException($"There is no page for {rule.Id}", nameof(rule));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

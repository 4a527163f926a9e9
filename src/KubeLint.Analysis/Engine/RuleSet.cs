using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>The rules of a run, made with what is configured. Immutable.</summary>
public sealed class RuleSet
{
    private readonly string baseDirectory;

    private RuleSet(ImmutableArray<ActiveRule> rules, LintConfiguration configuration, string baseDirectory, RuleCatalog? catalog)
    {
        Rules = rules;
        Configuration = configuration;
        Catalog = catalog ?? new RuleCatalog(rules.Select(rule => rule.Entry));
        this.baseDirectory = baseDirectory;
    }

    /// <summary>All rules that there are, those that do not run too: names in comments are looked up here.</summary>
    public RuleCatalog Catalog { get; }

    /// <summary>What is configured.</summary>
    public LintConfiguration Configuration { get; }

    /// <summary>The rules that are on somewhere, ordered by id.</summary>
    public IEnumerable<RuleDescriptor> Descriptors => Rules.Select(rule => rule.Entry.Descriptor);

    /// <summary>The rules that are on somewhere, ordered by id.</summary>
    internal ImmutableArray<ActiveRule> Rules { get; }

    /// <summary>Rules as they are, with their defaults; those that are off by default too.</summary>
    /// <param name="rules">The rules.</param>
    public static RuleSet Of(params IEnumerable<Rule> rules) => new(
        [.. rules.OrderBy(rule => rule.Descriptor.Id, StringComparer.Ordinal).Select(rule =>
            new ActiveRule(RuleEntry.Of(() => rule), new RuleLevel(rule.Descriptor.DefaultSeverity, null), new RuleInstance(rule), []))],
        LintConfiguration.Default,
        "/",
        null);

    /// <summary>The rules that a configuration and a selection turn on.</summary>
    /// <param name="catalog">All rules that there are.</param>
    /// <param name="configuration">What is configured.</param>
    /// <param name="selection">What the run is limited to; names that stand for no rule are passed over.</param>
    /// <param name="baseDirectory">The absolute directory to which the paths of findings are relative.</param>
    public static RuleSet Create(RuleCatalog catalog, LintConfiguration configuration, RuleSelection selection, string baseDirectory)
    {
        var named = selection.Select.Select(catalog.Find).OfType<RuleEntry>().ToHashSet();
        var selected = selection.Select.SelectMany(name => catalog.Resolve(name)).ToHashSet();
        var ignored = selection.Ignore.SelectMany(name => catalog.Resolve(name)).ToHashSet();
        var rules = ImmutableArray.CreateBuilder<ActiveRule>();
        foreach (var entry in catalog.Rules)
        {
            var isSelected = selection.Select.IsEmpty || selected.Contains(entry) || entry.Descriptor.Category == RuleCategory.Run;
            if (!isSelected || (ignored.Contains(entry) && entry.Descriptor.CanBeTurnedOff))
            {
                continue;
            }

            var settings = configuration.Rules.Where(setting => setting.IsFor(entry)).ToImmutableArray();
            var level = Apply(RuleLevel.DefaultOf(entry.Descriptor), settings, entry.Descriptor);
            if (level.Severity is null && named.Contains(entry))
            {
                level = new RuleLevel(entry.Descriptor.DefaultSeverity, null);
            }

            var isOnSomewhere = level.Severity is not null
                || configuration.Overrides.Any(part => part.Rules.Any(setting => setting.IsFor(entry) && setting.Level is { Severity: not null }));
            if (isOnSomewhere)
            {
                var options = settings.Select(setting => setting.Options).OfType<YamlMapping>().ToImmutableArray();
                rules.Add(new ActiveRule(entry, level, Make(entry, options), options));
            }
        }

        var all = rules.ToImmutable();
        return new RuleSet(selection.Select.IsEmpty ? all : WithoutNeedlessBuilds(all, selected), configuration, baseDirectory, catalog);
    }

    // What is said of the run itself is said beside any selection, but nothing is built for that alone.
    private static ImmutableArray<ActiveRule> WithoutNeedlessBuilds(ImmutableArray<ActiveRule> rules, HashSet<RuleEntry> selected)
    {
        bool IsBeside(ActiveRule rule) => rule.Entry.Descriptor.Category == RuleCategory.Run && !selected.Contains(rule.Entry);
        static bool Builds(ActiveRule rule) => (new RuleActions([rule.Instance], isLive: true).Parts & ~ModelParts.Files) != ModelParts.None;
        return rules.Any(rule => !IsBeside(rule) && Builds(rule)) ? rules : rules.RemoveAll(rule => IsBeside(rule) && Builds(rule));
    }

    /// <summary>What is in force for each rule where no override says otherwise, and where each value is written.</summary>
    public IEnumerable<EffectiveValue> Describe()
    {
        var active = Rules.ToDictionary(rule => rule.Entry);
        foreach (var entry in Catalog.Rules)
        {
            var path = $"rules.{entry.Descriptor.Name}";
            if (!active.TryGetValue(entry, out var rule))
            {
                var off = Apply(RuleLevel.DefaultOf(entry.Descriptor), Configuration.Rules.Where(setting => setting.IsFor(entry)), entry.Descriptor);
                yield return new EffectiveValue(path, "off", off.Severity is null ? off.Origin : null);
                continue;
            }

            yield return new EffectiveValue(path, rule.Level.ToString(), rule.Level.Origin);
            var values = new List<EffectiveValue>();
            entry.Create(new OptionReader($"{path}.options", rule.Options, [], values));
            foreach (var value in values)
            {
                yield return value;
            }
        }
    }

    /// <summary>What holds for the files of a run. Not safe to use from several threads.</summary>
    internal PathRules ForRun() => new(this, baseDirectory);

    /// <summary>Applies settings in their order.</summary>
    internal static RuleLevel Apply(RuleLevel level, IEnumerable<RuleSetting> settings, RuleDescriptor rule)
    {
        foreach (var setting in settings)
        {
            // "images: error" is about the rules that run, not an order to run those in preview.
            var keepsOff = setting.IsByFamily && level.Severity is null && RuleLevel.DefaultOf(rule).Severity is null;
            level = keepsOff ? level : setting.Level ?? level;
        }

        return level;
    }

    /// <summary>Makes a rule; what is wrong with its options was reported when the configuration was read.</summary>
    internal static RuleInstance Make(RuleEntry entry, ImmutableArray<YamlMapping> options) =>
        new(entry.Create(new OptionReader("", options, [])));
}

/// <summary>A rule that is on somewhere.</summary>
/// <param name="Entry">The rule.</param>
/// <param name="Level">Its severity where no override says otherwise; null in it for off.</param>
/// <param name="Instance">The rule with the options that hold where no override says otherwise.</param>
/// <param name="Options">Those options, the first file's first.</param>
internal sealed record ActiveRule(RuleEntry Entry, RuleLevel Level, RuleInstance Instance, ImmutableArray<YamlMapping> Options);

/// <summary>A rule with the options that it was made with.</summary>
/// <param name="rule">The rule.</param>
internal sealed class RuleInstance(Rule rule)
{
    /// <summary>The rule.</summary>
    public Rule Rule { get; } = rule;
}

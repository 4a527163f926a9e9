using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>
/// Tells what holds for a rule in a file. Options of an override are a second instance of the rule: it runs over
/// everything, and of each instance those findings stay that lie where its options hold.
/// </summary>
internal sealed class PathRules(RuleSet rules, string baseDirectory)
{
    private readonly Dictionary<string, PathState> byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PathState> byOverrides = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RuleInstance> instances = new(StringComparer.Ordinal);
    private bool isComplete;

    /// <summary>The instances that the files need.</summary>
    /// <param name="paths">The files' paths, as shown.</param>
    public ImmutableArray<RuleInstance> InstancesFor(IEnumerable<string> paths)
    {
        var result = ImmutableArray.CreateBuilder<RuleInstance>();
        result.AddRange(rules.Rules.Select(rule => rule.Instance));
        if (rules.Configuration.Overrides.Any(part => part.Rules.Any(setting => setting.Options is not null)))
        {
            foreach (var path in paths)
            {
                _ = For(path);
            }

            result.AddRange(instances.Values);
        }

        isComplete = true;

        return result.ToImmutable();
    }

    /// <summary>What holds in a file.</summary>
    /// <param name="path">The file's path, as shown.</param>
    public PathState For(string path)
    {
        if (byPath.TryGetValue(path, out var known))
        {
            return known;
        }

        var overrides = ImmutableArray<int>.Empty;
        if (!rules.Configuration.Overrides.IsEmpty)
        {
            var full = YamlFileCache.Normalize(Path.Combine(baseDirectory, path));
            overrides = [.. Enumerable.Range(0, rules.Configuration.Overrides.Length).Where(index => rules.Configuration.Overrides[index].Matches(full))];
        }

        var key = string.Join(',', overrides);
        if (!byOverrides.TryGetValue(key, out var state))
        {
            byOverrides.Add(key, state = Make(overrides));
        }

        byPath.Add(path, state);
        return state;
    }

    private PathState Make(ImmutableArray<int> overrides)
    {
        var state = new Dictionary<string, (Severity?, RuleInstance)>(StringComparer.Ordinal);
        foreach (var rule in rules.Rules)
        {
            var level = rule.Level;
            var options = rule.Options;
            var key = rule.Entry.Descriptor.Id;
            foreach (var index in overrides)
            {
                var settings = rules.Configuration.Overrides[index].Rules.Where(setting => setting.IsFor(rule.Entry)).ToList();
                level = RuleSet.Apply(level, settings, rule.Entry.Descriptor);
                foreach (var given in settings.Select(setting => setting.Options).OfType<YamlMapping>())
                {
                    options = options.Add(given);
                    key += $"/{index}";
                }
            }

            var instance = rule.Instance;
            if (options.Length > rule.Options.Length)
            {
                if (instances.TryGetValue(key, out var made))
                {
                    instance = made;
                }
                else if (!isComplete)
                {
                    // A file met only later (one outside the linted paths) is judged by what did run.
                    instances.Add(key, instance = RuleSet.Make(rule.Entry, options));
                }
            }

            state.Add(rule.Entry.Descriptor.Id, (level.Severity, instance));
        }

        return new PathState(state);
    }
}

/// <summary>What holds in a file.</summary>
/// <param name="rules">The severity, null for off, and the instance of each rule, by id.</param>
internal sealed class PathState(Dictionary<string, (Severity? Severity, RuleInstance Instance)> rules)
{
    /// <summary>The severity of a rule; null where it is off or does not run.</summary>
    public Severity? SeverityOf(RuleDescriptor rule) => rules.TryGetValue(rule.Id, out var state) ? state.Severity : null;

    /// <summary>Whether the findings of an instance stay.</summary>
    public bool Holds(RuleInstance instance) =>
        rules.TryGetValue(instance.Rule.Descriptor.Id, out var state) && state.Severity is not null && ReferenceEquals(state.Instance, instance);
}

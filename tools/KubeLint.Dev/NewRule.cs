using System.Globalization;
using System.Text.RegularExpressions;

using KubeLint.Analysis;

namespace KubeLint.Dev;

/// <summary>Makes the folders of a new rule: a class, its page, and a case of each kind.</summary>
public static partial class NewRule
{
    // From here on stand the rules that compare revisions.
    private const int FirstBetweenRevisions = 100;

    /// <summary>Writes the files.</summary>
    /// <param name="root">The repository's root.</param>
    /// <param name="family">The family: <c>images</c>.</param>
    /// <param name="name">The name in kebab case, which says what is flagged: <c>image-latest-tag</c>.</param>
    /// <returns>The paths written.</returns>
    /// <exception cref="ArgumentException">There is no such family, the name is none, or there is such a rule.</exception>
    public static IReadOnlyList<string> Write(string root, string family, string name)
    {
        var category = RuleFamily.Parse(family)
            ?? throw new ArgumentException($"There is no family '{family}'; there are {string.Join(", ", Enum.GetValues<RuleCategory>().Select(RuleFamily.NameOf))}");
        if (!Kebab().IsMatch(name) || name.Length > 36)
        {
            throw new ArgumentException($"'{name}' is no rule's name: at least two words in kebab case, at most 36 letters");
        }

        var folder = Path.Combine(root, "rules", RuleFamily.NameOf(category));
        var present = Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).ToList() : [];
        if (present.Any(other => other.EndsWith($"-{name}", StringComparison.Ordinal) && other.Length == name.Length + "KL0000-".Length))
        {
            throw new ArgumentException($"There is a rule '{name}' already");
        }

        // Always behind the last: an id that stood for one rule never stands for another.
        var last = present.Where(other => other.StartsWith("KL", StringComparison.Ordinal) && other.Length > 6)
            .Select(other => int.Parse(other.AsSpan(2, 4), CultureInfo.InvariantCulture))
            .Where(id => id % 1000 < FirstBetweenRevisions).DefaultIfEmpty((int)category * 1000).Max();
        var id = string.Create(CultureInfo.InvariantCulture, $"KL{last + 1:0000}");
        var type = string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var space = string.Concat(RuleFamily.NameOf(category).Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var files = new (string Path, string Text)[]
        {
            ($"rules/{RuleFamily.NameOf(category)}/{id}-{name}/{type}.cs", Class(space, type, id, name)),
            ($"rules/{RuleFamily.NameOf(category)}/{id}-{name}/README.md", Page(id, name)),
            ($"tests/fixtures/rules/{id}-{name}/bad-example.yaml", Example("bad")),
            ($"tests/fixtures/rules/{id}-{name}/good-example.yaml", Example("good")),
        };
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
            File.WriteAllText(Path.Combine(root, path), text);
        }

        return [.. files.Select(file => file.Path)];
    }

    private static string Class(string space, string type, string id, string name) =>
        $$"""
        using KubeLint.Analysis;

        namespace KubeLint.Rules.{{space}};

        /// <summary>Reports ConfigMaps that are called bad.</summary>
        public sealed class {{type}} : Rule
        {
            /// <inheritdoc/>
            public override RuleDescriptor Descriptor { get; } = new("{{id}}", "{{name}}", "A ConfigMap is called bad", Severity.Warning)
            {
                Reference = new("https://kubernetes.io/docs/concepts/overview/working-with-objects/names/"),
            };

            /// <inheritdoc/>
            public override void Register(IRuleRegistrar on) => on.Object("", "ConfigMap", context =>
            {
                if (context.Object.Name == "bad" && context.Object.Root.Get("metadata", "name") is { } name)
                {
                    context.Report(name, "The ConfigMap is called 'bad'");
                }
            });
        }

        """.ReplaceLineEndings("\n");

    private static string Page(string id, string name) =>
        $"""
        # {id} {name}

        ## What it does

        Reports ConfigMaps that are called `bad`.

        ## Why

        What goes wrong, when, and how a user notices.

        ## Bad

        ```yaml bad
        {Example("bad")}```

        ## Good

        ```yaml good
        {Example("good")}```

        ## Options

        This rule has no options.

        ## Fix

        There is none.

        """.ReplaceLineEndings("\n");

    private static string Example(string name) => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n";

    [GeneratedRegex("^[a-z]+(-[a-z0-9]+)+$", RegexOptions.NonBacktracking)]
    private static partial Regex Kebab();
}

using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Schema;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>The rules of a repository that are written as YAML.</summary>
/// <param name="Rules">An entry for each.</param>
/// <param name="Pages">What each is about, in Markdown, by id.</param>
/// <param name="Errors">What is wrong with the files; those rules are not among the others.</param>
public sealed record CustomRules(ImmutableArray<RuleEntry> Rules, ImmutableDictionary<string, string> Pages, ImmutableArray<ConfigurationError> Errors)
{
    /// <summary>No rules.</summary>
    public static CustomRules None { get; } = new([], ImmutableDictionary<string, string>.Empty, []);
}

/// <summary>Finds and reads <c>.kubelint/rules/*.yaml</c>: a document is a rule. What is wrong is a value with its place; nothing is thrown.</summary>
public static class CustomRuleLoader
{
    /// <summary>The folder below that of the configuration.</summary>
    public const string Folder = ".kubelint/rules";

    /// <summary>The nearest folder of rules at or above a path, up to the root of its git repository; null where there is none.</summary>
    /// <param name="source">Where files are.</param>
    /// <param name="path">The absolute, normalised path of a file or folder.</param>
    public static string? Find(IFileSource source, string path)
    {
        for (var directory = path; ; directory = directory[..Math.Max(1, directory.LastIndexOf('/'))])
        {
            var prefix = directory == "/" ? "" : directory;
            if (source.DirectoryExists($"{prefix}/{Folder}"))
            {
                return $"{prefix}/{Folder}";
            }

            if (directory.Length <= 1 || source.DirectoryExists($"{prefix}/.git") || source.FileExists($"{prefix}/.git"))
            {
                return null;
            }
        }
    }

    /// <summary>Reads the rules of a folder.</summary>
    /// <param name="files">Reads the files.</param>
    /// <param name="folder">The absolute folder, as <see cref="Find"/> gives it.</param>
    /// <param name="others">The rules that there are: their ids and names are taken.</param>
    public static CustomRules Load(YamlFileCache files, string folder, IEnumerable<RuleEntry> others)
    {
        var reading = new Reading(folder[..^(Folder.Length + 1)], others);
        foreach (var name in files.Source.List(folder).Order(StringComparer.Ordinal))
        {
            var path = name.StartsWith('/') ? name : $"{folder}/{name}";
            if (Discovery.IsYamlName(path) && files.Source.FileExists(path))
            {
                reading.ReadFile(files.Parse(path));
            }
        }

        return reading.Finish();
    }

    /// <summary>The state of one reading.</summary>
    private sealed class Reading(string directory, IEnumerable<RuleEntry> others)
    {
        private readonly List<ConfigurationError> errors = [];
        private readonly List<CustomRuleDefinition> rules = [];
        private readonly HashSet<string> taken = [.. others.SelectMany(rule => new[] { rule.Descriptor.Id, rule.Descriptor.Name })];

        public void ReadFile(YamlFile file)
        {
            foreach (var problem in file.Problems)
            {
                errors.Add(new ConfigurationError(new Location(file.Text, problem.Span), problem.Message));
            }

            foreach (var document in file.Documents)
            {
                if (document.Root?.AsMapping() is { } root)
                {
                    ReadRule(root);
                }
                else if (document.Root is { } other and not YamlScalar { IsNull: true })
                {
                    Fail(other, $"A rule is a mapping, not {OptionReader.Describe(other)}");
                }
            }
        }

        public CustomRules Finish() => new(
            errors.Count > 0 ? [] : [.. rules.Select(rule => RuleEntry.Of(() => new CustomRule(rule)))],
            rules.ToImmutableDictionary(rule => rule.Descriptor.Id, rule => rule.Page),
            [.. errors]);

        private void ReadRule(YamlMapping root)
        {
            var before = errors.Count;
            var reader = new OptionReader("", [root], errors);
            reader.Know("schema");
            var id = Required(root, reader, "id");
            var name = reader.String("name", id) ?? "";
            var title = Required(root, reader, "title");
            var severity = ReadSeverity(root, reader);
            var message = reader.String("message", null);
            var help = reader.String("help", null);
            var description = reader.String("description", null);
            var reference = ReadReference(root, reader);
            var match = reader.Record("match", ReadFilter);
            var except = reader.Record("except", ReadFilter);
            var select = ReadPath(root, reader);
            reader.Finish();

            CheckName(root["id"], id, isId: true);
            CheckName(root["name"], name, isId: false);
            CheckMessage(root["message"]);
            if (root["schema"] is null)
            {
                Fail(FirstKey(root), "A rule needs a 'schema': what the selected values must be");
            }

            if (errors.Count > before || root["schema"] is not { } schema || select is null)
            {
                return;
            }

            taken.Add(id);
            taken.Add(name);
            var descriptor = new RuleDescriptor(id, name, title.TrimEnd('.'), severity ?? Severity.Warning) { IsEnabledByDefault = severity is not null, Reference = reference };
            rules.Add(new CustomRuleDefinition(
                descriptor, match, except, select, JsonSchemaReader.Read(schema), message?.TrimEnd('.'), help, Page(descriptor, description, root)));
        }

        private static string Page(RuleDescriptor descriptor, string? description, YamlMapping root) =>
            $"# {(descriptor.Id == descriptor.Name ? descriptor.Id : $"{descriptor.Id} {descriptor.Name}")}\n\n{descriptor.Title}.\n\n"
            + (description is null ? "" : $"{description.Trim()}\n\n") + $"A rule of this repository, from `{root.Source.Root.Path}`.\n";

        private static YamlNode FirstKey(YamlMapping root) => root.Entries.IsEmpty ? root : root.Entries[0].Key;

        private string Required(YamlMapping root, OptionReader reader, string key)
        {
            if (root[key] is null)
            {
                Fail(FirstKey(root), $"A rule needs '{key}'");
            }

            return reader.String(key, null) ?? "";
        }

        private void CheckName(YamlNode? node, string name, bool isId)
        {
            if (node is null || name.Length == 0)
            {
                return;
            }

            var isRight = name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && char.IsAsciiLetter(name[0]);
            if (!isRight)
            {
                Fail(node, $"'{name}' is no name for a rule: it begins with a letter, and has letters, digits, '-', '_' and '.'");
            }
            else if (isId && name.StartsWith("KL", StringComparison.Ordinal))
            {
                Fail(node, "Ids that begin with KL are those of KubeLint's own rules: choose another, such as X1001");
            }
            else if (taken.Contains(name) || RuleFamily.Parse(name) is not null)
            {
                Fail(node, $"There is a rule or family '{name}' already");
            }
        }

        private void CheckMessage(YamlNode? node)
        {
            if (node is not YamlScalar scalar)
            {
                return;
            }

            var text = scalar.EmbeddedText();
            for (var open = text.Content.IndexOf('{', StringComparison.Ordinal); open >= 0; open = text.Content.IndexOf('{', open + 1))
            {
                var close = text.Content.IndexOf('}', open);
                var name = close < 0 ? "" : text.Content[(open + 1)..close];
                if (name.Length > 0 && name.All(char.IsAsciiLetter) && !CustomRule.Placeholders.Contains(name))
                {
                    var nearest = NearestName.Find(name, CustomRule.Placeholders) is { } near ? $"; did you mean {{{near}}}?" : "";
                    errors.Add(new ConfigurationError(
                        text.Locate(TextSpan.FromBounds(open, close + 1)),
                        $"There is no placeholder {{{name}}}{nearest}{(nearest.Length == 0 ? $"; there are {string.Join(", ", CustomRule.Placeholders.Select(item => $"{{{item}}}"))}" : "")}"));
                }
            }
        }

        private Severity? ReadSeverity(YamlMapping root, OptionReader reader)
        {
            reader.Know("severity");
            if (root["severity"] is not { } node)
            {
                return Severity.Warning;
            }

            if (node is YamlScalar scalar && RuleLevel.Parse(scalar) is { } level)
            {
                return level.Severity;
            }

            Fail(node, $"'severity' must be error, warning, info or off, not {OptionReader.Describe(node)}");
            return null;
        }

        private Uri? ReadReference(YamlMapping root, OptionReader reader)
        {
            if (reader.String("reference", null) is not { } text)
            {
                return null;
            }

            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
            {
                return address;
            }

            Fail(root["reference"]!, "'reference' must be an address that begins with https://");
            return null;
        }

        private NodePath? ReadPath(YamlMapping root, OptionReader reader)
        {
            var text = reader.String("select", "") ?? "";
            if (NodePath.TryParse(text, out var path, out var error))
            {
                return path;
            }

            var scalar = (YamlScalar)root["select"]!;
            errors.Add(new ConfigurationError(scalar.EmbeddedText().Locate(error.Span), error.Message));
            return null;
        }

        private ObjectFilter ReadFilter(OptionReader reader)
        {
            var paths = reader.Strings("paths", []);
            return new ObjectFilter(
                reader.Strings("kinds", []),
                [.. reader.Strings("apiVersions", []).Select(glob => new GlobPattern(glob))],
                [.. reader.Strings("namespaces", []).Select(glob => new GlobPattern(glob))],
                reader.Map("labels", ImmutableSortedDictionary<string, string>.Empty),
                paths.IsEmpty ? null : new PathOverride(directory, IgnoreRules.Create(directory, paths), []));
        }

        private void Fail(YamlNode node, string message) => errors.Add(new ConfigurationError(node.Location, message));
    }
}

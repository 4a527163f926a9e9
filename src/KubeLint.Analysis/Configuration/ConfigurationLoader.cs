using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>Finds and reads configuration files. What is wrong in them is a value with its place; nothing is thrown.</summary>
public static class ConfigurationLoader
{
    /// <summary>The nearest configuration file at or above a path, up to the root of its git repository; null where there is none.</summary>
    /// <param name="source">Where files are.</param>
    /// <param name="path">The absolute, normalised path of a file or folder.</param>
    public static string? Find(IFileSource source, string path)
    {
        for (var directory = path; ; directory = directory[..Math.Max(1, directory.LastIndexOf('/'))])
        {
            var prefix = directory == "/" ? "" : directory;
            if (source.FileExists($"{prefix}/{LintConfiguration.FileName}"))
            {
                return $"{prefix}/{LintConfiguration.FileName}";
            }

            // A worktree's or a submodule's .git is a file.
            if (directory.Length <= 1 || directory.LastIndexOf('/') < 0 || source.DirectoryExists($"{prefix}/.git") || source.FileExists($"{prefix}/.git"))
            {
                return null;
            }
        }
    }

    /// <summary>Reads a configuration file and those that it extends.</summary>
    /// <param name="files">Reads the files.</param>
    /// <param name="path">The absolute, normalised path.</param>
    /// <param name="rules">The rules that there are.</param>
    public static ConfigurationResult Load(YamlFileCache files, string path, RuleCatalog rules)
    {
        var reading = new Reading(files, rules);
        reading.ReadFile(path, null);
        return reading.Finish();
    }

    /// <summary>The state of one reading.</summary>
    private sealed class Reading(YamlFileCache files, RuleCatalog catalog)
    {
        private readonly List<ConfigurationError> errors = [];
        private readonly List<AnalysisNote> notes = [];
        private readonly List<string> paths = [];
        private readonly List<string> open = [];
        private readonly List<YamlMapping> layers = [];
        private readonly List<RuleSetting> settings = [];
        private readonly List<PathOverride> overrides = [];

        public void ReadFile(string path, YamlNode? asked)
        {
            if (open.Contains(path))
            {
                Fail(asked!.Location, $"The file extends itself: {string.Join(" → ", open.Append(path).Select(files.Display))}");
                return;
            }

            if (asked is not null && !files.Source.FileExists(path))
            {
                Fail(asked.Location, $"There is no file '{files.Display(path)}' to extend");
                return;
            }

            paths.Add(path);
            open.Add(path);
            var file = files.Parse(path);
            foreach (var problem in file.Problems)
            {
                Fail(new Location(file.Text, problem.Span), problem.Message);
            }

            foreach (var document in file.Documents)
            {
                if (document.Index > 0)
                {
                    Fail(new Location(file.Text, document.Span with { Length = Math.Min(3, document.Span.Length) }), "A configuration is one document");
                }
                else if (document.Root?.AsMapping() is { } root)
                {
                    ReadLayer(path, root);
                }
                else if (document.Root is { } other and not YamlScalar { IsNull: true })
                {
                    Fail(other.Location, $"A configuration is a mapping, not {OptionReader.Describe(other)}");
                }
            }

            open.RemoveAt(open.Count - 1);
        }

        public ConfigurationResult Finish()
        {
            var values = new List<EffectiveValue>();
            var reader = new OptionReader("", [.. layers], errors, values);
            // Read file by file already; named here so that a mistyped key is told of them.
            reader.Know("extends", "rules", "overrides");
            var bound = RepositorySettings.Bind(reader);
            reader.Finish();
            CheckEntryPoints();
            return new ConfigurationResult(
                new LintConfiguration([.. paths], bound, [.. settings], [.. overrides], [.. values]),
                [.. errors.OrderBy(error => paths.FindIndex(path => files.Display(path) == error.Location.Text.Path)).ThenBy(error => error.Location.Span.Start)],
                [.. notes]);
        }

        // The last file's list counts; its paths are relative to the file that was found.
        private void CheckEntryPoints()
        {
            var list = layers.Select(layer => layer["entryPoints"]).LastOrDefault(node => node is not null)?.AsSequence();
            foreach (var item in list?.Items ?? [])
            {
                if (item.AsScalar() is { IsNull: false } scalar && paths is [var first, ..])
                {
                    var path = YamlFileCache.Normalize(Path.Combine(first[..Math.Max(1, first.LastIndexOf('/'))], scalar.Value));
                    if (!files.Source.FileExists(path) && !files.Source.DirectoryExists(path))
                    {
                        Fail(item.Location, $"There is no file or folder '{files.Display(path)}' at which a cluster could begin");
                    }
                }
            }
        }

        // What a file extends comes first, so that the file's own words count.
        private void ReadLayer(string path, YamlMapping root)
        {
            var directory = path[..Math.Max(1, path.LastIndexOf('/'))];
            switch (root["extends"])
            {
                case null:
                    break;
                case YamlScalar { IsNull: false } one:
                    ReadFile(YamlFileCache.Normalize(Path.Combine(directory, one.Value)), one);
                    break;
                case YamlSequence several:
                    foreach (var item in several.Items)
                    {
                        if (item.AsScalar() is { IsNull: false } scalar)
                        {
                            ReadFile(YamlFileCache.Normalize(Path.Combine(directory, scalar.Value)), item);
                        }
                        else
                        {
                            Fail(item.Location, $"'extends' names files, not {OptionReader.Describe(item)}");
                        }
                    }

                    break;
                case { } other:
                    Fail(other.Location, $"'extends' must be a path or a list of paths, not {OptionReader.Describe(other)}");
                    break;
            }

            layers.Add(root);
            var reader = new OptionReader("", [root], errors);
            foreach (var mapping in reader.Mappings("rules"))
            {
                settings.AddRange(ReadRules(mapping));
            }

            foreach (var sequence in reader.Sequences("overrides"))
            {
                foreach (var item in sequence.Items)
                {
                    ReadOverride(directory, item);
                }
            }
        }

        private void ReadOverride(string directory, YamlNode item)
        {
            if (item.AsMapping() is not { } mapping)
            {
                Fail(item.Location, $"An override is a mapping with 'paths' and 'rules', not {OptionReader.Describe(item)}");
                return;
            }

            var reader = new OptionReader("overrides", [mapping], errors);
            var globs = reader.Strings("paths", []);
            var rules = reader.Mappings("rules").SelectMany(ReadRules).ToImmutableArray();
            reader.Finish();
            if (globs.IsEmpty)
            {
                Fail(mapping.Entries.IsEmpty ? mapping.Location : mapping.Entries[0].Key.Location, "An override needs 'paths': the files and folders that it is for");
            }

            overrides.Add(new PathOverride(directory, IgnoreRules.Create(directory, globs), rules));
        }

        // A family's setting is the ground for those of its rules, wherever it stands.
        private List<RuleSetting> ReadRules(YamlMapping mapping)
        {
            var families = new List<RuleSetting>();
            var single = new List<RuleSetting>();
            foreach (var entry in mapping.EffectiveEntries())
            {
                if (entry.Name is not { } name)
                {
                    Fail(entry.Key.Location, "A rule's name must be a string");
                    continue;
                }

                if (catalog.Find(name) is { } rule)
                {
                    if (catalog.NoteOn(name) is { } note)
                    {
                        notes.Add(new AnalysisNote(note, entry.Key.Location));
                    }

                    if (ReadSetting(rule, entry) is { } setting)
                    {
                        single.Add(setting);
                    }
                }
                else if (RuleFamily.Parse(name) is { } family)
                {
                    families.AddRange(ReadFamily(family, name, entry.Value.Resolved));
                }
                else
                {
                    Fail(entry.Key.Location, catalog.DescribeUnknown(name));
                }
            }

            return [.. families, .. single];
        }

        private IEnumerable<RuleSetting> ReadFamily(RuleCategory family, string name, YamlNode value)
        {
            if (ReadLevel(name, value, "") is not { } level)
            {
                yield break;
            }

            foreach (var rule in catalog.Rules)
            {
                // Turning a family off leaves the rules on that may not be turned off.
                if (rule.Descriptor.Category == family && (level.Severity is not null || rule.Descriptor.CanBeTurnedOff))
                {
                    yield return new RuleSetting(rule, IsByFamily: true, level, null);
                }
            }
        }

        private RuleSetting? ReadSetting(RuleEntry rule, YamlEntry entry)
        {
            if (entry.Value.AsMapping() is not { } mapping)
            {
                return ReadLevel(entry.Name!, entry.Value.Resolved, ", or a mapping with 'severity' and 'options'") is { } only && MayBe(rule, only)
                    ? new RuleSetting(rule, IsByFamily: false, only, null)
                    : null;
            }

            var path = $"rules.{entry.Name}";
            var reader = new OptionReader(path, [mapping], errors);
            reader.Know("severity");
            var level = mapping["severity"] is { } word ? ReadLevel($"{entry.Name}.severity", word, "") : null;
            var options = reader.Mappings("options") is [var found] ? found : null;
            reader.Finish();
            if (options is not null)
            {
                // Made to be judged only: the instances that run are made from all layers together.
                var optionReader = new OptionReader($"{path}.options", [options], errors);
                rule.Create(optionReader);
                optionReader.Finish();
            }

            return new RuleSetting(rule, IsByFamily: false, level is { } given && MayBe(rule, given) ? level : null, options);
        }

        private RuleLevel? ReadLevel(string name, YamlNode value, string orElse)
        {
            if (value is YamlScalar scalar && RuleLevel.Parse(scalar) is { } level)
            {
                return level;
            }

            var nearest = value is YamlScalar written ? NearestName.Find(written.Value, ["error", "warning", "info", "off"]) : null;
            Fail(
                value.Location,
                $"'{name}' must be error, warning, info or off{orElse}, not {OptionReader.Describe(value)}" + (nearest is null ? "" : $"; did you mean '{nearest}'?"));
            return null;
        }

        private bool MayBe(RuleEntry rule, RuleLevel level)
        {
            if (level.Severity is null && !rule.Descriptor.CanBeTurnedOff)
            {
                Fail(level.Origin!.Value, $"'{rule.Descriptor.Name}' cannot be turned off: without it, findings would be lost unseen");
                return false;
            }

            return true;
        }

        private void Fail(Location location, string message) => errors.Add(new ConfigurationError(location, message));
    }
}

using System.Buffers;
using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports fields of kustomizations that kustomize will drop.</summary>
public sealed class DeprecatedKustomizeField : Rule
{
    private static readonly ImmutableDictionary<string, string> Replacements = ImmutableDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, string>
    {
        ["bases"] = "resources",
        ["commonLabels"] = "labels",
        ["imageTags"] = "images",
        ["patchesJson6902"] = "patches",
        ["patchesStrategicMerge"] = "patches",
        ["vars"] = "replacements",
    });

    private static readonly SearchValues<char> PatternCharacters = SearchValues.Create("()[]{}*+?|^$\\");

    // What runs before patchesJson6902 but behind patches.
    private static readonly string[] Between = ["namespace", "namePrefix", "nameSuffix", "commonLabels", "labels", "commonAnnotations"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4054", "deprecated-kustomize-field", "A kustomization has a field that is deprecated", Severity.Warning)
        {
            Tag = FindingTag.Deprecated,
            Fix = FixSafety.Safe,
            Reference = new("https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Document(static context =>
    {
        if (!FileClassification.IsKustomizationName(context.File.Path) || context.Root.AsMapping() is not { } root)
        {
            return;
        }

        foreach (var entry in root.Entries)
        {
            if (entry.Name is { } name && Replacements.TryGetValue(name, out var now))
            {
                context.Report(
                    entry.Key,
                    $"'{name}' is deprecated: kustomize warns of it at each build and will drop it",
                    name switch
                    {
                        "commonLabels" => "Write `labels` with `includeSelectors: true` to keep what it does; without it, selectors, which cannot be changed later, stay free of it",
                        "vars" => "Write `replacements`",
                        _ => $"Write `{now}`",
                    },
                    fixes: Fixes(root, entry, now));
            }
        }
    });

    private static ImmutableArray<Fix> Fixes(YamlMapping root, YamlEntry entry, string now)
    {
        if (entry.Key is not YamlScalar { Style: YamlScalarStyle.Plain, Anchor: null } key || root.ContainsKey(now)
            || entry.Value is not YamlSequence { IsFlow: false, Items.IsEmpty: false } list)
        {
            return [];
        }

        var edits = ImmutableArray.Create(new TextEdit(key.Span, now));
        switch (key.Value)
        {
            case "bases" or "imageTags":
                break;
            case "patchesStrategicMerge" when !root.ContainsKey("patchesJson6902"):
                foreach (var item in list.Items)
                {
                    // A text in a path's place would have to be indented anew.
                    if (item is not YamlScalar { Anchor: null, Style: not (YamlScalarStyle.Literal or YamlScalarStyle.Folded) } path || path.Value.Contains(':', StringComparison.Ordinal))
                    {
                        return [];
                    }

                    edits = edits.Add(new TextEdit(new TextSpan(path.Span.Start, 0), "path: "));
                }

                break;
            case "patchesJson6902" when !root.ContainsKey("patchesStrategicMerge") && !Between.Any(root.ContainsKey) && list.Items.All(IsPatch):
                break;
            default:
                return [];
        }

        return [new Fix($"Write {now}", FixSafety.Safe, [new FileEdit(key.Source, edits)])];
    }

    private static bool IsPatch(YamlNode item) =>
        item.AsMapping() is { } patch && patch.Entries.All(entry => entry.Name is "target" or "path" or "patch") && patch["target"]?.GetString("name") is { } name
        && !name.AsSpan().ContainsAny(PatternCharacters);
}

using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>The suppressions of a run: decides which findings stay, and tells which suppressions were for nothing.</summary>
internal sealed class SuppressionIndex
{
    private const int MostPlaces = 5;

    private readonly Dictionary<string, List<Suppression>> byFile = new(StringComparer.Ordinal);
    private readonly Dictionary<Location, Suppression> annotations = [];
    private readonly Dictionary<ObjectId, Suppression> byObject = [];
    private readonly List<Location> malformed = [];
    private readonly SuppressionParser parser;

    public SuppressionIndex(RepositoryModel model, RuleCatalog catalog)
    {
        parser = new SuppressionParser(catalog);
        foreach (var file in model.Workspace.SelectedFiles)
        {
            if (file.Yaml.Text.Content.Contains("kubelint:", StringComparison.Ordinal))
            {
                byFile[file.DisplayPath] = parser.Parse(file.Yaml, malformed);
            }
        }

        foreach (var item in model.Objects)
        {
            if (Of(item) is { } suppression)
            {
                byObject.TryAdd(item.Id, suppression);
            }
        }
    }

    /// <summary>The suppression that silences a finding; null where it stays.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="subject">The object that the rule looked at; null for none.</param>
    public Suppression? Find(Diagnostic finding, KubernetesObject? subject)
    {
        if (!finding.Rule.CanBeSuppressed)
        {
            return null;
        }

        if (byFile.TryGetValue(finding.Location.Text.Path, out var inFile))
        {
            var line = finding.Location.Start.Line;
            foreach (var suppression in inFile)
            {
                if ((suppression.Line is null || suppression.Line == line) && suppression.TryUse(finding.Rule))
                {
                    return suppression;
                }
            }
        }

        var annotation = subject is not null && finding.Object is { } about && about.Kind == subject.Kind && about.Name == subject.Name ? Of(subject)
            : finding.Object is { } id ? byObject.GetValueOrDefault(id)
            : null;
        return annotation is not null && annotation.TryUse(finding.Rule) ? annotation : null;
    }

    /// <summary>What is wrong with the suppressions, once all findings were asked about.</summary>
    /// <param name="paths">What holds in which file.</param>
    /// <param name="requireReason">Whether each must give a reason.</param>
    /// <param name="hasRun">Whether the run looked at what a rule judges.</param>
    public IEnumerable<Diagnostic> Judge(PathRules paths, bool requireReason, Func<RuleDescriptor, bool> hasRun)
    {
        foreach (var place in malformed)
        {
            yield return Invalid(place, "This comment begins like a suppression and is none, so it suppresses nothing", $"Write: {SuppressionParser.Form}");
        }

        foreach (var suppression in byFile.Values.SelectMany(list => list).Where(suppression => suppression.IsCertain).Concat(annotations.Values))
        {
            if (requireReason && suppression.Reason.Length == 0)
            {
                var help = suppression.Annotation is null ? $"Write: {SuppressionParser.Form}" : $"Say why in the annotation {SuppressionParser.ReasonAnnotation}";
                yield return Invalid(suppression.Location, "The suppression gives no reason, which the configuration requires", help);
            }

            foreach (var finding in JudgeNames(suppression, paths.For(suppression.Location.Text.Path), hasRun))
            {
                yield return finding;
            }
        }
    }

    /// <summary>The rules that are called by a former name: one note for each such name, with its places.</summary>
    public ImmutableArray<AnalysisNote> Notes()
    {
        // What a text inside a scalar says may be no suppression; one that silenced something is.
        var names = byFile.Values.SelectMany(list => list).Concat(annotations.Values)
            .SelectMany(suppression => suppression.Names.Where(name => suppression.IsCertain || name.IsUsed));
        var notes = ImmutableArray.CreateBuilder<AnalysisNote>();
        foreach (var former in names.GroupBy(name => name.Text, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            if (parser.NoteOnFormer(former.Key) is { } note)
            {
                var places = former.Select(name => name.Location)
                    .OrderBy(place => place.Text.Path, StringComparer.Ordinal).ThenBy(place => place.Span.Start).ToList();
                var others = places.Count == 1 ? "" : $" (also called '{former.Key}' at {string.Join(", ", places.Skip(1).Take(MostPlaces))}{(places.Count > MostPlaces + 1 ? ", …" : "")})";
                notes.Add(new AnalysisNote(note + others, places[0]));
            }
        }

        return notes.ToImmutable();
    }

    private IEnumerable<Diagnostic> JudgeNames(Suppression suppression, PathState state, Func<RuleDescriptor, bool> hasRun)
    {
        var unused = new List<SuppressedName>();
        foreach (var name in suppression.Names)
        {
            if (name.Rules.IsEmpty)
            {
                var hint = parser.Nearest(name.Text) is { } nearest ? $"; did you mean '{nearest}'?" : "";
                yield return Invalid(name.Location, $"There is no rule or family '{name.Text}', so nothing is suppressed{hint}", null);
            }
            else if (name.Rules.All(rule => !rule.Descriptor.CanBeSuppressed))
            {
                yield return Invalid(name.Location, $"The rule '{name.Text}' cannot be suppressed", null);
            }
            else if (!name.IsUsed && name.Rules.Any(rule => state.SeverityOf(rule.Descriptor) is not null && hasRun(rule.Descriptor)))
            {
                // Of a rule that did not run nobody knows what it would have found; one between revisions is needed for a while only.
                unused.Add(name);
            }
        }

        if (unused.Count > 0 && unused.Count == suppression.Names.Length)
        {
            yield return Unused(suppression.Location, string.Join(", ", unused.Select(name => name.Text)), SuppressionFixes.Remove(suppression));
            yield break;
        }

        foreach (var name in unused)
        {
            yield return Unused(name.Location, name.Text, SuppressionFixes.Remove(suppression, name));
        }
    }

    private static Diagnostic Unused(Location place, string names, ImmutableArray<Fix> fixes) => new()
    {
        Rule = RunRules.UnusedSuppression,
        Severity = RunRules.UnusedSuppression.DefaultSeverity,
        Message = $"The suppression of {names} suppresses nothing",
        Location = place,
        Help = "Remove it: left standing, it would hide the next problem here",
        Fixes = fixes,
    };

    private static Diagnostic Invalid(Location place, string message, string? help) => new()
    {
        Rule = RunRules.InvalidSuppression,
        Severity = RunRules.InvalidSuppression.DefaultSeverity,
        Message = message,
        Location = place,
        Help = help,
    };

    // The same annotation reaches several clusters: it is one suppression.
    private Suppression? Of(KubernetesObject item)
    {
        if (parser.Parse(item.Root) is not { } made)
        {
            return null;
        }

        if (!annotations.TryGetValue(made.Location, out var suppression))
        {
            annotations.Add(made.Location, suppression = made);
        }

        return suppression;
    }
}

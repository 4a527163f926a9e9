using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>
/// Applies fixes in memory until nothing is left to fix. After each step the repository is analysed again: a fix after
/// which its finding is still there, a file no longer parses or a new finding appears is dropped. What only comes to light because
/// the fix lets a build succeed is not new.
/// </summary>
/// <param name="analyze">
/// Analyses the repository as a source holds it, which differs from the first one only in files with these absolute paths; the rule yaml-syntax
/// must be among the rules.
/// </param>
/// <param name="baseDirectory">The absolute directory to which the paths of findings are relative.</param>
/// <param name="refuse">Says why a file, given by its absolute path, may not change; null where it may. Without it all may.</param>
public sealed class FixApplier(
    Func<IFileSource, IReadOnlySet<string>, CancellationToken, AnalysisResult> analyze,
    string baseDirectory,
    Func<string, string?>? refuse = null)
{
    /// <summary>How often fixes may make room for others before the work ends.</summary>
    public const int MaxRounds = 10;

    // The search for a harmful fix goes by halves and is no round; this bounds fixes that undo each other meanwhile.
    private const int MaxSteps = 100;

    /// <summary>Applies what may be applied.</summary>
    /// <param name="source">The files as they are.</param>
    /// <param name="least">The safety that a fix needs at least.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public FixResult Apply(IFileSource source, FixSafety least, CancellationToken cancellationToken = default)
    {
        source = new SnapshotFileSource(source);
        var state = new State(ImmutableDictionary<string, byte[]>.Empty, analyze(source, ImmutableHashSet<string>.Empty, cancellationToken));
        var applied = ImmutableArray.CreateBuilder<AppliedFix>();
        var dropped = ImmutableArray.CreateBuilder<DroppedFix>();
        var rounds = 0;
        for (var step = 0; rounds < MaxRounds && step < MaxSteps; step++)
        {
            var chosen = Choose(source, state, least, dropped);
            if (chosen.Count == 0)
            {
                break;
            }

            var count = applied.Count;
            state = ApplyAll(source, state, chosen, applied, dropped, cancellationToken);
            rounds += applied.Count - count == chosen.Count ? 1 : 0;
        }

        var files = ImmutableArray.CreateBuilder<FixedFile>();
        foreach (var (path, bytes) in state.Changed.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            files.Add(new FixedFile(path, Display(path), [.. source.ReadAllBytes(path)], [.. bytes]));
        }

        return new FixResult(files.ToImmutable(), applied.ToImmutable(), dropped.ToImmutable(), state.Result, rounds);
    }

    // The first fix of each finding, in the findings' order, whose edits touch none that was chosen before.
    private List<AppliedFix> Choose(IFileSource source, State state, FixSafety least, ImmutableArray<DroppedFix>.Builder dropped)
    {
        var refused = dropped.Select(drop => Key(drop.Diagnostic, drop.Fix)).ToHashSet();
        var taken = new Dictionary<string, List<TextSpan>>(StringComparer.Ordinal);
        var chosen = new List<AppliedFix>();
        foreach (var diagnostic in state.Result.Diagnostics)
        {
            foreach (var fix in diagnostic.Fixes)
            {
                if (fix.Safety >= least && !refused.Contains(Key(diagnostic, fix)))
                {
                    if (fix.Edits.Select(file => Refusal(source, state, file)).FirstOrDefault(reason => reason is not null) is { } refusal)
                    {
                        dropped.Add(new DroppedFix(diagnostic, fix, refusal));
                        refused.Add(Key(diagnostic, fix));
                        continue;
                    }

                    if (!fix.Edits.Any(file => file.Edits.Any(edit => Overlaps(taken, file, edit))))
                    {
                        chosen.Add(new AppliedFix(diagnostic, fix));
                        Take(taken, fix);
                    }

                    break;
                }
            }
        }

        return chosen;
    }

    // A text that is not the whole file (a document inside a scalar) or that lost bytes when it was decoded cannot be written back.
    private string? Refusal(IFileSource source, State state, FileEdit file)
    {
        var path = PathOf(file);
        if (refuse?.Invoke(path) is { } reason)
        {
            return reason;
        }

        var bytes = state.Changed.GetValueOrDefault(path) ?? source.ReadAllBytes(path);
        return EditedFile.CanBeWritten(file.Text, bytes) ? null : "the file could not be written back as it is but for the edit";
    }

    // Two edits that only meet are kept apart too: which comes first would be a guess.
    private static bool Overlaps(Dictionary<string, List<TextSpan>> taken, FileEdit file, TextEdit edit) =>
        taken.TryGetValue(file.Text.Path, out var spans) && spans.Any(span => edit.Span.Start <= span.End && span.Start <= edit.Span.End);

    private static void Take(Dictionary<string, List<TextSpan>> taken, Fix fix)
    {
        foreach (var file in fix.Edits)
        {
            if (!taken.TryGetValue(file.Text.Path, out var spans))
            {
                taken.Add(file.Text.Path, spans = []);
            }

            spans.AddRange(file.Edits.Select(edit => edit.Span));
        }
    }

    private static (string, string, int, string) Key(Diagnostic diagnostic, Fix fix) =>
        (diagnostic.Rule.Id, diagnostic.Location.Text.Path, diagnostic.Location.Start.Line, fix.Title);

    // All at once where that works; else halves, until the one that does harm stands alone.
    private State ApplyAll(
        IFileSource source,
        State before,
        List<AppliedFix> chosen,
        ImmutableArray<AppliedFix>.Builder applied,
        ImmutableArray<DroppedFix>.Builder dropped,
        CancellationToken cancellationToken)
    {
        var changed = Edit(source, before.Changed, chosen);
        var after = new State(changed, analyze(new OverlayFileSource(changed, source), changed.Keys.ToHashSet(StringComparer.Ordinal), cancellationToken));
        if (FindHarm(before.Result, after.Result, chosen) is not { } harm)
        {
            applied.AddRange(chosen);
            return after;
        }

        if (chosen.Count == 1)
        {
            dropped.Add(new DroppedFix(chosen[0].Diagnostic, chosen[0].Fix, harm));
            return before;
        }

        // The second half is chosen anew in the next round: its offsets are of the texts before the first.
        return ApplyAll(source, before, chosen[..(chosen.Count / 2)], applied, dropped, cancellationToken);
    }

    private ImmutableDictionary<string, byte[]> Edit(IFileSource source, ImmutableDictionary<string, byte[]> changed, List<AppliedFix> chosen)
    {
        foreach (var file in chosen.SelectMany(item => item.Fix.Edits).GroupBy(edit => edit.Text.Path, StringComparer.Ordinal))
        {
            var path = PathOf(file.First());
            // What cannot be written back was refused when the fix was chosen.
            var before = changed.GetValueOrDefault(path) ?? source.ReadAllBytes(path);
            changed = changed.SetItem(path, EditedFile.Create(file.First().Text, file.SelectMany(item => item.Edits), before)!);
        }

        return changed;
    }

    // A finding has no identity across edits but its rule and file: what counts is that fixed ones went and none came.
    private static string? FindHarm(AnalysisResult before, AnalysisResult after, List<AppliedFix> chosen)
    {
        var allowed = Count(before.Diagnostics);
        foreach (var item in chosen)
        {
            allowed[KeyOf(item.Diagnostic)]--;
        }

        var present = Count(after.Diagnostics);
        var brought = after.Diagnostics.Where(found => present[KeyOf(found)] > allowed.GetValueOrDefault(KeyOf(found)));

        // Of a fix that stands alone it is known what it mends: the build that succeeds now shows what it hid. What stands in the fix's own words was not hidden.
        if (chosen is [var single] && after.Hidden.IsLessThan(before.Hidden))
        {
            brought = brought.Where(found => IsWrittenBy(single.Fix, found.Location));
        }

        return brought.LastOrDefault() is not { } example ? null
            : chosen.Exists(item => KeyOf(item.Diagnostic) == KeyOf(example)) ? $"its finding would still be there ({example.Location})"
            : $"it would bring a new finding: {example.Location} {example.Rule.Id} {example.Message}";
    }

    // The place is one of the text after the edits.
    private static bool IsWrittenBy(Fix fix, Location place)
    {
        foreach (var file in fix.Edits.Where(file => file.Text.Path == place.Text.Path))
        {
            var shift = 0;
            foreach (var edit in file.Edits.OrderBy(edit => edit.Span.Start))
            {
                var start = edit.Span.Start + shift;
                if (place.Span.Start < start + edit.NewText.Length && start < place.Span.End)
                {
                    return true;
                }

                shift += edit.NewText.Length - edit.Span.Length;
            }
        }

        return false;
    }

    private static Dictionary<(string Rule, string Path), int> Count(ImmutableArray<Diagnostic> diagnostics)
    {
        var counts = new Dictionary<(string, string), int>();
        foreach (var diagnostic in diagnostics)
        {
            counts[KeyOf(diagnostic)] = counts.GetValueOrDefault(KeyOf(diagnostic)) + 1;
        }

        return counts;
    }

    private static (string Rule, string Path) KeyOf(Diagnostic diagnostic) => (diagnostic.Rule.Id, diagnostic.Location.Text.Path);

    private string PathOf(FileEdit file) => YamlFileCache.Normalize(Path.Combine(baseDirectory, file.Text.Path));

    private string Display(string path) => Path.GetRelativePath(baseDirectory, path).Replace('\\', '/');

    private sealed record State(ImmutableDictionary<string, byte[]> Changed, AnalysisResult Result);
}

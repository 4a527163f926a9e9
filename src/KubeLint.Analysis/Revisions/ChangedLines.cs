using System.Collections.Immutable;
using System.Text;

using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>Tells on which lines files differ from those of a revision. Line ends and byte order marks do not count. For one thread.</summary>
/// <param name="before">The files at the revision.</param>
/// <param name="now">The files as they are.</param>
/// <param name="renamed">The absolute path that a file had, by the one that it has now.</param>
public sealed class ChangedLines(YamlFileCache before, YamlFileCache now, IReadOnlyDictionary<string, string> renamed)
{
    private readonly Dictionary<string, ImmutableArray<LineChange>?> changes = new(StringComparer.Ordinal);

    /// <summary>Whether a place lies on a line that differs, or in a file that the revision does not have.</summary>
    public bool Touch(Location place)
    {
        var path = YamlFileCache.Normalize(Path.Combine(now.BaseDirectory, place.Text.Path));
        if (!changes.TryGetValue(path, out var found))
        {
            changes.Add(path, found = Find(path));
        }

        if (found is not { } lines)
        {
            return true;
        }

        var first = place.Start.Line - 1;
        var last = place.End.Line - 1;
        return lines.Any(change => change.RightStart <= last && change.RightEnd > first);
    }

    // Null where all lines are new.
    private ImmutableArray<LineChange>? Find(string path)
    {
        var old = renamed.GetValueOrDefault(path, path);
        if (!before.Source.FileExists(old))
        {
            return null;
        }

        try
        {
            return [.. LineDiff.Find(Lines(before.ReadText(old)), Lines(now.ReadText(path)))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            // A file that is gone or is no text.
            return null;
        }
    }

    private static ImmutableArray<string> Lines(SourceText text) => [.. Enumerable.Range(1, text.LineCount).Select(text.GetLine)];
}

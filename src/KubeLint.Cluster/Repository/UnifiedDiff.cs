using System.Globalization;
using System.Text;
using KubeLint.Yaml;

namespace KubeLint.Cluster.Repository;

/// <summary>Text edits as a unified diff, as <c>git apply</c> reads it.</summary>
public static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The diff of edits in one file that change lines in place (none adds or removes a line).</summary>
    /// <param name="path">The file's path as it is to stand in the diff.</param>
    /// <param name="text">The file as it is.</param>
    /// <param name="edits">The edits; none overlaps another.</param>
    public static string Of(string path, SourceText text, IReadOnlyList<TextEdit> edits)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(edits);
        var changed = new SortedDictionary<int, string>();
        foreach (var edit in edits.OrderByDescending(edit => edit.Span.Start))
        {
            var line = text.GetPosition(edit.Span.Start).Line;
            var start = text.GetLineSpan(line).Start;
            var current = changed.GetValueOrDefault(line) ?? text.GetLine(line);
            var at = edit.Span.Start - start;
            changed[line] = string.Concat(current.AsSpan(0, at), edit.NewText, current.AsSpan(at + edit.Span.Length));
        }

        var diff = new StringBuilder();
        diff.Append("--- a/").Append(path).Append('\n').Append("+++ b/").Append(path).Append('\n');
        var lines = changed.Keys.ToList();
        var count = text.Content.EndsWith('\n') ? text.LineCount - 1 : text.LineCount;
        for (var i = 0; i < lines.Count;)
        {
            var first = Math.Max(1, lines[i] - Context);
            var last = i;
            while (last + 1 < lines.Count && lines[last + 1] - lines[last] <= 2 * Context)
            {
                last++;
            }

            var end = Math.Min(count, lines[last] + Context);
            diff.Append(CultureInfo.InvariantCulture, $"@@ -{first},{end - first + 1} +{first},{end - first + 1} @@\n");
            var minus = new StringBuilder();
            var plus = new StringBuilder();
            for (var line = first; line <= end; line++)
            {
                if (changed.TryGetValue(line, out var replacement))
                {
                    minus.Append('-').Append(text.GetLine(line)).Append('\n');
                    plus.Append('+').Append(replacement).Append('\n');
                    continue;
                }

                diff.Append(minus).Append(plus).Append(' ').Append(text.GetLine(line)).Append('\n');
                minus.Clear();
                plus.Clear();
            }

            diff.Append(minus).Append(plus);
            i = last + 1;
        }

        return diff.ToString();
    }
}

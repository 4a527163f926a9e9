using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>Orders findings and makes one of those that a rule reports at one token for several objects.</summary>
internal static class FindingMerger
{
    public static ImmutableArray<Diagnostic> Merge(List<Diagnostic> findings)
    {
        // LINQ's sort is stable: what compares equal keeps the order of the model.
        var groups = findings
            .OrderBy(finding => finding.Location.Text.Path, StringComparer.Ordinal)
            .ThenBy(finding => finding.Location.Span.Start)
            .ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal)
            .ThenBy(finding => finding.Location.Span.Length)
            .GroupBy(finding => (finding.Rule.Id, finding.Location.Text.Path, finding.Location.Span));
        var result = ImmutableArray.CreateBuilder<Diagnostic>(findings.Count);
        foreach (var group in groups)
        {
            result.AddRange(MergeOnePlace(group));
        }

        return result.ToImmutable();
    }

    /// <summary>Orders silenced findings; of those that are one to a reader, one stays.</summary>
    public static ImmutableArray<SuppressedDiagnostic> Merge(List<SuppressedDiagnostic> findings)
    {
        var by = new Dictionary<(string, string, TextSpan), SuppressedDiagnostic>();
        foreach (var finding in findings)
        {
            by.TryAdd((finding.Diagnostic.Rule.Id, finding.Diagnostic.Location.Text.Path, finding.Diagnostic.Location.Span), finding);
        }

        return
        [
            .. Merge(findings.ConvertAll(finding => finding.Diagnostic)).Select(
                merged => by[(merged.Rule.Id, merged.Location.Text.Path, merged.Location.Span)] with { Diagnostic = merged }),
        ];
    }

    private static List<Diagnostic> MergeOnePlace(IEnumerable<Diagnostic> findings)
    {
        // Two overlays that reach one token are one finding; two mistakes of one object at one token are two.
        var merged = new List<(Diagnostic First, HashSet<ObjectId> Objects)>();
        foreach (var finding in findings)
        {
            var match = merged.FindIndex(other => other.First.Message == finding.Message);
            if (match < 0 && finding.Object is { } item)
            {
                match = merged.FindIndex(other => !other.Objects.Contains(item));
            }

            if (match < 0)
            {
                merged.Add((finding, finding.Object is { } first ? [first] : []));
                continue;
            }

            var (kept, objects) = merged[match];
            if (finding.Object is { } another && objects.Add(another))
            {
                kept = kept with { OtherObjects = kept.OtherObjects.Add(another) };
            }

            merged[match] = (kept with { Related = [.. kept.Related.Union(finding.Related)], Origins = [.. kept.Origins.Union(finding.Origins)] }, objects);
        }

        return merged.ConvertAll(entry => entry.First);
    }
}

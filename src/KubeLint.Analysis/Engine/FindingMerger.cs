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

    private static IEnumerable<Diagnostic> MergeOnePlace(IEnumerable<Diagnostic> findings)
    {
        // Two overlays that reach one token are one finding; two mistakes of one object at one token are two.
        var merged = new List<Merged>();
        foreach (var finding in findings)
        {
            var match = merged.Find(other => other.First.Message == finding.Message);
            if (match is null && finding.Object is { } item)
            {
                match = merged.Find(other => !other.Holds(item));
            }

            if (match is null)
            {
                merged.Add(new Merged(finding));
            }
            else
            {
                match.Add(finding);
            }
        }

        return merged.Select(entry => entry.ToDiagnostic());
    }

    // Thousands of overlays may reach one token: what they bring is gathered, not copied for each of them.
    private sealed class Merged(Diagnostic first)
    {
        private readonly HashSet<ObjectId> objects = first.Object is { } item ? [item] : [];
        private readonly List<ObjectId> otherObjects = [.. first.OtherObjects];
        private List<Diagnostic>? others;

        public Diagnostic First { get; } = first;

        public bool Holds(ObjectId item) => objects.Contains(item);

        public void Add(Diagnostic finding)
        {
            if (finding.Object is { } item && objects.Add(item))
            {
                otherObjects.Add(item);
            }

            (others ??= []).Add(finding);
        }

        public Diagnostic ToDiagnostic() => others is null ? First : First with
        {
            OtherObjects = [.. otherObjects],
            Related = [.. First.Related.Concat(others.SelectMany(finding => finding.Related)).Distinct()],
            Origins = [.. First.Origins.Concat(others.SelectMany(finding => finding.Origins)).Distinct()],
        };
    }
}

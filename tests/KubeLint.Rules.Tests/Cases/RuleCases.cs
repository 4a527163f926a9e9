using KubeLint.Testing;

namespace KubeLint.Rules.Tests;

/// <summary>Finds the cases: a folder and a file are all that a new one takes.</summary>
public static class RuleCases
{
    public const string SnapshotFolder = "__snapshots__";

    /// <summary>The folders of rules that have cases.</summary>
    public static IEnumerable<string> Folders() =>
        Directory.EnumerateDirectories(TestPaths.Fixture("rules")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    /// <summary>The names of a rule's cases, and of what stands beside them and is none.</summary>
    public static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFileSystemEntries(TestPaths.Fixture("rules", folder)).Select(path => Path.GetFileName(path)!)
            .Where(name => name != SnapshotFolder).Order(StringComparer.Ordinal);

    /// <summary>A row for each case.</summary>
    public static TheoryData<string, string> All()
    {
        var rows = new TheoryData<string, string>();
        foreach (var folder in Folders())
        {
            foreach (var name in Names(folder))
            {
                rows.Add(folder, name);
            }
        }

        return rows;
    }
}

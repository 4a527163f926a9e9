using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Fixes that add or remove an entry of a mapping; empty where the text does not allow it.</summary>
internal static class EntryFixes
{
    /// <summary>Removes an entry.</summary>
    public static ImmutableArray<Fix> Remove(YamlMapping mapping, string key, FixSafety safety) =>
        Of($"Remove `{key}`", safety, mapping, BlockEdits.Remove(mapping, key));

    /// <summary>Adds an entry.</summary>
    public static ImmutableArray<Fix> Insert(string title, YamlMapping mapping, FixSafety safety, params ReadOnlySpan<string> lines) =>
        Of(title, safety, mapping, BlockEdits.Insert(mapping, lines));

    private static ImmutableArray<Fix> Of(string title, FixSafety safety, YamlMapping mapping, TextEdit? edit) =>
        edit is { } known ? [new Fix(title, safety, [new FileEdit(mapping.Source, [known])])] : [];
}

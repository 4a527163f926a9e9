using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>When a fix may be applied. Ordered: a greater value needs less care.</summary>
public enum FixSafety
{
    /// <summary>Shown only: it needs a choice.</summary>
    Suggestion,

    /// <summary>Applied with <c>--unsafe-fixes</c>: it may change what runs.</summary>
    Unsafe,

    /// <summary>Applied with <c>--fix</c>: what the cluster gets means the same.</summary>
    Safe,
}

/// <summary>A way to mend a finding.</summary>
/// <param name="Title">What it does, as an order: <c>Pin the tag to 1.64.2</c>.</param>
/// <param name="Safety">When it may be applied.</param>
/// <param name="Edits">The edits, by file.</param>
public sealed record Fix(string Title, FixSafety Safety, ImmutableArray<FileEdit> Edits);

/// <summary>The edits of one file.</summary>
/// <param name="Text">The file's text as it was read.</param>
/// <param name="Edits">The edits; they do not overlap.</param>
public sealed record FileEdit(SourceText Text, ImmutableArray<TextEdit> Edits);

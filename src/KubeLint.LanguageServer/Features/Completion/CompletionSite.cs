using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Features.Completion;

/// <summary>Where in a document somebody types.</summary>
/// <param name="Root">The document, or the text inside a scalar, with something in the place.</param>
/// <param name="Path">The keys to the value, <c>[]</c> for each list; for a key those to the mapping that holds it.</param>
/// <param name="Mapping">The mapping that holds it; null for an item of a list.</param>
/// <param name="Token">The token.</param>
internal sealed record CompletionSite(YamlNode Root, ImmutableArray<string> Path, YamlMapping? Mapping, CursorToken Token)
{
    /// <summary>What stands in the place; no text of a person's holds it.</summary>
    public const string Placeholder = "kubelint-here-zq";

    /// <summary>Whether the first word of a list's item is typed: a text, or the first key of a mapping.</summary>
    public bool MayBeItem => Token is { IsKey: true, HasColon: false } && Path is [.., "[]"] && Mapping is null or { Entries.Length: 1 };

    /// <summary>The document's <c>apiVersion</c>; empty where there is none.</summary>
    public string ApiVersion => Root.GetString("apiVersion") ?? "";

    /// <summary>The document's <c>kind</c>; empty where there is none.</summary>
    public string Kind => Root.GetString("kind") ?? "";

    /// <summary>The document's API group; empty for the core group, and where there is none.</summary>
    public string Group => ApiVersion.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? ApiVersion[..slash] : "";

    /// <summary>Whether a value at the path may be typed here.</summary>
    /// <param name="path">The path, such as <c>spec.sourceRef.name</c> or <c>resources[]</c>.</param>
    public bool IsValueAt(string path) => (!Token.IsKey || MayBeItem) && string.Join('.', Path).Replace(".[]", "[]", StringComparison.Ordinal) == path;

    /// <summary>The text of a key beside the place; null where there is none.</summary>
    public string? Sibling(string key) => Mapping?.GetString(key) is { } text && text != Placeholder ? text : null;
}

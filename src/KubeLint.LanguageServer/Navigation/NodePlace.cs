using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Navigation;

/// <summary>A step from a node to one below it.</summary>
/// <param name="Key">The key of a mapping; null for a step into a sequence, or where the key is no scalar.</param>
/// <param name="Index">The number of an item, from 0; -1 for a step into a mapping.</param>
internal readonly record struct PathStep(string? Key, int Index)
{
    /// <summary>A step into a mapping.</summary>
    public static PathStep To(string? key) => new(key, -1);

    /// <summary>A step into a sequence.</summary>
    public static PathStep To(int index) => new(null, index);

    /// <inheritdoc/>
    public override string ToString() => Index < 0 ? Key ?? "?" : $"[{Index}]";
}

/// <summary>A node of a document, and the way to it.</summary>
internal sealed record NodePlace
{
    /// <summary>The document's root: of the file, or of the text inside a scalar.</summary>
    public required YamlNode Root { get; init; }

    /// <summary>The innermost node: a scalar, an alias, or a collection where the place is between its parts.</summary>
    public required YamlNode Node { get; init; }

    /// <summary>The entry to which the node belongs as a key or a value; null for an item and the root.</summary>
    public YamlEntry? Entry { get; init; }

    /// <summary>Whether the node is the key of <see cref="Entry"/>.</summary>
    public bool IsKey { get; init; }

    /// <summary>The steps from the root to the value.</summary>
    public ImmutableArray<PathStep> Path { get; init; } = [];

    /// <summary>The collections from the root to the one that holds the node.</summary>
    public ImmutableArray<YamlNode> Parents { get; init; } = [];

    /// <summary>The scalar in whose text the document stands; null for a document of the file.</summary>
    public NodePlace? Outer { get; init; }

    /// <summary>What the place says: the value of the key that it is at, else the node.</summary>
    public YamlNode Value => IsKey ? Entry!.Value.Value : Node;

    /// <summary>The place in the file's own document.</summary>
    public NodePlace Outermost => Outer?.Outermost ?? this;

    /// <summary>The path as people write it: <c>spec.patches[0].patch</c>.</summary>
    public string DisplayPath => Show(Path);

    /// <summary>A path as people write it.</summary>
    public static string Show(ImmutableArray<PathStep> path)
    {
        var text = new System.Text.StringBuilder();
        foreach (var step in path)
        {
            text.Append(step.Index < 0 && text.Length > 0 ? "." : "").Append(step);
        }

        return text.ToString();
    }
}

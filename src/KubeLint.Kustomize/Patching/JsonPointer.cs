using KubeLint.Yaml;

namespace KubeLint.Kustomize.Patching;

/// <summary>A path of a JSON patch's operation (RFC 6901), and the scalar in which it is written.</summary>
internal sealed class JsonPointer
{
    private readonly int keyStart;

    public JsonPointer(YamlScalar node)
    {
        Node = node;
        var parts = Text.Split('/');
        keyStart = Text.LastIndexOf('/') + 1;
        // What stands before the first slash is not read.
        Parents = parts.Length < 2 ? [] : [.. parts[1..^1].Select(Unescape)];
        HasKey = parts.Length >= 2;
        Key = Unescape(parts[^1]);
    }

    public YamlScalar Node { get; }

    public string Text => Node.Value;

    /// <summary>The parts before the last.</summary>
    public string[] Parents { get; }

    /// <summary>Whether the path has a slash, so that its last part is a key or an index.</summary>
    public bool HasKey { get; }

    /// <summary>The last part.</summary>
    public string Key { get; }

    /// <summary>The key as a node, where the path's last part is written.</summary>
    public YamlScalar MakeKey()
    {
        var isWritten = keyStart + Key.Length == Text.Length;
        var extras = new NodeExtras(YamlTags.String, Derivation: isWritten ? null : new Derivation("patches"));
        return new YamlScalar(Node.EmbeddedText(), TextSpan.FromBounds(keyStart, Text.Length), Key, YamlScalarStyle.Plain, extras);
    }

    // Every escape shortens the text, so a part of its own length has none.
    private static string Unescape(string part) =>
        part.Contains('~', StringComparison.Ordinal)
            ? part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
            : part;
}

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Output;

/// <summary>Where a printed line comes from.</summary>
/// <param name="Node">The node that the line shows; null where it shows none.</param>
/// <param name="Offset">For a line inside a block scalar: where it begins in the scalar's value; else -1.</param>
internal readonly record struct LineOrigin(YamlNode? Node, int Offset)
{
    /// <summary><c>path:line:column</c>, and in brackets the field that computed the node where one did.</summary>
    public override string ToString()
    {
        if (Node is null)
        {
            return string.Empty;
        }

        if (Node.Derivation is { } derivation)
        {
            return $"{Node.Location} ({derivation.By})";
        }

        return Offset >= 0 && Node is YamlScalar scalar
            ? scalar.EmbeddedText().Locate(new TextSpan(Offset, 0)).ToString()
            : Node.Location.ToString();
    }
}

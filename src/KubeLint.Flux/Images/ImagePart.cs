using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>A part of a container image with the token that says it.</summary>
/// <param name="State">What is known of it.</param>
/// <param name="Text">The part as written; empty where it is absent.</param>
/// <param name="Node">The scalar in which it stands; null where it is absent.</param>
/// <param name="Range">Its range in the scalar's value; null where it is the whole scalar.</param>
public readonly record struct ImagePart(PartState State, string Text, YamlScalar? Node, TextSpan? Range = null)
{
    /// <summary>The part as written; empty where it is absent.</summary>
    public string Text { get => field ?? ""; init; } = Text;

    /// <summary>A part that is not written.</summary>
    public static ImagePart Absent => default;

    /// <summary>The value; null where it is absent or not known.</summary>
    public string? Value => State == PartState.Known ? Text : null;

    /// <summary>Whether a token says it.</summary>
    public bool IsWritten => Node is not null && State != PartState.Absent;

    /// <summary>The token's place in the file, quotes included where it is a whole scalar; null where it is absent.</summary>
    public Location? Location => Node is null ? null : Range is { } range ? Within(Node, range) : Node.Location;

    /// <summary>The place of the token's text alone, quotes left out: what an edit replaces; null where it is absent.</summary>
    public Location? TextLocation => Node is null ? null : Within(Node, Range ?? new TextSpan(0, Node.Value.Length));

    /// <summary>A whole scalar as a part; null and the empty string say nothing.</summary>
    internal static ImagePart Of(YamlScalar? scalar) =>
        scalar is null || scalar.IsNull || scalar.Value.Length == 0 ? Absent
        : new ImagePart(scalar.IsUnknown || TemplateMask.IsIn(scalar.Value) ? PartState.Unknown : PartState.Known, scalar.Value, scalar);

    /// <summary>A part of the reference that a scalar holds.</summary>
    internal static ImagePart Of(YamlScalar scalar, ReferencePart part) =>
        part.State == PartState.Absent ? Absent : new ImagePart(part.State, part.Text, scalar, part.Span);

    // A computed value need not stand in its text as it is: then its token is all that there is to point at.
    private static Location Within(YamlScalar node, TextSpan range) =>
        node.Derivation is null || node.Source.Content.AsSpan(node.Span.Start, node.Span.Length).SequenceEqual(node.Value)
            ? node.EmbeddedText().Locate(range)
            : node.Location;
}

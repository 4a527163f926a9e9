using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>Makes images of scalars that hold a whole reference.</summary>
internal static class References
{
    /// <summary>The image that a scalar names; null where it is no reference. Owner and path are the collector's to fill in.</summary>
    public static ContainerImage? Read(YamlScalar scalar, ImageShape shape)
    {
        if (scalar.Type != YamlScalarType.String || !ImageReference.TryParse(scalar.Value, out var reference, out _))
        {
            return null;
        }

        return new ContainerImage
        {
            Owner = null,
            Path = "",
            Shape = shape,
            Registry = ImagePart.Of(scalar, reference.Domain),
            Repository = ImagePart.Of(scalar, reference.Path),
            Tag = ImagePart.Of(scalar, reference.Tag),
            Digest = ImagePart.Of(scalar, reference.Digest),
            RegistryDefaultsToDockerHub = true,
        };
    }

    /// <summary>The tag and the digest of a scalar that stands for a tag: <c>v1</c>, <c>v1@sha256:…</c>, <c>sha256:…</c>.</summary>
    public static (ImagePart Tag, ImagePart Digest) ReadTag(YamlScalar? scalar)
    {
        var whole = ImagePart.Of(scalar);
        if (scalar is null || !whole.IsWritten)
        {
            return (ImagePart.Absent, ImagePart.Absent);
        }

        var masked = TemplateMask.Apply(scalar.Value, '\0');
        var at = masked.IndexOf('@');
        if (at >= 0)
        {
            return (Slice(scalar, 0, at), Slice(scalar, at + 1, scalar.Value.Length));
        }

        if (masked.StartsWith("sha256:", StringComparison.Ordinal))
        {
            return (ImagePart.Absent, whole);
        }

        // A variable at the end may bring a digest.
        return (whole, masked[^1] == '\0' ? whole with { Text = "" } : ImagePart.Absent);
    }

    private static ImagePart Slice(YamlScalar scalar, int start, int end)
    {
        var text = scalar.Value[start..end];
        return text.Length == 0
            ? ImagePart.Absent
            : new ImagePart(TemplateMask.IsIn(text) ? PartState.Unknown : PartState.Known, text, scalar, TextSpan.FromBounds(start, end));
    }
}

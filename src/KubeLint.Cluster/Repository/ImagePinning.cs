using KubeLint.Flux.Images;
using KubeLint.Registry.Pins;
using KubeLint.Yaml;

namespace KubeLint.Cluster.Repository;

/// <summary>The edit that pins a written image.</summary>
public static class ImagePinning
{
    /// <summary>
    /// Replaces the tag by <c>version@digest</c>, or by <c>tag@digest</c> where no version is known; null where the tag is not written as it is
    /// (a variable, a default), or has its digest in a key of its own.
    /// </summary>
    /// <param name="image">The image as written.</param>
    /// <param name="pin">What was confirmed.</param>
    public static (SourceText Text, TextEdit Edit)? Edit(ContainerImage image, Pin pin)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(pin);
        // A computed value stands nowhere as it is.
        if (image.Tag is not { IsWritten: true, State: PartState.Known, Node.Derivation: null } || image.Digest.IsWritten || image.Tag.TextLocation is not { } at)
        {
            return null;
        }

        var version = pin.Version ?? image.Tag.Value!.Split('@')[0];
        return (at.Text.Root, Replace(at, $"{version}@{pin.Digest}"));
    }

    /// <summary>An edit at a place, in the file's own positions: an embedded text's are another's.</summary>
    internal static TextEdit Replace(Location at, string replacement) =>
        new(new TextSpan(at.Text.Root.GetOffset(at.Start), at.Span.Length), replacement);
}

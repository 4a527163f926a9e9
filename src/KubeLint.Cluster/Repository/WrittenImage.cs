using KubeLint.Flux.Images;

namespace KubeLint.Cluster.Repository;

/// <summary>An image as the repository writes it.</summary>
/// <param name="Path">The file, relative to the repository.</param>
/// <param name="Image">The image with its tokens.</param>
public sealed record WrittenImage(string Path, ContainerImage Image)
{
    /// <summary>The tag as written; null where none is, or a variable stands there.</summary>
    public string? Tag => Image.Tag.Value;

    /// <summary>The line of the tag, or of the name where no tag is written; 1-based.</summary>
    public int TagLine => (Image.Tag.Location ?? Image.NameNode?.Location)?.Start.Line ?? 1;
}

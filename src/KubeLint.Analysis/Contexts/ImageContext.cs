using KubeLint.Flux;
using KubeLint.Flux.Images;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>A container image of an object as a cluster gets it, or of a kustomization file.</summary>
public sealed class ImageContext : RuleContext
{
    internal ImageContext(ReportSink sink, RunState run, ContainerImage image)
        : base(sink, run)
    {
        Image = image;
        Pin = image.Name is { } name ? run.Pins.GetValueOrDefault(name) : null;
    }

    /// <summary>The image.</summary>
    public ContainerImage Image { get; }

    /// <summary>The tag, perhaps with a digest, that a person gave for this image; null where nobody did.</summary>
    public string? Pin { get; }

    private protected override ObjectId? Subject => Image.Owner?.Id;

    internal override Location Place => Image.NameNode?.Location ?? Image.Owner?.Root.Location ?? new Location(new SourceText(".", ""), default);
}

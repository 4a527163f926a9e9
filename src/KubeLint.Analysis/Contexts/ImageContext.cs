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
        Absent = run.AbsentImages is { } absent && image.WholeReference is { } reference ? absent.GetValueOrDefault(reference) : null;
        Pin = image.Name is { } name ? run.Pins.GetValueOrDefault(name) : null;
    }

    /// <summary>The image.</summary>
    public ContainerImage Image { get; }

    /// <summary>The tag, perhaps with a digest, that a person gave for this image; null where nobody did.</summary>
    public string? Pin { get; }

    /// <summary>What its registry says where it has no such image; null where it has, was not asked, or does not tell.</summary>
    public string? Absent { get; }

    private protected override ObjectId? Subject => Image.Owner?.Id;

    internal override Location Place => Image.NameNode?.Location ?? Image.Owner?.Root.Location ?? new Location(new SourceText(".", ""), default);
}

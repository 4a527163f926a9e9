using System.Diagnostics.CodeAnalysis;

using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>
/// An image reference by the grammar of https://github.com/distribution/reference, which is what the kubelet and the
/// container runtimes read: <c>[domain[:port]/]path[:tag][@digest]</c>. What is written and what is meant are kept
/// apart: <c>nginx</c> has no domain, and means <c>docker.io/library/nginx</c>. Variables and templates
/// (<c>${VAR}</c>, <c>{{ … }}</c>, <c>$(x)</c>) make the part in which they stand unknown, never wrong.
/// </summary>
public sealed class ImageReference
{
    /// <summary>The registry that a reference without a domain means.</summary>
    public const string DockerHub = "docker.io";

    private const string LegacyDockerHub = "index.docker.io";
    private const string OfficialPrefix = "library/";

    internal ImageReference(string text, ReferencePart domain, ReferencePart path, ReferencePart tag, ReferencePart digest)
    {
        Text = text;
        Domain = domain;
        Path = path;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>The reference as written.</summary>
    public string Text { get; }

    /// <summary>The registry's host, with its port.</summary>
    public ReferencePart Domain { get; }

    /// <summary>The repository's path within the registry. Behind an unknown domain it is the part that is written.</summary>
    public ReferencePart Path { get; }

    /// <summary>The tag, without its colon.</summary>
    public ReferencePart Tag { get; }

    /// <summary>The digest, algorithm included, without its <c>@</c>.</summary>
    public ReferencePart Digest { get; }

    /// <summary>Whether a variable or a template stands in it.</summary>
    public bool HasUnknown =>
        Domain.State == PartState.Unknown || Path.State == PartState.Unknown || Tag.State == PartState.Unknown || Digest.State == PartState.Unknown;

    /// <summary>The range of the name: domain and path, without tag and digest.</summary>
    public TextSpan NameSpan => TextSpan.FromBounds(Domain.State == PartState.Absent ? Path.Span.Start : Domain.Span.Start, Path.Span.End);

    /// <summary>The registry that is meant: <c>docker.io</c> where none is written; null where it is not known.</summary>
    public string? Registry => Domain.State switch
    {
        PartState.Absent => DockerHub,
        PartState.Known => Domain.Text == LegacyDockerHub ? DockerHub : Domain.Text,
        _ => null,
    };

    /// <summary>The repository that is meant, within its registry: <c>library/nginx</c> for <c>nginx</c>; null where it is not known.</summary>
    public string? Repository =>
        Path.State != PartState.Known || Domain.State == PartState.Unknown ? null
        : Registry == DockerHub && !Path.Text.Contains('/', StringComparison.Ordinal) ? OfficialPrefix + Path.Text
        : Path.Text;

    /// <summary>Reads a reference.</summary>
    /// <param name="text">The text; blanks around it are wrong, as they are for the kubelet.</param>
    /// <param name="reference">The reference, where the text is one.</param>
    /// <param name="error">What is wrong with it, where it is none.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? reference, out ImageReferenceError error) =>
        ImageReferenceParser.TryParse(text, out reference, out error);

    /// <summary>The reference as written.</summary>
    public override string ToString() => Text;
}

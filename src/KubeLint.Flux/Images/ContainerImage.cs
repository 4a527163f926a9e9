using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>
/// A container image wherever it stands. Each part knows the token that says it: in merged values these may be tokens
/// of three files.
/// </summary>
public sealed record ContainerImage
{
    /// <summary>The object in which it stands; null in a kustomization.yaml that names no kind.</summary>
    public required KubernetesObject? Owner { get; init; }

    /// <summary>How it stands there.</summary>
    public required ImageShape Shape { get; init; }

    /// <summary>Where it stands in the object: <c>spec.values.controllers.main.containers.app.image</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The registry as written: a host with its port, in values sometimes with the beginning of the repository.</summary>
    public ImagePart Registry { get; init; }

    /// <summary>The repository within the registry, as written.</summary>
    public ImagePart Repository { get; init; }

    /// <summary>The tag.</summary>
    public ImagePart Tag { get; init; }

    /// <summary>The digest, with or without its algorithm.</summary>
    public ImagePart Digest { get; init; }

    /// <summary>The pull policy.</summary>
    public ImagePart PullPolicy { get; init; }

    /// <summary>What the kubelet may use to pull it.</summary>
    public PullCredentials Credentials { get; init; } = PullCredentials.None;

    /// <summary>Whether the absence of a tag means <c>latest</c>; false where a chart or an operator may have a default.</summary>
    public bool TagDefaultsToLatest { get; init; }

    /// <summary>Whether the absence of a registry means Docker Hub; false where a chart may have a default.</summary>
    public bool RegistryDefaultsToDockerHub { get; init; }

    /// <summary>Whether a digest is written, so that the tag decides nothing.</summary>
    public bool IsPinned => Digest.State == PartState.Known;

    /// <summary>The registry's host that is meant; null where it is not known.</summary>
    public string? RegistryHost => Registry.State switch
    {
        PartState.Known => Host(Registry.Text),
        PartState.Absent when RegistryDefaultsToDockerHub && Repository.State != PartState.Absent => ImageReference.DockerHub,
        _ => null,
    };

    /// <summary>
    /// The name that is meant, registry included and without tag and digest; null where a part is not known.
    /// </summary>
    public string? Name
    {
        get
        {
            if (RegistryHost is null || Repository.Value is not { } repository)
            {
                return null;
            }

            var registry = Registry.Value is { } written && written.Contains('/', StringComparison.Ordinal) ? written : RegistryHost;
            return registry == ImageReference.DockerHub && !repository.Contains('/', StringComparison.Ordinal)
                ? $"{registry}/library/{repository}"
                : $"{registry}/{repository}";
        }
    }

    /// <summary>
    /// The whole reference that is meant, as <c>registry/repository:tag@digest</c>, and <c>latest</c> where no tag means that; null where a part is not known,
    /// or a chart may have a default for it.
    /// </summary>
    public string? WholeReference
    {
        get
        {
            if (Name is not { } name || Tag.State == PartState.Unknown || Digest.State == PartState.Unknown)
            {
                return null;
            }

            // A tag in values often has the digest with it.
            var tag = Tag.Value;
            var digest = Digest.Value;
            if (tag?.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
            {
                (tag, digest) = (tag[..at], tag[(at + 1)..]);
            }

            if (tag is null && digest is null)
            {
                return TagDefaultsToLatest ? $"{name}:latest" : null;
            }

            return $"{name}{(tag is null ? "" : $":{tag}")}{(digest is null ? "" : $"@{(digest.Contains(':', StringComparison.Ordinal) ? digest : "sha256:" + digest)}")}";
        }
    }

    /// <summary>The image as a person would name it in a sentence, from what is written: <c>ghcr.io/rclone/rclone</c>; empty where no name is.</summary>
    public string DisplayName =>
        !Registry.IsWritten ? Repository.Text
        : !Repository.IsWritten ? Registry.Text
        : $"{Registry.Text}/{Repository.Text}";

    /// <summary>The scalar to point at where the tag is missing: the one that names the image, else the first that is written; null where none is.</summary>
    public YamlScalar? NameNode => Repository.Node ?? Registry.Node ?? Tag.Node ?? Digest.Node ?? PullPolicy.Node;

    /// <summary>
    /// The namespace of its pods as written: a HelmRelease's <c>targetNamespace</c>, else the object's own; null where none is.
    /// </summary>
    public string? Namespace => Owner?.Is("helm.toolkit.fluxcd.io", "HelmRelease") == true
        ? Owner.Spec?.GetString("targetNamespace") ?? Owner.Namespace
        : Owner?.Namespace;

    private static string Host(string registry)
    {
        var slash = registry.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? registry : registry[..slash];
        return host == "index.docker.io" ? ImageReference.DockerHub : host;
    }
}

using System.Collections.Immutable;

using KubeLint.Flux.Images;
using KubeLint.Yaml;

namespace KubeLint.Flux.Live;

/// <summary>What a Secret or ConfigMap is named for.</summary>
public enum LiveUse
{
    /// <summary>Values of a HelmRelease.</summary>
    Values,

    /// <summary>Variables of a Kustomization.</summary>
    Variables,

    /// <summary>Credentials of a pod.</summary>
    PullSecret,

    /// <summary>Credentials that a service account hands to its pods.</summary>
    AccountPullSecret,
}

/// <summary>A place of the repository that names a Secret or ConfigMap which the cluster must have.</summary>
/// <param name="Use">What for.</param>
/// <param name="Owner">The object that names it.</param>
/// <param name="At">The node with the name.</param>
/// <param name="Id">The Secret or ConfigMap.</param>
public sealed record LiveReference(LiveUse Use, KubernetesObject Owner, Location At, ObjectId Id)
{
    /// <summary>The key that it must have; null where any will do.</summary>
    public string? Key { get; init; }

    /// <summary>Where the key is written; null where it is a default.</summary>
    public Location? KeyAt { get; init; }

    /// <summary>Whether Flux goes on without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The image that the credentials are for; null for other uses.</summary>
    public ContainerImage? Image { get; init; }

    /// <summary>The references of an object; those whose name or namespace the repository does not tell are left out.</summary>
    /// <param name="item">The object.</param>
    /// <param name="images">Its images.</param>
    public static IEnumerable<LiveReference> Of(KubernetesObject item, ImmutableArray<ContainerImage> images)
    {
        ArgumentNullException.ThrowIfNull(item);
        var home = item.Namespace ?? "default";
        if (item.Is(FluxGroups.Helm, "HelmRelease"))
        {
            foreach (var entry in Items(item, "spec", "valuesFrom"))
            {
                if (FromEntry(LiveUse.Values, item, home, entry) is { } found)
                {
                    yield return found;
                }
            }
        }
        else if (item.Is(FluxGroups.Kustomize, "Kustomization"))
        {
            foreach (var entry in Items(item, "spec", "postBuild", "substituteFrom"))
            {
                if (FromEntry(LiveUse.Variables, item, home, entry) is { } found)
                {
                    yield return found;
                }
            }
        }
        else if (item.Is("", "ServiceAccount"))
        {
            foreach (var entry in Items(item, "imagePullSecrets"))
            {
                if (entry.Get("name") is YamlScalar { IsUnknown: false } name && IsName(name.Value))
                {
                    yield return new LiveReference(LiveUse.AccountPullSecret, item, name.Location, new ObjectId("", "Secret", home, name.Value));
                }
            }
        }

        foreach (var image in images)
        {
            foreach (var secret in image.Credentials.PullSecrets)
            {
                if (secret.Value is { } name && secret.Location is { } at && IsName(name))
                {
                    yield return new LiveReference(LiveUse.PullSecret, item, at, new ObjectId("", "Secret", image.Namespace ?? "default", name)) { Image = image };
                }
            }
        }
    }

    private static LiveReference? FromEntry(LiveUse use, KubernetesObject item, string home, YamlNode entry)
    {
        if (entry.GetString("kind") is not ("Secret" or "ConfigMap") || entry.Get("name") is not YamlScalar { IsUnknown: false } name || !IsName(name.Value))
        {
            return null;
        }

        var key = entry.Get("valuesKey") as YamlScalar;
        return new LiveReference(use, item, name.Location, new ObjectId("", entry.GetString("kind")!, home, name.Value))
        {
            Key = use == LiveUse.Values ? key?.Value ?? "values.yaml" : null,
            KeyAt = use == LiveUse.Values ? key?.Location : null,
            IsOptional = (entry.Get("optional") as YamlScalar)?.AsBoolean() == true,
        };
    }

    private static ImmutableArray<YamlNode> Items(KubernetesObject item, params ReadOnlySpan<string> path) => item.Root.Get(path)?.AsSequence()?.Items ?? [];

    // A variable or a template that is still there is no name.
    private static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAny('$', '{', ' ');
}

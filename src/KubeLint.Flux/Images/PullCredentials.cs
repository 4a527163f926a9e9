using System.Collections.Immutable;

namespace KubeLint.Flux.Images;

/// <summary>What the kubelet may use to pull an image, as far as it is written.</summary>
/// <param name="PullSecrets">The pull secrets of the pod, or those that chart values hand to it.</param>
/// <param name="ServiceAccount">
/// The pod's service account: absent where it runs under <c>default</c>, unknown where a chart makes or chooses one.
/// </param>
public sealed record PullCredentials(ImmutableArray<ImagePart> PullSecrets, ImagePart ServiceAccount)
{
    /// <summary>No pull secret, and the account <c>default</c>.</summary>
    public static PullCredentials None { get; } = new([], ImagePart.Absent);
}

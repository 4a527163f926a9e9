using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Images;

namespace KubeLint.Rules.Images;

/// <summary>Reports pull secrets that are missing, of a wrong type, or for other registries.</summary>
public sealed class PullSecretUnusable : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1009", "pull-secret-unusable", "A pod names a pull secret that cannot serve it", Severity.Warning)
        {
            Reference = new("https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        var releases = new Dictionary<KubernetesObject, FluxHelmRelease>();
        foreach (var release in context.Cluster.Releases)
        {
            releases.TryAdd(release.Object, release);
        }

        foreach (var item in context.Cluster.Objects())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var images = releases.TryGetValue(item.Object, out var release) ? release.Images : context.Model.ImagesOf(item.Object);
            if (!images.Any(HasPullSecrets))
            {
                continue;
            }

            foreach (var secrets in images.Where(HasPullSecrets).GroupBy(image => image.Credentials))
            {
                foreach (var secret in secrets.Key.PullSecrets)
                {
                    Check(context, item.Object, secret, [.. secrets]);
                }
            }
        }
    });

    private static bool HasPullSecrets(ContainerImage image) => !image.Credentials.PullSecrets.IsEmpty;

    private static void Check(GraphContext context, KubernetesObject owner, ImagePart secret, List<ContainerImage> images)
    {
        if (images[0].Namespace is not { } ns || secret is not { Value: { } name, Location: { } place })
        {
            return;
        }

        var existence = context.Cluster.Knowledge.Find("", "Secret", ns, name);
        if (existence.Presence == Presence.Missing)
        {
            var elsewhere = context.Cluster.Knowledge.Named("", "Secret", name).FirstOrDefault();
            context.Report(
                place,
                $"Nothing makes the pull secret '{name}' in namespace {ns}, so the kubelet pulls without it",
                elsewhere is null ? "Add the Secret, or an ExternalSecret that makes it, to that namespace" : $"A pod reads Secrets of its own namespace only: {elsewhere.Id} does not serve it",
                about: owner.Id);
            return;
        }

        if (existence.Found is not { Object: var found } || found.Root.Get("metadata", "annotations") is { IsUnknown: true })
        {
            return;
        }

        var type = found.Root.GetString("type") ?? "Opaque";
        if (type is not ("kubernetes.io/dockerconfigjson" or "kubernetes.io/dockercfg"))
        {
            // Something else may fill and turn it, by an annotation.
            if (found.Root.Get("metadata", "annotations") is null)
            {
                context.Report(
                    place,
                    $"Secret '{name}' is of type {type}, which the kubelet ignores when it pulls",
                    "Make it of type kubernetes.io/dockerconfigjson",
                    [new RelatedLocation((found.Root.Get("type") ?? found.Root.Get("metadata", "name") ?? found.Root).Location, "Its type")],
                    about: owner.Id);
            }
        }
        else if (RegistrySecret.From(found) is { AreRegistriesKnown: true, Registries: var registries } registry
            && images.TrueForAll(image => image.RegistryHost is { } host && !registry.IsFor(host)))
        {
            context.Report(
                place,
                $"Secret '{name}' holds credentials for {(registries.IsEmpty ? "no registry" : string.Join(", ", registries))}, and none of the pod's images comes from there",
                $"Add {images[0].RegistryHost} to it, or name the secret that is for that registry",
                [new RelatedLocation((found.Root.Get("metadata", "name") ?? found.Root).Location, "The secret")],
                about: owner.Id);
        }
    }
}

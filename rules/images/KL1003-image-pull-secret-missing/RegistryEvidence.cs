using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux.Images;

namespace KubeLint.Rules.Images;

/// <summary>Why a registry is taken to need credentials.</summary>
/// <param name="Reason">The reason, a clause for the message.</param>
/// <param name="Secret">The name of a pull secret that serves it; null where none is known.</param>
/// <param name="Place">Where the reason stands; null where it is configured.</param>
internal sealed record RegistryEvidence(string Reason, string? Secret, RelatedLocation? Place);

/// <summary>Looks in a repository for signs that a registry needs credentials.</summary>
internal sealed class RegistryEvidenceFinder
{
    // Registries that anyone may pull from, most of the time: weak signs are not enough there.
    private static readonly ImmutableArray<string> PublicHosts =
    [
        "docker.io", "ghcr.io", "quay.io", "registry.k8s.io", "k8s.gcr.io", "gcr.io", "mirror.gcr.io", "mcr.microsoft.com", "public.ecr.aws",
        "lscr.io", "registry.gitlab.com", "codeberg.org", "code.forgejo.org", "nvcr.io", "docker.elastic.co", "cgr.dev", "xpkg.upbound.io",
        "registry.opensource.zalan.do", "container-registry.oracle.com", "docker.dragonflydb.io", "oci.external-secrets.io",
    ];

    private readonly PullSecretSupply supply;
    private readonly Dictionary<string, Users> users = new(StringComparer.Ordinal);
    private readonly HashSet<(string? Namespace, string? Secret)> inUse = [];

    public RegistryEvidenceFinder(List<ContainerImage> images, PullSecretSupply supply)
    {
        this.supply = supply;
        foreach (var image in images)
        {
            foreach (var secret in image.Credentials.PullSecrets)
            {
                inUse.Add((image.Namespace, secret.Value));
            }
        }

        foreach (var pod in images.GroupBy(image => image.Owner))
        {
            Count([.. pod]);
        }
    }

    /// <summary>The evidence for an image's registry; null where there is none.</summary>
    public RegistryEvidence? Find(ContainerImage image)
    {
        if (image.RegistryHost is not { } host)
        {
            return null;
        }

        if (OwnerKey(image) is { } key && users.TryGetValue(key, out var found) && found.First is { } user && found.IsEnough(IsPublic(host)))
        {
            return new RegistryEvidence(
                $"{user.Owner!.Id} pulls from {key} with a pull secret",
                user.Credentials.PullSecrets[0].Value,
                new RelatedLocation(user.Credentials.PullSecrets[0].Location!.Value, $"A pull secret for {key}"));
        }

        foreach (var secret in supply.Secrets)
        {
            // A login to a public registry is often there against its rate limit only, so it must be this pod's neighbour; and one that a pod uses is there for that pod.
            if (secret.IsFor(host) && (!IsPublic(host) || (secret.Source.Namespace == image.Namespace && !inUse.Contains((image.Namespace, secret.Name)))))
            {
                return new RegistryEvidence(
                    $"{secret.Source.Id} holds credentials for {host}",
                    secret.Name,
                    new RelatedLocation((secret.Source.Root.Get("metadata", "name") ?? secret.Source.Root).Location, $"Credentials for {host}"));
            }
        }

        return null;
    }

    private void Count(List<ContainerImage> pod)
    {
        foreach (var image in pod)
        {
            if (OwnerKey(image) is not { } key)
            {
                continue;
            }

            if (!users.TryGetValue(key, out var entry))
            {
                users.Add(key, entry = new Users());
            }

            if (image.Credentials.PullSecrets.IsEmpty)
            {
                entry.Without += supply.ReachOf(image) == PullSecretReach.Reached ? 0 : 1;
            }
            else if (IsMeantFor(image, pod))
            {
                entry.With++;
                entry.First ??= image;
            }
        }
    }

    // A pod with images of several registries has its secret for one of them: for which, only the secret can tell.
    private bool IsMeantFor(ContainerImage image, List<ContainerImage> pod)
    {
        if (image.Credentials.PullSecrets[0].Location is null || image.Owner is null)
        {
            return false;
        }

        var host = image.RegistryHost!;
        foreach (var name in image.Credentials.PullSecrets)
        {
            foreach (var secret in supply.Secrets)
            {
                if (secret.Name == name.Value && secret.AreRegistriesKnown && (secret.Source.Namespace ?? image.Namespace) == image.Namespace)
                {
                    return secret.IsFor(host);
                }
            }
        }

        return !IsPublic(host) || pod.TrueForAll(other => other.RegistryHost == host);
    }

    // Registry and owner: ghcr.io/org. An official image has no owner who could have made it private.
    private static string? OwnerKey(ContainerImage image)
    {
        if (image.Name is not { } name || image.RegistryHost is not { } host)
        {
            return null;
        }

        var path = name.AsSpan(Math.Min(name.Length, host.Length + 1));
        var slash = path.IndexOf('/');
        return slash < 0 ? host : host == ImageReference.DockerHub && path.StartsWith("library/") ? null : $"{host}/{path[..slash]}";
    }

    private static bool IsPublic(string host) => PublicHosts.Contains(host);

    private sealed class Users
    {
        public int With { get; set; }

        public int Without { get; set; }

        public ContainerImage? First { get; set; }

        // On a public registry an owner's images are public more often than not: the secret's users must be the many.
        public bool IsEnough(bool isPublicRegistry) => With > 0 && (!isPublicRegistry || With >= Without);
    }
}

using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Images;
using KubeLint.Yaml;

namespace KubeLint.Rules.Images;

/// <summary>Reports images that need credentials, by evidence, and whose pods get none.</summary>
public sealed class ImagePullSecretMissing : Rule<ImagePullSecretMissing.ImagePullSecretMissingOptions>
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1003", "image-pull-secret-missing", "The image's registry needs credentials, and the pod gets none", Severity.Warning)
        {
            Reference = new("https://kubernetes.io/docs/concepts/containers/images/#using-a-private-registry"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Repository(Check);

    private void Check(RepositoryContext context)
    {
        var model = context.Model;
        var reported = new HashSet<(Location Place, ObjectId? Owner)>();
        foreach (var cluster in model.Clusters)
        {
            // Accounts and secrets of one cluster serve no pod of another one, and a release's values may differ.
            var releases = new Dictionary<KubernetesObject, FluxHelmRelease>();
            foreach (var release in cluster.Releases)
            {
                releases.TryAdd(release.Object, release);
            }

            Check(
                context,
                [.. cluster.Objects().Select(item => item.Object).Distinct()],
                _ => true,
                item => releases.TryGetValue(item, out var release) ? release.Images : model.ImagesOf(item),
                reported);
        }

        // Which cluster would get the rest is not known, so that anything may serve it.
        Check(context, model.Objects, item => model.ProducersOf(item).IsEmpty, model.ImagesOf, reported);
    }

    private void Check(
        RepositoryContext context,
        ImmutableArray<KubernetesObject> objects,
        Func<KubernetesObject, bool> isJudged,
        Func<KubernetesObject, ImmutableArray<ContainerImage>> imagesOf,
        HashSet<(Location Place, ObjectId? Owner)> reported)
    {
        var images = new List<ContainerImage>();
        var judged = new List<ContainerImage>();
        foreach (var item in objects)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var isItemJudged = isJudged(item);
            foreach (var image in imagesOf(item))
            {
                if (image.Repository.IsWritten && image.Shape is not ImageShape.KustomizeTransformer)
                {
                    images.Add(image);
                    if (isItemJudged)
                    {
                        judged.Add(image);
                    }
                }
            }
        }

        if (judged.Count == 0)
        {
            return;
        }

        var supply = new PullSecretSupply(objects);
        var evidence = new RegistryEvidenceFinder(images, supply);
        var lists = Lists.Of(Options, context.Settings.Registries);
        foreach (var image in judged)
        {
            if (supply.ReachOf(image) == PullSecretReach.None && image.RegistryHost is { } host && !supply.MayBeCopied(host)
                && Judge(image, lists, evidence) is { } reason && reported.Add((PlaceOf(image), image.Owner?.Id)))
            {
                Report(context, image, reason);
            }
        }
    }

    private static Location PlaceOf(ContainerImage image) => (image.Registry.IsWritten ? image.Registry : image.Repository).Location!.Value;

    private static RegistryEvidence? Judge(ContainerImage image, Lists lists, RegistryEvidenceFinder evidence)
    {
        if (lists.Private.Find(image) is { } pattern)
        {
            return new RegistryEvidence($"the configuration lists it as private ('{pattern}')", null, null);
        }

        return lists.Public.Contains(image) || lists.NodeCredentials.Contains(image) ? null : evidence.Find(image);
    }

    private static void Report(RepositoryContext context, ContainerImage image, RegistryEvidence evidence)
    {
        var key = image.Shape == ImageShape.AppTemplate ? "defaultPodOptions.imagePullSecrets" : "imagePullSecrets";
        var name = evidence.Secret ?? "<secret>";
        context.Report(
            PlaceOf(image),
            $"No pull secret reaches {image.DisplayName}, and its registry needs credentials: {evidence.Reason}",
            $"Write `{key}: [{{name: {name}}}]`, or put it on the pod's service account; the secret must stand in the namespace {image.Namespace}",
            related: evidence.Place is { } related ? [related] : [],
            about: image.Owner?.Id);
    }

    /// <summary>The options of KL1003.</summary>
    public sealed record ImagePullSecretMissingOptions
    {
        /// <summary>Images that need credentials: registries or names, for instance <c>registry.example.com</c> or <c>ghcr.io/my-org/*</c>.</summary>
        public ImmutableArray<string> Private { get; init; } = [];

        /// <summary>Images that need no credentials, whatever the repository suggests.</summary>
        public ImmutableArray<string> Public { get; init; } = [];

        /// <summary>Registries for which the nodes themselves have credentials. Listing an image as private counts more.</summary>
        public ImmutableArray<string> NodeCredentials { get; init; } =
            ["*.dkr.ecr.*.amazonaws.com", "*.dkr.ecr.*.amazonaws.com.cn", "*.azurecr.io", "*.azurecr.cn", "*.pkg.dev", "*.gcr.io"];
    }

    // What is said of registries for all rules counts here too.
    private sealed record Lists(ImagePatterns Private, ImagePatterns Public, ImagePatterns NodeCredentials)
    {
        public static Lists Of(ImagePullSecretMissingOptions options, RegistrySettings settings) => new(
            new ImagePatterns(options.Private.AddRange(settings.Private)),
            new ImagePatterns(options.Public.AddRange(settings.Public)),
            new ImagePatterns(options.NodeCredentials.AddRange(settings.NodeCredentials)));
    }
}

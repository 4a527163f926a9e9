using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports image automation that pushes with the Secret from which the cluster is fetched.</summary>
public sealed class ImagePushSecretShared : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7028", "image-push-secret-shared", "Image automation pushes with the Secret that Flux fetches the cluster with", Severity.Info)
        {
            IsEnabledByDefault = false,
            Reference = new("https://fluxcd.io/flux/components/image/imageupdateautomations/#source-reference"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        foreach (var item in context.Cluster.Knowledge.OfKind(FluxGroups.Image, "ImageUpdateAutomation"))
        {
            if (item.Object.Root.Get("spec", "sourceRef") is not { } reference || reference.GetString("name") is not { } name)
            {
                continue;
            }

            var ns = reference.GetString("namespace") ?? item.Object.Namespace ?? "default";
            var source = context.Cluster.Find(FluxGroups.Source, "GitRepository", ns, name);
            var user = context.Cluster.Kustomizations.FirstOrDefault(kustomization => kustomization.Source is { Kind: "GitRepository" } used && used.Name == name && used.Namespace == ns);
            if (source?.Object.Root.Get("spec", "secretRef", "name") is YamlScalar secret && user is not null)
            {
                context.Report(
                    secret,
                    $"The Secret '{secret.Value}' may push, for the ImageUpdateAutomation '{item.Object.Name}', and is the one that Flux fetches the cluster with: whoever reads it can change the cluster",
                    "Give image automation a GitRepository of its own, with a Secret that may push, and fetch with one that may only read",
                    [new RelatedLocation(reference.Location, "It is used to push here")],
                    about: source.Id);
            }
        }
    });
}

using KubeLint.Analysis;

namespace KubeLint.Rules.Security;

/// <summary>Reports encrypted objects that are no Secrets, in Kustomizations that do not decrypt.</summary>
public sealed class EncryptedObjectNoDecryption : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7003", "encrypted-object-no-decryption", "An encrypted object that is no Secret is applied as it is", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        // With an encrypted Secret beside it, the cause is told once.
        if (Sops.IsDecrypting(context.Kustomization) || EncryptedObjects.Secrets(context.Kustomization).Any())
        {
            return;
        }

        foreach (var (item, at) in EncryptedObjects.Others(context.Kustomization))
        {
            context.Report(
                at,
                $"The Kustomization that applies {item.Id} has no `spec.decryption`, so the API server gets the encrypted object and rejects it: '.sops: field not declared in schema'",
                $"Write `spec.decryption` in Kustomization {context.Kustomization.Id.Namespace}/{context.Kustomization.Id.Name}",
                [new RelatedLocation((context.Kustomization.Object.Root.Get("metadata", "name") ?? context.Kustomization.Object.Root).Location, "Does not decrypt")],
                about: item.Id);
        }
    });
}

using KubeLint.Analysis;

namespace KubeLint.Rules.Security;

/// <summary>Reports Kustomizations that apply encrypted Secrets and do not decrypt.</summary>
public sealed class DecryptionMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7002", "decryption-missing", "A Kustomization applies encrypted Secrets and does not decrypt", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        var kustomization = context.Kustomization;
        if (Sops.IsDecrypting(kustomization))
        {
            return;
        }

        var found = EncryptedObjects.Secrets(kustomization).ToList();
        if (found is [var (first, at), ..])
        {
            // A generated name changes with the content.
            var name = first.Object.Root.Get("metadata", "name") is { Derivation: null } ? first.Id.ToString() : "a generated Secret";
            context.Report(
                kustomization.Object.Root.Get("metadata", "name") ?? kustomization.Object.Root,
                $"This Kustomization has no `spec.decryption`, and {(found.Count == 1 ? $"{name} is" : $"{found.Count} Secrets, {name} first, are")} encrypted with SOPS: Flux applies nothing of it",
                "Write `decryption: {provider: sops, secretRef: {name: <secret with the key>}}`",
                [new RelatedLocation(at.Location, "Encrypted with SOPS")]);
        }
    });
}

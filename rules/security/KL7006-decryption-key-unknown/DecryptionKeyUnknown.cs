using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports Secrets for decryption of which Flux reads no key.</summary>
public sealed class DecryptionKeyUnknown : Rule
{
    private static readonly string[] Names = ["sops.vault-token", "sops.aws-kms", "sops.azure-kv", "sops.gcp-kms"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7006", "decryption-key-unknown", "The Secret for decryption has no key that Flux reads", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption-secret-reference"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        if (context.Kustomization.Object.Root.Get("spec", "decryption", "secretRef", "name") is not YamlScalar { IsUnknown: false } name)
        {
            return;
        }

        var keys = context.Cluster.Knowledge.KeysOf("Secret", context.Kustomization.Id.Namespace, name.Value);
        if (keys.AreAll && !keys.Names.Any(IsRead))
        {
            var present = keys.Names.IsEmpty ? "none" : string.Join(", ", keys.Names.Select(key => $"'{key}'"));
            context.Report(
                name,
                $"Flux reads no key of Secret '{name.Value}' (it has {present}), so it decrypts nothing",
                "Let the key end in `.agekey` or `.asc`, or call it sops.vault-token, sops.aws-kms, sops.azure-kv or sops.gcp-kms");
        }
    });

    private static bool IsRead(string key) =>
        key.EndsWith(".agekey", StringComparison.Ordinal) || key.EndsWith(".asc", StringComparison.Ordinal) || Names.Contains(key);
}

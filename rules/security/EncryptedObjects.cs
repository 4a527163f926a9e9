using System.Buffers.Text;
using System.Text;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Finds what of a build is encrypted.</summary>
internal static class EncryptedObjects
{
    /// <summary>The Secrets that are encrypted, with the node that shows it.</summary>
    public static IEnumerable<(EffectiveObject Object, YamlNode At)> Secrets(FluxKustomization kustomization)
    {
        foreach (var item in kustomization.Objects)
        {
            if (item.Object.Is("", "Secret") && !Sops.IsDecryptionDisabled(item.Object))
            {
                if (Sops.Find(item.Object.Root) is { } block)
                {
                    yield return (item, block.Key);
                }
                else if (EncryptedKey(item.Object.Root) is { } key)
                {
                    yield return (item, key);
                }
            }
        }
    }

    /// <summary>The other objects that are encrypted, with the key of SOPS's block.</summary>
    public static IEnumerable<(EffectiveObject Object, YamlNode At)> Others(FluxKustomization kustomization)
    {
        foreach (var item in kustomization.Objects)
        {
            // Where the kind is encrypted, too, KL7004 tells.
            if (!item.Object.Is("", "Secret") && !Sops.IsEncrypted(item.Object.Kind) && Sops.Find(item.Object.Root) is { } block && !Sops.IsDecryptionDisabled(item.Object))
            {
                yield return (item, block.Key);
            }
        }
    }

    // A generator takes an encrypted file as it is.
    private static YamlNode? EncryptedKey(YamlMapping root)
    {
        foreach (var entry in root["data"]?.AsMapping()?.Entries ?? [])
        {
            if (entry.Value is YamlScalar { Derivation: not null } value && Base64.IsValid(value.Value)
                && Sops.FormatOf(Encoding.UTF8.GetString(Convert.FromBase64String(value.Value))) is not null)
            {
                return entry.Key;
            }
        }

        return null;
    }
}

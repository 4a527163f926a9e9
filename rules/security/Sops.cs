using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>How SOPS marks what it encrypts (https://github.com/getsops/sops).</summary>
internal static class Sops
{
    /// <summary>The page of Flux that tells of it.</summary>
    public static Uri Reference { get; } = new("https://fluxcd.io/flux/guides/mozilla-sops/");

    private const string Cipher = "ENC[AES256_GCM,";

    /// <summary>The key of the block that SOPS adds.</summary>
    public const string Key = "sops";

    /// <summary>The entry of the block in a document that SOPS encrypted; null where there is none.</summary>
    public static YamlEntry? Find(YamlNode root) =>
        root.AsMapping()?.Find(Key) is { } entry && entry.Value.Get("mac") is not null ? entry : null;

    /// <summary>Whether a value is encrypted.</summary>
    public static bool IsEncrypted(string value) => value.StartsWith(Cipher, StringComparison.Ordinal) && value.EndsWith(']');

    /// <summary>Whether an object opts out of decryption, which Flux compares without regard to case.</summary>
    public static bool IsDecryptionDisabled(KubernetesObject item) =>
        string.Equals(item.Annotation("kustomize.toolkit.fluxcd.io/decrypt"), "disabled", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether Flux decrypts what a Kustomization builds; true also where that is not known.</summary>
    public static bool IsDecrypting(FluxKustomization kustomization) =>
        kustomization.Object.Root.Get("spec", "decryption") is { } decryption && (decryption.IsUnknown || decryption.Get("provider") is not YamlScalar { Value: "" });

    /// <summary>The format of an encrypted text by the marks that Flux looks for; null for another text.</summary>
    public static SopsFormat? FormatOf(string text) =>
        text.Contains("\"mac\": \"ENC[", StringComparison.Ordinal) ? SopsFormat.Json
        : text.Contains("sops_mac=ENC[", StringComparison.Ordinal) ? SopsFormat.Dotenv
        : text.Contains("[sops]", StringComparison.Ordinal) ? SopsFormat.Ini
        : text.Contains("mac: ENC[", StringComparison.Ordinal) ? SopsFormat.Yaml
        : null;

    /// <summary>The format that a name's ending tells; null for one that SOPS takes for binary.</summary>
    public static SopsFormat? FormatOfName(string name) =>
        name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal) ? SopsFormat.Yaml
        : name.EndsWith(".json", StringComparison.Ordinal) || name.EndsWith(".dockerconfigjson", StringComparison.Ordinal) ? SopsFormat.Json
        : name.EndsWith(".env", StringComparison.Ordinal) ? SopsFormat.Dotenv
        : name.EndsWith(".ini", StringComparison.Ordinal) ? SopsFormat.Ini
        : null;
}

/// <summary>The formats that SOPS encrypts value by value.</summary>
internal enum SopsFormat
{
    /// <summary>YAML.</summary>
    Yaml,

    /// <summary>JSON; also the form of a file that is encrypted as a whole.</summary>
    Json,

    /// <summary>Lines of <c>NAME=value</c>.</summary>
    Dotenv,

    /// <summary>INI.</summary>
    Ini,
}

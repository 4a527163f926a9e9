using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>
/// An object that makes a Secret with registry credentials (type <c>kubernetes.io/dockerconfigjson</c> or <c>dockercfg</c>):
/// a Secret, an ExternalSecret, a ClusterExternalSecret or a SealedSecret. Of its content only the registries' names
/// are kept.
/// </summary>
public sealed record RegistrySecret
{
    // Stands for what a template fills in; no host has it.
    private const char Mask = '\uE000';

    private RegistrySecret(KubernetesObject source, string? name)
    {
        Source = source;
        Name = name;
    }

    /// <summary>The object.</summary>
    public KubernetesObject Source { get; }

    /// <summary>The name of the Secret that it is or makes; null where it is not written.</summary>
    public string? Name { get; }

    /// <summary>The registries that it is for, <c>docker.io</c> for all of Docker Hub's names, some with the beginning of a repository.</summary>
    public ImmutableArray<string> Registries { get; private init; } = [];

    /// <summary>Whether <see cref="Registries"/> is all: false where the content is encrypted, elsewhere, or has variables in it.</summary>
    public bool AreRegistriesKnown { get; private init; }

    /// <summary>Whether something copies it to other namespaces: a ClusterExternalSecret, the reflector, the replicator.</summary>
    public bool IsCopied { get; private init; }

    /// <summary>Reads an object; null where it makes no such Secret.</summary>
    public static RegistrySecret? From(KubernetesObject item) => (item.Group, item.Kind) switch
    {
        ("", "Secret") => Read(item, item.Root, item.Name, item.Root),
        ("external-secrets.io", "ExternalSecret") => OfExternalSecret(item, item.Spec),
        ("external-secrets.io", "ClusterExternalSecret") => OfExternalSecret(item, item.Spec?.Get("externalSecretSpec")?.AsMapping()) is { } secret
            ? secret with { IsCopied = true }
            : null,
        ("bitnami.com", "SealedSecret") => Read(item, item.Spec?.Get("template"), item.Name, null),
        _ => null,
    };

    /// <summary>Whether it is for the registry, or for a part of it, as far as its content is known.</summary>
    /// <param name="host">The registry's host.</param>
    public bool IsFor(string host)
    {
        foreach (var registry in Registries)
        {
            if (registry == host || (registry.StartsWith(host, StringComparison.Ordinal) && registry[host.Length] == '/'))
            {
                return true;
            }
        }

        return false;
    }

    private static RegistrySecret? OfExternalSecret(KubernetesObject item, YamlMapping? spec)
    {
        var name = spec?.GetString("target", "name") ?? spec?.GetString("externalSecretName") ?? item.Name;
        var template = spec?.Get("target", "template");
        return Read(item, template, name, template);
    }

    private static RegistrySecret? Read(KubernetesObject item, YamlNode? template, string? name, YamlNode? content)
    {
        if (template?.GetString("type") is not ("kubernetes.io/dockerconfigjson" or "kubernetes.io/dockercfg"))
        {
            return null;
        }

        var registries = ImmutableArray.CreateBuilder<string>();
        var known = content is not null && TryReadContent(content, item.Kind == "Secret", registries);
        return new RegistrySecret(item, name)
        {
            Registries = registries.ToImmutable(),
            AreRegistriesKnown = known,
            IsCopied = HasCopyAnnotation(item.Root) || HasCopyAnnotation(template),
        };
    }

    // https://github.com/emberstack/kubernetes-reflector, https://github.com/mittwald/kubernetes-replicator
    private static bool HasCopyAnnotation(YamlNode node)
    {
        if (node.Get("metadata", "annotations")?.AsMapping() is not { } annotations)
        {
            return false;
        }

        foreach (var entry in annotations.EffectiveEntries())
        {
            if (entry.Name is { } key
                && (key.StartsWith("reflector.v1.k8s.emberstack.com/", StringComparison.Ordinal) || key.StartsWith("replicator.v1.mittwald.de/", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryReadContent(YamlNode content, bool isSecret, ImmutableArray<string>.Builder registries)
    {
        foreach (var (section, key) in new[] { ("stringData", ".dockerconfigjson"), ("data", ".dockerconfigjson"), ("stringData", ".dockercfg"), ("data", ".dockercfg") })
        {
            if (content.GetString(section, key) is { } text)
            {
                var plain = isSecret && section == "data" ? Decode(text) : text;
                return plain is not null && TryReadJson(plain, key == ".dockerconfigjson", registries);
            }
        }

        return false;
    }

    private static string? Decode(string text)
    {
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length) ? Encoding.UTF8.GetString(buffer, 0, length) : null;
    }

    private static bool TryReadJson(string text, bool hasAuths, ImmutableArray<string>.Builder registries)
    {
        try
        {
            using var document = JsonDocument.Parse(TemplateMask.Apply(text, Mask).ToString());
            var auths = document.RootElement;
            if (hasAuths && (auths.ValueKind != JsonValueKind.Object || !auths.TryGetProperty("auths", out auths)))
            {
                return false;
            }

            if (auths.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            var known = true;
            foreach (var entry in auths.EnumerateObject())
            {
                known &= !entry.Name.Contains(Mask, StringComparison.Ordinal);
                if (!entry.Name.Contains(Mask, StringComparison.Ordinal))
                {
                    registries.Add(Normalize(entry.Name));
                }
            }

            return known;
        }
        catch (JsonException)
        {
            // Encrypted (SOPS), or a template of another kind: its registries are not known.
            return false;
        }
    }

    // `https://index.docker.io/v1/` is how `docker login` names Docker Hub.
    private static string Normalize(string name)
    {
        var start = name.IndexOf("://", StringComparison.Ordinal);
        var bare = (start < 0 ? name : name[(start + 3)..]).TrimEnd('/');
        return bare is "docker.io" or "registry-1.docker.io" || bare.StartsWith("index.docker.io", StringComparison.Ordinal) ? ImageReference.DockerHub : bare;
    }
}

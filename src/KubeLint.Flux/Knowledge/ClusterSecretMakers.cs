using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>What of a cluster makes Secrets and ConfigMaps that are written nowhere. Read once, then looked up.</summary>
internal sealed class ClusterSecretMakers
{
    private const string Reflector = "reflector.v1.k8s.emberstack.com/";
    private const string Replicator = "replicator.v1.mittwald.de/";

    private readonly Dictionary<(string Kind, string Namespace, string Name), KubernetesObject> exact = [];
    private readonly Dictionary<(string Kind, string Name), (UnseenMaker By, KubernetesObject Maker)> anywhere = [];
    private readonly List<(string? Kind, string? Namespace, UnseenMaker By, KubernetesObject Maker)> open = [];

    /// <summary>Reads the objects of a cluster.</summary>
    public ClusterSecretMakers(IEnumerable<KubernetesObject> objects)
    {
        foreach (var item in objects)
        {
            Add(item);
        }
    }

    /// <summary>What makes a Secret or ConfigMap; null where nothing is known to.</summary>
    public Existence? Find(string kind, string ns, string name)
    {
        if (exact.TryGetValue((kind, ns, name), out var maker))
        {
            return Existence.May(UnseenMaker.Generator, $"{maker.Id} makes it", maker);
        }

        if (anywhere.TryGetValue((kind, name), out var copy))
        {
            return Existence.May(copy.By, $"{copy.Maker.Id} may bring it to this namespace", copy.Maker);
        }

        foreach (var (openKind, openNamespace, by, source) in open)
        {
            if ((openKind is null || openKind == kind) && (openNamespace is null || openNamespace == ns))
            {
                return Existence.May(by, $"{source.Id} makes objects whose names are not known", source);
            }
        }

        return null;
    }

    /// <summary>Whether annotations say that the object is filled from another one.</summary>
    public static bool IsCopy(YamlMapping annotations)
    {
        foreach (var entry in annotations.EffectiveEntries())
        {
            if (entry.Name is Reflector + "reflects" or Replicator + "replicate-from")
            {
                return true;
            }
        }

        return false;
    }

    private void Add(KubernetesObject item)
    {
        switch (item.Group, item.Kind)
        {
            case ("", "Secret" or "ConfigMap"):
                AddCopies(item, item.Kind, item.Name, item.Root);
                break;
            case ("external-secrets.io", "ExternalSecret"):
                AddExternalSecret(item);
                break;
            case ("external-secrets.io", "ClusterExternalSecret"):
                Copy(item, "Secret", item.Root.Get("spec", "externalSecretSpec", "target", "name") ?? item.Root.Get("spec", "externalSecretName") ?? item.Root.Get("metadata", "name"));
                break;
            case ("external-secrets.io", "PushSecret" or "ClusterPushSecret"):
                var data = item.Root.Get("spec", "pushSecretSpec", "data") ?? item.Root.Get("spec", "data");
                foreach (var entry in data?.AsSequence()?.Items ?? [])
                {
                    Copy(item, "Secret", entry.Get("match", "remoteRef", "remoteKey"));
                }

                break;
            case ("bitnami.com", "SealedSecret"):
                Make(item, "Secret", item.Root.Get("spec", "template", "metadata", "name") ?? item.Root.Get("metadata", "name"));
                AddCopies(item, "Secret", item.Root.GetString("spec", "template", "metadata", "name") ?? item.Name, item.Root.Get("spec", "template"));
                break;
            case ("cert-manager.io", "Certificate"):
                Make(item, "Secret", item.Root.Get("spec", "secretName"));
                AddCopies(item, "Secret", item.Root.GetString("spec", "secretName"), null, item.Root.Get("spec", "secretTemplate", "annotations"));
                break;
            case ("trust.cert-manager.io", "Bundle" or "ClusterBundle"):
                Copy(item, "ConfigMap", item.Root.Get("metadata", "name"));
                Copy(item, "Secret", item.Root.Get("metadata", "name"));
                break;
            case ("networking.k8s.io", "Ingress"):
                foreach (var entry in item.Root.Get("spec", "tls")?.AsSequence()?.Items ?? [])
                {
                    Make(item, "Secret", entry.Get("secretName"));
                }

                break;
            case ("gateway.networking.k8s.io", "Gateway"):
                foreach (var listener in item.Root.Get("spec", "listeners")?.AsSequence()?.Items ?? [])
                {
                    foreach (var entry in listener.Get("tls", "certificateRefs")?.AsSequence()?.Items ?? [])
                    {
                        Make(item, "Secret", entry.Get("name"));
                    }
                }

                break;
            case ("kyverno.io" or "policies.kyverno.io", _):
                AddPolicy(item);
                break;
            default:
                break;
        }
    }

    private void AddExternalSecret(KubernetesObject item)
    {
        var target = item.Root.Get("spec", "target");
        var kind = target?.GetString("manifest", "kind") ?? "Secret";
        var name = target?.Get("name") ?? item.Root.Get("metadata", "name");
        Make(item, kind, name);
        AddCopies(item, kind, name?.AsScalar()?.Value, target?.Get("template"));
    }

    // https://kyverno.io/docs/policy-types/cluster-policy/generate/
    private void AddPolicy(KubernetesObject item)
    {
        if (item.Kind is "GeneratingPolicy" or "NamespacedGeneratingPolicy")
        {
            open.Add((null, item.Kind[0] == 'N' ? item.Namespace : null, UnseenMaker.Policy, item));
            return;
        }

        foreach (var rule in item.Root.Get("spec", "rules")?.AsSequence()?.Items ?? [])
        {
            if (rule.Get("generate")?.AsMapping() is not { } generate)
            {
                continue;
            }

            var kind = generate.GetString("kind");
            if (generate["cloneList"] is not null || (kind is not null && generate["name"] is { } name && IsOpen(name)) || generate["foreach"] is not null)
            {
                open.Add((kind, null, UnseenMaker.Policy, item));
            }
            else if (kind is not null && generate.GetString("name") is { } made)
            {
                anywhere.TryAdd((kind, made), (UnseenMaker.Policy, item));
            }
        }
    }

    private void AddCopies(KubernetesObject item, string kind, string? name, YamlNode? template, YamlNode? annotations = null)
    {
        foreach (var entry in (annotations ?? template?.Get("metadata", "annotations"))?.AsMapping()?.EffectiveEntries() ?? [])
        {
            // Both copy under the same name (https://github.com/emberstack/kubernetes-reflector, https://github.com/mittwald/kubernetes-replicator).
            if (name is not null && entry.Name is Reflector + "reflection-auto-enabled" or Replicator + "replicate-to" or Replicator + "replicate-to-matching")
            {
                anywhere.TryAdd((kind, name!), (UnseenMaker.Copy, item));
            }
        }
    }

    private void Make(KubernetesObject item, string kind, YamlNode? name)
    {
        var ns = item.Namespace ?? "default";
        if (name?.AsScalar() is not { } scalar)
        {
            return;
        }

        if (IsOpen(scalar))
        {
            open.Add((kind, ns, UnseenMaker.Generator, item));
        }
        else
        {
            exact.TryAdd((kind, ns, scalar.Value), item);
        }
    }

    private void Copy(KubernetesObject item, string kind, YamlNode? name)
    {
        if (name?.AsScalar() is not { } scalar)
        {
            return;
        }

        if (IsOpen(scalar))
        {
            open.Add((kind, null, UnseenMaker.Copy, item));
        }
        else
        {
            anywhere.TryAdd((kind, scalar.Value), (UnseenMaker.Copy, item));
        }
    }

    private static bool IsOpen(YamlNode name) =>
        name.IsUnknown || (name.AsScalar()?.Value is { } text && (text.Contains("${", StringComparison.Ordinal) || text.Contains("{{", StringComparison.Ordinal)));
}

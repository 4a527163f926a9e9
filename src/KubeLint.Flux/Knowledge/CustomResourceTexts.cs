using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>The texts in a cluster's custom resources: an operator makes what these name, or names it after them.</summary>
internal sealed class CustomResourceTexts
{
    private readonly Dictionary<string, KubernetesObject> texts = new(StringComparer.Ordinal);
    // By the namespace into which an operator installs programs.
    private readonly Dictionary<string, KubernetesObject> installed = new(StringComparer.Ordinal);
    // The first of each name in a namespace, with its place in the order.
    private readonly Dictionary<string, Dictionary<string, (int Order, KubernetesObject Item)>> byNamespace = new(StringComparer.Ordinal);

    public CustomResourceTexts(IEnumerable<KubernetesObject> objects)
    {
        foreach (var item in objects)
        {
            if (!IsOperated(item))
            {
                continue;
            }

            var ns = item.Namespace ?? "default";
            if (!byNamespace.TryGetValue(ns, out var named))
            {
                byNamespace.Add(ns, named = new(StringComparer.Ordinal));
            }

            if (item.Name is { Length: > 0 } own)
            {
                named.TryAdd(own, (named.Count, item));
            }

            if (item.Root.GetString("spec", "targetNamespace") is { } target)
            {
                installed.TryAdd(target, item);
            }

            Collect(item.Root["spec"], item);
        }
    }

    /// <summary>The custom resource that names an object, bears its name, or begins or ends its name; null where none does.</summary>
    /// <remarks>
    /// Operators name what they make after their resources (<c>main-rw</c>, <c>vmagent-main</c>, <c>el-build</c>); a ConfigMap that others read seldom comes from one.
    /// </remarks>
    public KubernetesObject? Find(string kind, string ns, string name)
    {
        if (texts.TryGetValue(name, out var item) || (kind != "ConfigMap" && installed.TryGetValue(ns, out item)))
        {
            return item;
        }

        if (!byNamespace.TryGetValue(ns, out var named))
        {
            return null;
        }

        if (kind == "ConfigMap")
        {
            return named.TryGetValue(name, out var same) ? same.Item : null;
        }

        // The first of all whose name is this one, or stands before or behind a dash of it.
        var byName = named.GetAlternateLookup<ReadOnlySpan<char>>();
        (int Order, KubernetesObject Item)? first = named.TryGetValue(name, out var own) ? own : null;
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] is '-' or '.' && byName.TryGetValue(name.AsSpan(0, i), out var before) && (first is null || before.Order < first.Value.Order))
            {
                first = before;
            }

            if (name[i] == '-' && byName.TryGetValue(name.AsSpan(i + 1), out var behind) && (first is null || behind.Order < first.Value.Order))
            {
                first = behind;
            }
        }

        return first?.Item;
    }

    // Kinds of Kubernetes, of Flux and those that are read elsewhere make nothing by a name of their own; nor do these, which only use what others make.
    private static bool IsOperated(KubernetesObject item) =>
        item.Group.Contains('.', StringComparison.Ordinal)
        && !item.Group.EndsWith(".k8s.io", StringComparison.Ordinal)
        && !item.Group.EndsWith(".toolkit.fluxcd.io", StringComparison.Ordinal)
        && item.Group is not ("external-secrets.io" or "bitnami.com" or "monitoring.coreos.com" or "cilium.io" or "cert-manager.io" or "keda.sh"
            or "traefik.io" or "traefik.containo.us" or "volsync.backube" or "kopiur.home-operations.com" or "networking.istio.io" or "security.istio.io" or FluxGroups.Operator or FluxGroups.SourceExtensions)
        && (item.Group, item.Kind) is not ("grafana.integreatly.org", "GrafanaDashboard" or "GrafanaFolder" or "GrafanaDatasource")
            and not ("gateway.envoyproxy.io", "Backend" or "BackendTrafficPolicy" or "ClientTrafficPolicy" or "SecurityPolicy");

    private void Collect(YamlNode? node, KubernetesObject item)
    {
        switch (node?.Resolved)
        {
            case YamlScalar { Value.Length: > 0 and < 254 } scalar:
                texts.TryAdd(scalar.Value, item);
                break;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    Collect(entry.Value, item);
                }

                break;
            case YamlSequence sequence:
                foreach (var entry in sequence.Items)
                {
                    Collect(entry, item);
                }

                break;
            default:
                break;
        }
    }
}

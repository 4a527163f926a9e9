using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>What the Flux Operator makes of a FluxInstance's <c>sync</c> (https://fluxoperator.dev/docs/crd/fluxinstance/#sync-configuration).</summary>
internal static class FluxInstanceSync
{
    private const string By = "FluxInstance";

    /// <summary>The Flux Kustomization; it stands at the <c>sync</c>.</summary>
    /// <param name="instance">The FluxInstance's <c>spec</c>.</param>
    /// <param name="instanceNamespace">The FluxInstance's namespace; null where it is not written.</param>
    public static KubernetesObject MakeKustomization(YamlMapping instance, string? instanceNamespace)
    {
        var sync = instance["sync"]!.AsMapping()!;

        // With tenants locked in, the operator lets the cluster's own Kustomization act as its controller.
        var isMultitenant = instance.Get("cluster", "multitenant")?.AsScalar()?.AsBoolean() == true;
        var ns = instanceNamespace ?? "flux-system";
        var name = sync["name"] ?? MadeNode.Text(sync, ns, By);
        var made = MadeNode.Mapping(
            sync,
            By,
            ("apiVersion", MadeNode.Text(sync, FluxGroups.Kustomize + "/v1", By)),
            ("kind", MadeNode.Text(sync, "Kustomization", By)),
            ("metadata", MadeNode.Mapping(sync, By, ("name", name), ("namespace", MadeNode.Text(sync, ns, By)))),
            ("spec", MadeNode.Mapping(
                sync,
                By,
                ("interval", sync["interval"] ?? MadeNode.Text(sync, "10m", By)),
                ("path", sync["path"]),
                ("prune", new YamlScalar(sync.Source, sync.Span, "true", YamlScalarStyle.Plain, new NodeExtras(null, null, new Derivation(By)))),
                ("sourceRef", MadeNode.Mapping(sync, By, ("kind", sync["kind"]), ("name", name))),
                ("serviceAccountName", isMultitenant ? MadeNode.Text(sync, "kustomize-controller", By) : null))));
        return KubernetesObject.From(made)!;
    }

    /// <summary>The source; it stands at the <c>sync</c>. Null where the kind is missing or unknown.</summary>
    /// <param name="sync">The <c>sync</c>.</param>
    /// <param name="instanceNamespace">The FluxInstance's namespace; null where it is not written.</param>
    public static KubernetesObject? MakeSource(YamlMapping sync, string? instanceNamespace)
    {
        if (sync["kind"] is not { } kind)
        {
            return null;
        }

        var ns = instanceNamespace ?? "flux-system";
        var reference = sync["ref"];
        var field = reference?.AsScalar()?.Value.StartsWith("refs/", StringComparison.Ordinal) == true ? "name" : kind.AsScalar()?.Value == "OCIRepository" ? "tag" : "branch";
        var made = MadeNode.Mapping(
            sync,
            By,
            ("apiVersion", MadeNode.Text(sync, FluxGroups.Source + "/v1", By)),
            ("kind", kind),
            ("metadata", MadeNode.Mapping(sync, By, ("name", sync["name"] ?? MadeNode.Text(sync, ns, By)), ("namespace", MadeNode.Text(sync, ns, By)))),
            ("spec", MadeNode.Mapping(
                sync,
                By,
                ("interval", sync["interval"] ?? MadeNode.Text(sync, "1m", By)),
                ("url", sync["url"]),
                ("ref", reference is null ? null : MadeNode.Mapping(reference, By, (field, reference))),
                ("secretRef", sync["pullSecret"] is { } secret ? MadeNode.Mapping(secret, By, ("name", secret)) : null),
                ("provider", sync["provider"]))));
        return KubernetesObject.From(made);
    }
}

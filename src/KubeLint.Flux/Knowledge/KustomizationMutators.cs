using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>Finds what changes Flux Kustomizations when they reach the API server: their variables, for instance, then stand nowhere in the repository.</summary>
internal static class KustomizationMutators
{
    /// <summary>The webhook, policy or release of a cluster that does so; null where none is known.</summary>
    public static KubernetesObject? Find(FluxCluster cluster)
    {
        foreach (var item in cluster.Objects())
        {
            var isMutator = (item.Object.Group, item.Object.Kind) switch
            {
                // https://github.com/xunholy/fluxcd-kustomize-mutating-webhook
                (FluxGroups.Helm, "HelmRelease") => item.Object.Root.GetString("spec", "chart", "spec", "chart")?.Contains("kustomize-mutating-webhook", StringComparison.Ordinal) == true
                    || item.Object.Root.GetString("spec", "chartRef", "name")?.Contains("kustomize-mutating-webhook", StringComparison.Ordinal) == true,
                ("admissionregistration.k8s.io", "MutatingWebhookConfiguration") => Items(item.Object.Root["webhooks"]).SelectMany(webhook => Items(webhook.Get("rules"))).Any(NamesKustomizations),
                ("admissionregistration.k8s.io", "MutatingAdmissionPolicy") => Items(item.Object.Root.Get("spec", "matchConstraints", "resourceRules")).Any(NamesKustomizations),
                ("kyverno.io", "ClusterPolicy" or "Policy") => Items(item.Object.Root.Get("spec", "rules")).Any(rule => rule.Get("mutate") is not null && MeansKustomizations(rule.Get("match"))),
                _ => false,
            };
            if (isMutator)
            {
                return item.Object;
            }
        }

        return null;
    }

    private static ImmutableArray<YamlNode> Items(YamlNode? list) => list?.AsSequence()?.Items ?? [];

    private static bool NamesKustomizations(YamlNode rule) =>
        Items(rule.Get("apiGroups")).Any(group => group.AsScalar()?.Value is FluxGroups.Kustomize or "*")
        && Items(rule.Get("resources")).Any(resource => resource.AsScalar()?.Value is "kustomizations" or "*" or "*/*");

    // The kinds stand under `any`, `all` or at once: https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/
    private static bool MeansKustomizations(YamlNode? match) => match?.Resolved switch
    {
        YamlMapping mapping => Items(mapping["kinds"]).Any(kind => kind.AsScalar()?.Value is { } name && (name == "Kustomization" || name.EndsWith("/Kustomization", StringComparison.Ordinal)))
            || mapping.EffectiveEntries().Any(entry => MeansKustomizations(entry.Value)),
        YamlSequence sequence => sequence.Items.Any(MeansKustomizations),
        _ => false,
    };
}

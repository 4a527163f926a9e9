using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>Reads what a repository says about the controllers: their feature gates and their version.</summary>
internal static class FeatureGateReader
{
    private const string Flag = "--feature-gates=";

    /// <summary>The gates that a FluxInstance's patches of the controllers set.</summary>
    public static List<FeatureGate> OfInstance(YamlMapping? instance)
    {
        var gates = new List<FeatureGate>();
        foreach (var item in instance?.Get("kustomize", "patches")?.AsSequence()?.Items ?? [])
        {
            if (item.Get("patch") is not YamlScalar patch || !patch.Value.Contains(Flag, StringComparison.Ordinal))
            {
                continue;
            }

            var target = item.GetString("target", "name");
            foreach (var document in YamlParser.Parse(patch.EmbeddedText()).Documents)
            {
                AddAll(document.Root, target ?? document.Root?.GetString("metadata", "name") ?? ".*", gates);
            }
        }

        return gates;
    }

    /// <summary>Adds the gates in the arguments of a controller's Deployment.</summary>
    public static void AddDeployment(KubernetesObject item, List<FeatureGate> gates)
    {
        if (item.Is("apps", "Deployment") && IsController(item))
        {
            AddAll(item.Root.Get("spec", "template", "spec", "containers"), item.Name!, gates);
        }
    }

    /// <summary>The Flux version that <c>flux install</c> writes on its objects; null for other objects.</summary>
    public static string? InstalledVersion(KubernetesObject item) =>
        item.Is("apps", "Deployment") && IsController(item) && item.Label("app.kubernetes.io/part-of") == "flux" ? item.Label("app.kubernetes.io/version") : null;

    private static bool IsController(KubernetesObject item) =>
        item.Name is "kustomize-controller" or "helm-controller" or "source-controller" or "notification-controller";

    // The flag may stand in a list of arguments, or as the value of a JSON patch's operation.
    private static void AddAll(YamlNode? node, string controller, List<FeatureGate> gates)
    {
        switch (node?.Resolved)
        {
            case YamlScalar scalar when scalar.Value.StartsWith(Flag, StringComparison.Ordinal):
                foreach (var gate in scalar.Value[Flag.Length..].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                {
                    var parts = gate.Split('=');
                    if (parts.Length == 2 && bool.TryParse(parts[1], out var isEnabled))
                    {
                        gates.Add(new FeatureGate(controller, parts[0], isEnabled, scalar));
                    }
                }

                break;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    AddAll(entry.Value, controller, gates);
                }

                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    AddAll(item, controller, gates);
                }

                break;
        }
    }
}

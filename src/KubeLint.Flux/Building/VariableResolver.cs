using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>Finds the variables of a Flux Kustomization's <c>postBuild</c>.</summary>
internal static class VariableResolver
{
    /// <summary>
    /// The variables; null where Flux substitutes nothing. An object that is not in the repository may bring any variable; that
    /// it overrides one that the repository tells is not assumed.
    /// </summary>
    /// <param name="kustomization">The Flux Kustomization.</param>
    /// <param name="index">What the cluster gets.</param>
    /// <param name="outside">Variables that the user says come from outside; they count where the repository defines none.</param>
    public static VariableSet? Resolve(KubernetesObject kustomization, DataIndex index, ImmutableDictionary<string, string?> outside)
    {
        if (kustomization.Root.Get("spec", "postBuild")?.AsMapping() is not { } postBuild)
        {
            return null;
        }

        var ns = kustomization.Namespace ?? "default";
        var variables = ImmutableDictionary.CreateBuilder<string, FluxVariable>(StringComparer.Ordinal);
        string? openBy = postBuild["substituteFrom"] is { IsUnknown: true } ? "spec.postBuild.substituteFrom" : null;
        foreach (var reference in postBuild["substituteFrom"]?.AsSequence()?.Items ?? [])
        {
            var kind = reference.GetString("kind");
            var name = reference.GetString("name");
            if (kind is null || name is null)
            {
                continue;
            }

            var origin = $"{kind}/{ns}/{name}";
            if (index.Find("", kind, ns, name) is not { } item)
            {
                // Made by bootstrap, an operator, another repository; an optional one may be there all the same.
                openBy ??= origin;
                continue;
            }

            foreach (var (key, value, node) in DataIndex.Entries(item))
            {
                variables[key] = new FluxVariable(key, WithoutLineBreaks(value), node, origin);
            }
        }

        foreach (var entry in postBuild["substitute"]?.AsMapping()?.EffectiveEntries() ?? [])
        {
            if (entry.Name is { } key && entry.Value.Resolved is YamlScalar scalar)
            {
                variables[key] = new FluxVariable(
                    key, scalar.IsUnknown ? null : scalar.IsNull ? "" : WithoutLineBreaks(scalar.Value), scalar, "spec.postBuild.substitute");
            }
        }

        foreach (var (name, value) in outside)
        {
            if (!variables.ContainsKey(name))
            {
                variables[name] = new FluxVariable(name, WithoutLineBreaks(value), null, "configuration");
            }
        }

        var isAlways = postBuild.GetString("substituteStrategy") == "Always";
        return variables.Count > 0 || openBy is not null || isAlways ? new VariableSet(variables.ToImmutable(), openBy) : null;
    }

    private static string? WithoutLineBreaks(string? value) => value?.Replace("\n", "", StringComparison.Ordinal);
}

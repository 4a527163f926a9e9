using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Finds patches whose target selects nothing in any build that applies them: one that serves several overlays need not select something in each.</summary>
internal static class PatchTargets
{
    private static readonly string[] Fields = ["name", "kind", "labelSelector", "annotationSelector", "namespace", "group", "version"];

    /// <summary>Reports the targets that select nothing.</summary>
    /// <param name="context">Takes the findings.</param>
    /// <param name="ofKustomizeFiles">Whether those of kustomization files are meant, or those of Flux Kustomizations.</param>
    public static void Report(RepositoryContext context, bool ofKustomizeFiles)
    {
        var idle = new Dictionary<Location, (YamlMapping Target, List<FluxKustomization> In)>();
        var inUse = new HashSet<Location>();
        foreach (var kustomization in context.Model.Clusters.SelectMany(cluster => cluster.Kustomizations))
        {
            if (kustomization.EntryPoint?.Kind == EntryPointKind.BootstrapLayout)
            {
                // `flux bootstrap` has yet to write what these patch.
                continue;
            }

            foreach (var selection in kustomization.Build?.Selections ?? [])
            {
                if (FileClassification.IsKustomizationName(selection.Target.Source.Path) != ofKustomizeFiles)
                {
                    continue;
                }

                var place = selection.Target.Location;
                if (selection.Count > 0 || !selection.IsComplete || !kustomization.IsComplete)
                {
                    inUse.Add(place);
                }
                else if (idle.TryGetValue(place, out var known))
                {
                    known.In.Add(kustomization);
                }
                else
                {
                    idle.Add(place, (selection.Target, [kustomization]));
                }
            }
        }

        foreach (var (place, (target, builds)) in idle)
        {
            if (!inUse.Contains(place) && IsKnown(target) && !IsOptIn(target, builds))
            {
                Report(context, target, builds);
            }
        }
    }

    private static void Report(RepositoryContext context, YamlMapping target, List<FluxKustomization> builds)
    {
        var kind = target.GetString("kind");
        var name = target.GetString("name");
        var at = Fields.Select(field => target[field]).FirstOrDefault(node => node is YamlScalar { Value.Length: > 0 }) ?? target;
        var names = builds.SelectMany(build => build.Objects).Where(item => kind is null || item.Object.Kind == kind).Select(item => item.Object.Name ?? "").ToHashSet(StringComparer.Ordinal);
        var nearest = name is null || names.Contains(name) ? null : NearestName.Find(name, names.Order(StringComparer.Ordinal));
        if (target["group"] is YamlScalar group && IsVersion(group.Value))
        {
            context.Report(
                group,
                $"This patch changes nothing: the group '{group.Value}' has a version in it, so it is the group of no {kind ?? "object"}",
                "Write the version under `version`; the core group is written by leaving `group` out",
                about: builds[0].Id);
            return;
        }

        var what = $"{kind ?? "object"}{(name is null ? "" : $" '{name}'")}";
        var by = name is null && target["labelSelector"] is not null ? " with these labels" : "";
        context.Report(
            at,
            $"This patch changes nothing: no {what}{by} is in what it is applied to{(nearest is null ? "" : $"; did you mean '{nearest}'?")}",
            target["labelSelector"] is null
                ? "Kustomize says nothing of a target that selects nothing: name what is there, or remove the patch"
                : "Labels that the same kustomization adds are not there yet when its patches are applied: select by kind and name",
            fixes: nearest is null ? [] : BuildCauses.Write(target["name"], nearest),
            about: builds[0].Id);
    }

    // By a label objects ask for a patch, and at times none does; unless a label is meant that they get too late for it.
    private static bool IsOptIn(YamlMapping target, List<FluxKustomization> builds)
    {
        if (target["name"] is not null || target["labelSelector"] is not YamlScalar { Value: var selector })
        {
            return false;
        }

        var words = selector.Split(['=', '!', ',', ' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        var kind = target.GetString("kind");
        return !builds.SelectMany(build => build.Objects)
            .Any(item => (kind is null || item.Object.Kind == kind) && words.Any(word => item.Object.Label(word) is { } value && (words.Length == 1 || words.Contains(value))));
    }

    private static bool IsVersion(string group) =>
        group.Contains('/', StringComparison.Ordinal) || (group is ['v', var digit, ..] && char.IsAsciiDigit(digit) && !group.Contains('.', StringComparison.Ordinal));

    private static bool IsKnown(YamlMapping target)
    {
        foreach (var entry in target.EffectiveEntries())
        {
            if (entry.Value.Resolved is YamlScalar scalar && (scalar.IsUnknown || scalar.Value.Contains("${", StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return true;
    }
}

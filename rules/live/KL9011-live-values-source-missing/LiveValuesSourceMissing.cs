using KubeLint.Analysis;
using KubeLint.Flux.Live;
using KubeLint.Yaml;

namespace KubeLint.Rules.Live;

/// <summary>Reports entries of <c>valuesFrom</c> that the cluster cannot serve.</summary>
public sealed class LiveValuesSourceMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL9011", "live-values-source-missing", "A Secret or ConfigMap of valuesFrom is not in the cluster, or lacks the key", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#values-references"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Live(Check);

    private static void Check(LiveContext context)
    {
        foreach (var reference in context.Objects.SelectMany(item => LiveReference.Of(item, [])).Where(reference => reference is { Use: LiveUse.Values, IsOptional: false }))
        {
            var id = reference.Id;
            if (context.Live.Data.TryGetValue(id, out var data))
            {
                if (reference.Key is { } key && !data.Keys.Contains(key))
                {
                    var nearest = NearestName.Find(key, data.Keys);
                    context.Report(
                        reference.KeyAt ?? reference.At,
                        $"{id} has no key '{key}' in {context.Live.Name}{(nearest is null ? "" : $"; did you mean '{nearest}'?")}: {reference.Owner.Id} cannot be installed",
                        data.Keys.IsEmpty ? "It has no keys at all" : $"Its keys: {string.Join(", ", data.Keys.Order(StringComparer.Ordinal).Take(10))}",
                        about: reference.Owner.Id);
                }
            }
            else if (context.Live.Find(id).State == LiveState.Absent)
            {
                context.Report(
                    reference.At,
                    $"{id} is not in {context.Live.Name}: {reference.Owner.Id} cannot be installed",
                    "See what should make it (an ExternalSecret, another Kustomization), or write `optional: true` where it may be absent",
                    about: reference.Owner.Id);
            }
        }
    }
}

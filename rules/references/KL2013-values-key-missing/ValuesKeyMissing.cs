using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.References;

/// <summary>Reports keys of <c>valuesFrom</c> that the ConfigMap or Secret does not have.</summary>
public sealed class ValuesKeyMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2013", "values-key-missing", "The key with the values is not in the ConfigMap or Secret", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#values-references"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.HelmRelease(context =>
    {
        var release = context.Release;
        if (ClusterKnowledge.IsFailing(release.Effective.Producer))
        {
            return;
        }

        foreach (var entry in DataReference.OfValues(release.Object, release.Id))
        {
            Check(context, entry.Reference);
        }
    });

    private static void Check(HelmReleaseContext context, ObjectReference reference)
    {
        var written = reference.Mapping.Find("valuesKey")?.Value;
        var key = written is null ? "values.yaml" : ObjectReference.Text(written);
        var id = reference.Id;
        var keys = context.Cluster.Knowledge.KeysOf(id.Kind, id.Namespace, id.Name);
        if (key is null || !keys.AreAll || keys.Names.Contains(key))
        {
            return;
        }

        var isBinary = keys.Binary.Contains(key);
        var message = isBinary
            ? $"Flux reads `data` only, and ConfigMap {id.Namespace}/{id.Name} has the key '{key}' in `binaryData`, so the HelmRelease fails"
            : $"{id.Kind} {id.Namespace}/{id.Name} has no key '{key}', so the HelmRelease fails";
        var help = isBinary ? "Write the values as text"
            : keys.Names.IsEmpty ? "It has no keys at all"
            : written is null ? $"Write `valuesKey` with one of its keys: {string.Join(", ", keys.Names.Take(5))}"
            : NearestName.Find(key, keys.Names) is { } near ? $"Write `{near}` if that is meant"
            : $"Its keys are {string.Join(", ", keys.Names.Take(5))}";
        context.Report(written ?? reference.At, message, help);
    }
}

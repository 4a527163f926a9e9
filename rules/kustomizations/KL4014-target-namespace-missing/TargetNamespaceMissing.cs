using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports target namespaces that nothing makes.</summary>
public sealed class TargetNamespaceMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4014", "target-namespace-missing", "Nothing makes the namespace into which a Flux Kustomization applies", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(static context =>
    {
        var cluster = context.Cluster;
        if (cluster.Kustomizations.Any(item => !item.IsComplete) || !cluster.Knowledge.OfKind("", "Namespace").Any())
        {
            // What is not known may make it; and where no namespace is in git, something else makes all of them.
            return;
        }

        HashSet<string>? made = null;
        foreach (var kustomization in cluster.Kustomizations)
        {
            if (kustomization.Object.Root.Get("spec", "targetNamespace")?.AsScalar() is not { IsUnknown: false, IsNull: false } target || target.Value.Contains("${", StringComparison.Ordinal))
            {
                continue;
            }

            made ??= Made(context);
            if (!made.Contains(target.Value) && !target.Value.StartsWith("kube-", StringComparison.Ordinal))
            {
                var nearest = NearestName.Find(target.Value, made.Order(StringComparer.Ordinal));
                context.Report(
                    target,
                    $"Nothing makes the namespace '{target.Value}': Flux does not, so it can apply nothing into it{(nearest is null ? "" : $"; did you mean '{nearest}'?")}",
                    "Add a Namespace to what this Kustomization, or one that it depends on, applies",
                    about: kustomization.Id);
            }
        }
    });

    private static HashSet<string> Made(GraphContext context)
    {
        var made = new HashSet<string>(StringComparer.Ordinal) { "default" };
        foreach (var point in context.Cluster.Entry.EntryPoints)
        {
            made.Add(point.Kustomization.Namespace ?? "default");
        }

        var knowledge = context.Cluster.Knowledge;
        var known = knowledge.OfKind("", "Namespace").Concat(knowledge.OfKind(FluxGroups.Helm, "HelmRelease"));
        foreach (var item in known.Select(item => item.Object).Concat(context.Model.UnreachedFiles.SelectMany(file => file.Objects)))
        {
            if (item is { Group: "", Kind: "Namespace", Name: { } name })
            {
                made.Add(name);
            }
            else if (item.Is(FluxGroups.Helm, "HelmRelease") && item.Root.Get("spec", "install", "createNamespace")?.AsScalar()?.AsBoolean() == true
                && (item.Root.GetString("spec", "targetNamespace") ?? item.Namespace) is { } release)
            {
                made.Add(release);
            }
        }

        return made;
    }
}

using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports variables of the cluster in objects whose Kustomization substitutes nothing.</summary>
public sealed class VariableLeftAsText : Rule
{
    private const int EnoughUsers = 2;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5003", "variable-left-as-text", "A variable stands in an object whose Kustomization substitutes nothing", Severity.Warning)
        {
            Reference = SubstitutionText.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        var known = KnownNames(context.Cluster);
        if (known.Count == 0 || context.Cluster.Knowledge.KustomizationMutator is not null)
        {
            return;
        }

        var pending = new Stack<YamlNode>();
        foreach (var kustomization in context.Cluster.Kustomizations)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (kustomization is { State: KustomizationState.Built, Variables: null })
            {
                foreach (var item in kustomization.Objects)
                {
                    Check(context, kustomization, item.Object, known, pending);
                }
            }
        }
    });

    // A variable's name says nothing by itself: a shell's or an application's look the same. Those that other Kustomizations are given do.
    private static Dictionary<string, FluxKustomization> KnownNames(FluxCluster cluster)
    {
        var supplied = new Dictionary<string, FluxKustomization>(StringComparer.Ordinal);
        var users = new Dictionary<string, HashSet<FluxKustomization>>(StringComparer.Ordinal);
        foreach (var kustomization in cluster.Kustomizations)
        {
            foreach (var (name, _) in kustomization.Variables?.Variables ?? ImmutableDictionary<string, FluxVariable>.Empty)
            {
                supplied.TryAdd(name, kustomization);
            }

            foreach (var use in kustomization.VariableUses)
            {
                if (use.State == VariableState.Unknown && !SubstitutionText.IsForeignText(use.Scalar, use.Owner))
                {
                    if (!users.TryGetValue(use.Name, out var set))
                    {
                        users.Add(use.Name, set = []);
                    }

                    set.Add(kustomization);
                }
            }
        }

        foreach (var (name, set) in users)
        {
            if (set.Count >= EnoughUsers)
            {
                supplied.TryAdd(name, set.First());
            }
        }

        return supplied;
    }

    private static void Check(
        GraphContext context, FluxKustomization kustomization, KubernetesObject item, Dictionary<string, FluxKustomization> known, Stack<YamlNode> pending)
    {
        if (PostBuildSubstitution.IsDisabled(item.Root) || item is { Group: "", Kind: "ConfigMap" or "Secret" } || item.Kind == "CustomResourceDefinition")
        {
            return;
        }

        // Patches of a Flux Kustomization become part of what that one builds, and substitutes.
        var root = item.Is(FluxGroups.Kustomize, "Kustomization") && item.Spec is { } spec
            ? spec.ContainsKey("patches") ? spec.With(spec.Entries.RemoveAll(entry => entry.Name is "patches")) : spec
            : item.Root;
        foreach (var scalar in ScalarWalk.Values(root, pending))
        {
            if (!VariableTemplate.MayChange(scalar.Value) || scalar.IsUnknown || SubstitutionText.IsForeignText(scalar, item.Root))
            {
                continue;
            }

            var template = VariableTemplate.Parse(scalar.Value);
            if (template.Error is null && template.Expressions().FirstOrDefault(one => known.ContainsKey(one.Name)) is { } expression)
            {
                var giver = known[expression.Name];
                var text = template.Text.Substring(expression.Span.Start, expression.Span.Length);
                context.Report(
                    scalar.Derivation is null ? scalar.EmbeddedText().Locate(expression.Span) : scalar.Location,
                    $"'{text}' reaches the cluster as it stands: this Kustomization has no `postBuild`, though others are given '{expression.Name}'",
                    $"Give Kustomization {kustomization.Id.Namespace}/{kustomization.Id.Name} the `spec.postBuild` that {giver.Id.Namespace}/{giver.Id.Name} has",
                    [new RelatedLocation((kustomization.Object.Root.Get("metadata", "name") ?? kustomization.Object.Root).Location, "Substitutes nothing")],
                    about: item.Id);
            }
        }
    }
}

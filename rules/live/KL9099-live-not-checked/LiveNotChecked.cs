using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Live;

namespace KubeLint.Rules.Live;

/// <summary>Reports what the user may not read, so that nobody takes it for checked.</summary>
public sealed class LiveNotChecked : Rule
{
    private const string Help = "Give the user the right to read it, or turn this rule off where that is not meant";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL9099", "live-not-checked", "Something in the cluster may not be read, so it was not checked", Severity.Warning)
        {
            Reference = new("https://kubernetes.io/docs/reference/access-authn-authz/rbac/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Live(Check);

    private static void Check(LiveContext context)
    {
        var references = context.Objects.SelectMany(item => LiveReference.Of(item, context.Model.ImagesOf(item))).ToLookup(reference => reference.Id);
        foreach (var gap in context.Live.Gaps)
        {
            if (gap.Name is null)
            {
                if (First(context, gap) is { } item)
                {
                    var where = gap.Namespace is null ? "" : $" in namespace {gap.Namespace}";
                    context.ReportAtName(item, $"Not checked: {Plural(gap.Kind)}{where} of {context.Live.Name} cannot be read ({context.Live.Quote(gap.Why)})", Help);
                }

                continue;
            }

            foreach (var reference in references[new ObjectId(gap.Group, gap.Kind, gap.Namespace, gap.Name)])
            {
                context.Report(
                    reference.At,
                    $"Not checked: {reference.Id} in {context.Live.Name} cannot be read ({context.Live.Quote(gap.Why)})",
                    Help,
                    about: reference.Owner.Id);
            }
        }
    }

    // Where the trouble shows best: at what would have been compared, else where the cluster begins.
    private static KubernetesObject? First(LiveContext context, LiveGap gap) =>
        context.Objects.FirstOrDefault(item => item.Group == gap.Group && item.Kind == gap.Kind && (gap.Namespace is null || (item.Namespace ?? "default") == gap.Namespace))
        ?? (context.Cluster is { Kustomizations: [var begin, ..] } ? begin.Object : context.Objects.IsEmpty ? null : context.Objects[0]);

    private static string Plural(string kind) => kind.EndsWith('s') ? kind : kind.EndsWith('y') ? kind[..^1] + "ies" : kind + "s";
}

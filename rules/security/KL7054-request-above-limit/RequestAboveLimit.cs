using System.Collections.Immutable;

using KubeLint.Analysis;

namespace KubeLint.Rules.Security;

/// <summary>Reports containers that request more than their limit, which the API server refuses.</summary>
public sealed class RequestAboveLimit : Rule
{
    private static readonly ImmutableArray<string> Resources = ["cpu", "memory", "ephemeral-storage"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL7054", "request-above-limit", "A container requests more than its limit", Severity.Error)
    {
        Reference = new("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#requests-and-limits"),
    };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Container((context, _, container, places) =>
    {
        foreach (var resource in Resources)
        {
            if (container.Fields.GetScalar("resources", "requests", resource) is { } request && container.Fields.GetScalar("resources", "limits", resource) is { } limit
                && Quantity.Parse(request.Value) is { } requested && Quantity.Parse(limit.Value) is { } limited && requested > limited && places.Add(request))
            {
                context.Report(
                    request,
                    $"The container '{container.Name}' requests {request.Value} of {resource}, more than its limit of {limit.Value}, so the API server refuses it",
                    "Raise the limit, or request less",
                    [new RelatedLocation(limit.Location, "The limit stands here")]);
            }
        }
    });
}

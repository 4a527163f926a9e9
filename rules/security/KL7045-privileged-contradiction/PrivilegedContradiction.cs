using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports containers that are privileged and may not gain privileges, which the API server refuses.</summary>
public sealed class PrivilegedContradiction : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7045", "privileged-contradiction", "A container is privileged although allowPrivilegeEscalation is false", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Container((context, _, container, places) =>
    {
        if (container.Fields.GetTrue("securityContext", "privileged") is { } privileged
            && container.Fields.Get("securityContext", "allowPrivilegeEscalation") is YamlScalar { IsUnknown: false } escalation && escalation.AsBoolean() == false
            && places.Add(escalation))
        {
            context.Report(
                escalation,
                $"The container '{container.Name}' is refused: it is privileged, and allowPrivilegeEscalation cannot be false then",
                "Leave one of the two out",
                [new RelatedLocation(privileged.Location, "privileged stands here")]);
        }
    });
}

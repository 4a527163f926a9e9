using KubeLint.Analysis;

namespace KubeLint.Rules.Security;

/// <summary>Reports containers that must not run as root and are told to.</summary>
public sealed class RunAsRootContradiction : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7044", "run-as-root-contradiction", "A container runs as user 0 although runAsNonRoot forbids it", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Container((context, pod, container, places) =>
    {
        // What a container says of itself counts more than what the pod does, each field for itself.
        var user = container.Fields.Get("securityContext", "runAsUser") ?? pod.Spec.Get("securityContext", "runAsUser");
        var nonRoot = container.Fields.Get("securityContext", "runAsNonRoot") ?? pod.Spec.Get("securityContext", "runAsNonRoot");
        if (user?.AsScalar() is { IsUnknown: false, Value: "0" } root && nonRoot?.AsScalar() is { IsUnknown: false } forbids && forbids.AsBoolean() == true && !pod.IsWindows
            && places.Add(root))
        {
            context.Report(
                root,
                $"The container '{container.Name}' never starts: runAsUser is 0, and runAsNonRoot forbids that",
                "Give it another user, or leave `runAsNonRoot: true` out for it",
                [new RelatedLocation(forbids.Location, "runAsNonRoot stands here")]);
        }
    });
}

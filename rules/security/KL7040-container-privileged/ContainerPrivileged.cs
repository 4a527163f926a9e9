using KubeLint.Analysis;

namespace KubeLint.Rules.Security;

/// <summary>Reports containers that run privileged.</summary>
public sealed class ContainerPrivileged : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL7040", "container-privileged", "A container runs privileged", Severity.Info)
    {
        Reference = new("https://kubernetes.io/docs/concepts/security/linux-kernel-security-constraints/#privileged-containers"),
    };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.AppliedContainer((context, _, container, places) =>
    {
        if (container.Fields.GetTrue("securityContext", "privileged") is { } privileged && places.Add(privileged))
        {
            context.Report(
                privileged,
                $"The container '{container.Name}' runs privileged, so whoever breaks out of its program is root on the node",
                "Give it what it needs instead: single capabilities, a device plugin for devices, a mount of one path");
        }
    });
}

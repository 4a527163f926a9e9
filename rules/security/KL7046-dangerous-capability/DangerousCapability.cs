using System.Collections.Immutable;

using KubeLint.Analysis;

namespace KubeLint.Rules.Security;

/// <summary>Reports capabilities that come close to root on the node.</summary>
public sealed class DangerousCapability : Rule<DangerousCapability.DangerousCapabilityOptions>
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7046", "dangerous-capability", "A container gets a capability that comes close to root on the node", Severity.Info)
        {
            Reference = new("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        var dangerous = Options.Capabilities.Select(Capabilities.Normalize).ToImmutableHashSet();
        on.AppliedContainer((context, _, container, places) =>
        {
            // A privileged container has them all: that is told once, by its own rule.
            if (container.Fields.GetTrue("securityContext", "privileged") is not null)
            {
                return;
            }

            foreach (var item in container.Fields.Get("securityContext", "capabilities", "add")?.AsSequence()?.Items ?? [])
            {
                if (item.AsScalar() is { IsUnknown: false } added && Capabilities.Normalize(added.Value) is var name && dangerous.Contains(name) && places.Add(item))
                {
                    context.Report(
                        item,
                        $"The capability {name} lets the container '{container.Name}' {Capabilities.Effect(name)}",
                        "Add only the capabilities that the program fails without");
                }
            }
        });
    }

    /// <summary>The options of KL7046.</summary>
    public sealed record DangerousCapabilityOptions
    {
        /// <summary>The capabilities to report.</summary>
        public ImmutableArray<string> Capabilities { get; init; } =
            ["ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "SYS_BOOT", "DAC_READ_SEARCH", "BPF", "MAC_ADMIN", "MAC_OVERRIDE"];
    }
}

using System.Collections.Immutable;

using KubeLint.Analysis;

namespace KubeLint.Rules.Security;

/// <summary>Reports pods that share namespaces with their node.</summary>
public sealed class HostNamespace : Rule
{
    private static readonly ImmutableArray<(string Field, string Effect)> Fields =
    [
        ("hostNetwork", "shares the node's network: it reaches what listens on the node alone, and no NetworkPolicy holds for it"),
        ("hostPID", "sees and can signal each process of the node, and reads their environments"),
        ("hostIPC", "shares the memory that the node's processes share among themselves"),
    ];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL7041", "host-namespace", "A pod shares its node's network, processes or memory", Severity.Info)
    {
        Reference = new("https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"),
    };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.AppliedPod((context, pod) =>
    {
        foreach (var (field, effect) in Fields)
        {
            if (pod.Spec.GetTrue(field) is { } shared)
            {
                context.Report(shared, $"With {field} the pod {effect}", $"Leave {field} out unless the program is a part of the node, such as a network plugin");
            }
        }
    });
}

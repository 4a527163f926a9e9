using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports remote bases and files that are not held to a version.</summary>
public sealed class RemoteBaseMutable : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4060", "remote-base-mutable", "A kustomization takes what it builds from a remote branch", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(static context => RemoteBases.Report(
        context,
        isMutable: true,
        static path => $"'{path}' names no version: what it holds can change at any time and is applied without a commit here",
        "Name a tag or a commit: `?ref=v1.2.3`, or a path with the version"));
}

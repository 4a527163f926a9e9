using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports bases and files at remote addresses.</summary>
public sealed class RemoteBase : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4059", "remote-base", "A kustomization takes what it builds from another host at each build", Severity.Info)
        {
            IsEnabledByDefault = false,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(static context => RemoteBases.Report(
        context,
        isMutable: false,
        static path => $"'{path}' is fetched at each build: while its host does not answer, Flux applies nothing of all that stands beside it",
        "Take it in as a source of Flux (GitRepository, OCIRepository) with a Kustomization of its own, or copy it into the repository"));
}

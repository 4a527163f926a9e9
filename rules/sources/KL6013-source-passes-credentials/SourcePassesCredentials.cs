using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Sources;

/// <summary>Reports HelmRepositories that give their credentials to any host that the index names.</summary>
public sealed class SourcePassesCredentials : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL6013", "source-passes-credentials", "A HelmRepository gives its credentials to other hosts", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/source/helmrepositories/#pass-credentials"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(FluxGroups.Source, "HelmRepository", context =>
    {
        if (context.Object.Spec?.Find("passCredentials") is { } entry && entry.Value.AsScalar() is { IsUnknown: false } scalar && scalar.AsBoolean() == true)
        {
            context.Report(
                entry.Value,
                $"With `passCredentials: true` HelmRepository {context.Object.Name} sends its password to every host that its index names",
                "Remove it, unless the charts lie at another host that may have the password");
        }
    });
}

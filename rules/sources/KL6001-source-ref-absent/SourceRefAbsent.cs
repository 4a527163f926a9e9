using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Sources;

/// <summary>Reports sources that do not say which version they fetch.</summary>
public sealed class SourceRefAbsent : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL6001", "source-ref-absent", "The source does not say which version is fetched", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/source/gitrepositories/#reference"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        on.Object(FluxGroups.Source, "GitRepository", context => Check(context, "the branch 'master' is fetched, which most repositories no longer have", "Write `ref` with a `tag`, `semver`, `commit` or `branch`"));
        on.Object(FluxGroups.Source, "OCIRepository", context => Check(context, "the tag 'latest' is fetched, and that moves", "Write `ref` with a `tag`, `semver` or `digest`"));
    }

    private static void Check(ObjectContext context, string consequence, string help)
    {
        var spec = context.Object.Spec;
        if (SourceObjects.Read(context.Object, "url") is not var (at, _) || spec?["ref"] is { } reference && (reference.IsUnknown || reference.AsMapping() is not { Entries.IsEmpty: true }))
        {
            return;
        }

        context.Report(at, $"{context.Object.Kind} {context.Object.Name} has no `ref`, so {consequence}", help);
    }
}

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Rules.References;
using KubeLint.Yaml;

namespace KubeLint.Rules.Sources;

/// <summary>Reports fields of <c>ref</c> that another one makes void.</summary>
public sealed class SourceRefShadowed : Rule
{
    // Strongest first.
    private static readonly string[] OfGit = ["commit", "name", "semver", "tag", "branch"];
    private static readonly string[] OfOci = ["digest", "semver", "tag"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL6004", "source-ref-shadowed", "A field of the source's ref is ignored because a stronger one is there", Severity.Warning)
        {
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/components/source/gitrepositories/#reference"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        on.Object(FluxGroups.Source, "GitRepository", context => Check(context, OfGit));
        on.Object(FluxGroups.Source, "OCIRepository", context => Check(context, OfOci));
    }

    private static void Check(ObjectContext context, string[] order)
    {
        if (context.Object.Spec?["ref"]?.AsMapping() is not { } reference)
        {
            return;
        }

        string? strongest = null;
        YamlEntry stronger = default;
        foreach (var field in order)
        {
            if (reference.Find(field) is not { } entry || entry.Value.Resolved is YamlScalar { IsNull: true })
            {
                continue;
            }

            if (strongest is null)
            {
                (strongest, stronger) = (field, entry);
                continue;
            }

            // A branch tells where the commit lies, and a tag beside its digest tells people what it is.
            if ((strongest, field) is ("commit", "branch") or ("digest", "tag"))
            {
                continue;
            }

            context.Report(
                entry.Key,
                $"`{field}` of {context.Object.Kind} {context.Object.Name} is ignored, because `{strongest}` is there too",
                $"Remove `{field}`, or `{strongest}` if the {field} is meant",
                [new RelatedLocation(stronger.Key.Location, "This one counts")],
                YamlEdits.Remove($"Remove {field}", FixSafety.Safe, reference, field));
        }
    }
}

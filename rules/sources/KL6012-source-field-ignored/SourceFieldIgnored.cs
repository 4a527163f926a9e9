using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Rules.References;

namespace KubeLint.Rules.Sources;

/// <summary>Reports fields of a HelmRepository that have no effect for its type.</summary>
public sealed class SourceFieldIgnored : Rule
{
    private static readonly string[] OfIndex = ["interval", "timeout"];
    private static readonly string[] OfOci = ["provider", "insecure"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL6012", "source-field-ignored", "A field of a HelmRepository has no effect for its type", Severity.Info)
        {
            Tag = FindingTag.Unnecessary,
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/components/source/helmrepositories/#helm-oci-repository"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(FluxGroups.Source, "HelmRepository", context =>
    {
        if (context.Object.Spec is not { } spec || SourceObjects.Read(context.Object, "url") is not var (_, url) || spec["type"] is { IsUnknown: true })
        {
            return;
        }

        var type = context.Object.Root.GetString("spec", "type") ?? "default";
        if (url.StartsWith("oci://", StringComparison.Ordinal) != (type == "oci"))
        {
            return;
        }

        foreach (var field in type == "oci" ? OfIndex : OfOci)
        {
            if (spec.Find(field) is { } entry)
            {
                context.Report(
                    entry.Key,
                    $"`{field}` has no effect: HelmRepository {context.Object.Name} is of type {type}",
                    $"Remove `{field}`",
                    fixes: YamlEdits.Remove($"Remove {field}", FixSafety.Safe, spec, field));
            }
        }
    });
}

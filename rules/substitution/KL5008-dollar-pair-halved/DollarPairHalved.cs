using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports <c>$$</c> that Flux makes <c>$</c>, though it escapes nothing.</summary>
public sealed class DollarPairHalved : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5008", "dollar-pair-halved", "Flux makes one dollar sign of two that escape nothing", Severity.Warning)
        {
            Reference = SubstitutionText.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        if (context.Kustomization.Variables is null || context.Kustomization.Build is not { } build)
        {
            return;
        }

        foreach (var root in build.Objects)
        {
            if (!PostBuildSubstitution.IsDisabled(root))
            {
                Visit(context, root);
            }
        }
    });

    private static void Visit(KustomizationContext context, YamlNode node)
    {
        switch (node.Resolved)
        {
            case YamlScalar scalar:
                Check(context, scalar);
                break;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    Visit(context, entry.Value);
                }

                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    Visit(context, item);
                }

                break;
        }
    }

    private static void Check(KustomizationContext context, YamlScalar scalar)
    {
        var text = scalar.Value;
        for (var at = text.IndexOf("$$", StringComparison.Ordinal); at >= 0;)
        {
            var end = at + 2;
            while (end < text.Length && text[end] == '$')
            {
                end++;
            }

            // `$${` is the escape that Flux documents; `$$NAME` is the habit of those who take it for one.
            if (end >= text.Length || (text[end] != '{' && text[end] != '_' && !char.IsAsciiLetter(text[end])))
            {
                var place = scalar.Derivation is null ? scalar.EmbeddedText().Locate(TextSpan.FromBounds(at, end)) : scalar.Location;
                var isCall = end < text.Length && text[end] == '(';
                context.Report(
                    place,
                    isCall
                        ? "Flux makes '$' of '$$', so the kubelet or the shell no longer sees '$(…)' escaped"
                        : "Flux makes '$' of '$$' in what it substitutes, so the text reaches the cluster with one dollar sign less",
                    $"Write each dollar sign twice (`$$$$`), or label the object `{PostBuildSubstitution.OptOutKey}: disabled`");
                return;
            }

            at = text.IndexOf("$$", end, StringComparison.Ordinal);
        }
    }
}

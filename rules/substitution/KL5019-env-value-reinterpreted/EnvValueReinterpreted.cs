using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports environment variables in chart values that reach the container as another text than is written.</summary>
public sealed class EnvValueReinterpreted : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5019", "env-value-reinterpreted", "An environment variable reaches the container as another text than is written", Severity.Warning)
        {
            Fix = FixSafety.Unsafe,
            Reference = new("https://helm.sh/docs/chart_best_practices/values/#make-types-clear"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.HelmRelease(context =>
    {
        if (context.Release.Values is not { } values)
        {
            return;
        }

        // Only app-template is known to write the number as it reads it; other charts may write whole numbers in full.
        var isAppTemplate = values["controllers"]?.AsMapping() is not null;
        Visit(context, values, isAppTemplate);
    });

    private static void Visit(HelmReleaseContext context, YamlNode node, bool isAppTemplate)
    {
        switch (node.Resolved)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.EffectiveEntries())
                {
                    if (entry.Name is "env" or "extraEnv" or "extraEnvVars")
                    {
                        CheckEnvironment(context, entry.Value.Resolved, isAppTemplate);
                    }
                    else
                    {
                        Visit(context, entry.Value, isAppTemplate);
                    }
                }

                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    Visit(context, item, isAppTemplate);
                }

                break;
        }
    }

    private static void CheckEnvironment(HelmReleaseContext context, YamlNode environment, bool isAppTemplate)
    {
        switch (environment)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.EffectiveEntries())
                {
                    var value = entry.Value.Resolved is YamlMapping item ? item["value"] : entry.Value.Resolved;
                    Check(context, entry.Name ?? "", value, isAppTemplate);
                }

                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    Check(context, item.GetString("name") ?? "", item.Get("value"), isAppTemplate);
                }

                break;
        }
    }

    // Of the words that only YAML 1.1 takes for booleans kustomize makes strings; a values file Helm reads itself.
    private static bool Holds(YamlNode? values, YamlScalar scalar) => values?.Resolved switch
    {
        YamlMapping mapping => mapping.EffectiveEntries().Any(entry => Holds(entry.Value, scalar)),
        YamlSequence sequence => sequence.Items.Any(item => Holds(item, scalar)),
        { } node => ReferenceEquals(node, scalar),
        null => false,
    };

    private static void Check(HelmReleaseContext context, string name, YamlNode? node, bool isAppTemplate)
    {
        // Of a boolean's letters alone programs make nothing, most of them.
        if (node is not YamlScalar { IsUnknown: false } scalar || ReadText.Of(scalar, isAppTemplate) is not { } read
            || string.Equals(read, scalar.Value, StringComparison.OrdinalIgnoreCase)
            || (scalar is { IsWordForBoolean: true, Derivation: null } && Holds(context.Release.Object.Root.Get("spec", "values"), scalar)))
        {
            return;
        }

        context.Report(
            scalar,
            $"The environment variable '{name}' is not '{scalar.Value}' in the container but '{read}': without quotes YAML takes it for {QuoteFix.TypeName(scalar)}",
            $"Write `\"{scalar.Value}\"`",
            fixes: QuoteFix.Of(scalar, FixSafety.Unsafe));
    }
}

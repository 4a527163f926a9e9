using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports environment variables of containers that YAML takes for a number or a boolean.</summary>
public sealed class EnvValueNotString : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5018", "env-value-not-string", "An environment variable is a number or a boolean, which Kubernetes rejects", Severity.Error)
        {
            Fix = FixSafety.Safe,
            Reference = new("https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        foreach (var (group, kind) in WorkloadPods.Kinds)
        {
            on.Object(group, kind, Check);
        }
    }

    private static void Check(ObjectContext context)
    {
        foreach (var container in WorkloadPods.ContainersOf(context.Object))
        {
            foreach (var (name, value) in StringPlaces.Environment(container))
            {
                // What substitution made of it is told by another rule.
                if (value is YamlScalar { IsUnknown: false } scalar && scalar.Derivation?.By != PostBuildSubstitution.By && QuoteFix.BuiltTypeName(scalar) is { } type)
                {
                    context.Report(
                        scalar,
                        $"The environment variable '{name}' is {type} without quotes, and Kubernetes takes a string only: applying it fails",
                        $"Write `value: \"{scalar.Value}\"`",
                        fixes: QuoteFix.Of(scalar, FixSafety.Safe));
                }
            }
        }
    }
}

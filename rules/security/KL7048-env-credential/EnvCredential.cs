using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports variables of containers whose value is a credential in plain text. The value is never repeated.</summary>
public sealed class EnvCredential : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7048", "env-credential", "A container's environment holds a credential in plain text", Severity.Warning)
        {
            HidesSource = true,
            Reference = new("https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-environment-variables"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Container((context, _, container, places) =>
    {
        // In a map of values the variable's name is the key of the value, which KL7008 reads; so it does known forms of credentials anywhere.
        if (container.Fields.Get("env") is not YamlSequence)
        {
            return;
        }

        foreach (var variable in container.Environment())
        {
            if (variable.Value is { Derivation: null, Type: YamlScalarType.String } value && Template.IsPlain(value) && Credentials.IsSecretName(variable.Name)
                && Credentials.LooksLikeCredential(value.Value) && Credentials.FindForm(value.Value) is null && places.Add(value))
            {
                context.Report(
                    variable.NameNode,
                    $"The variable '{variable.Name}' of the container '{container.Name}' looks like a credential, which everybody can read who reads this repository or the pod",
                    "Keep it in a Secret that is encrypted or made by an ExternalSecret, and write `valueFrom.secretKeyRef`; then change it, for Git keeps the old one");
            }
        }
    });
}

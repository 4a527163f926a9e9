using System.Buffers.Text;
using System.Text;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports variables in a Secret's <c>data</c>, where base64 keeps them from working.</summary>
public sealed class VariableInSecretData : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5013", "variable-in-secret-data", "A variable in a Secret's data is not encoded, or hidden by the encoding", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        if (context.Kustomization.Variables is not { } variables)
        {
            return;
        }

        foreach (var item in context.Kustomization.Objects)
        {
            if (item.Object.Is("", "Secret"))
            {
                foreach (var entry in item.Object.Root["data"]?.AsMapping()?.EffectiveEntries() ?? [])
                {
                    Check(context, variables, item, entry);
                }
            }
        }
    });

    private static void Check(KustomizationContext context, VariableSet variables, EffectiveObject item, YamlEntry entry)
    {
        if (entry.Value.Resolved is not YamlScalar value || value.IsUnknown || value.Value.StartsWith("ENC[", StringComparison.Ordinal))
        {
            return;
        }

        // Both are reported at the key: the value is a secret.
        if (value.Derivation?.By == PostBuildSubstitution.By)
        {
            if (value.Value.Length > 0 && !Base64.IsValid(value.Value))
            {
                context.Report(
                    entry.Key,
                    $"After substitution the value of '{entry.Name}' is not in base64, so the API server rejects {item.Id}",
                    "Write it below `stringData`, where values stand as they are",
                    about: item.Id);
            }
        }
        else if (value.Value.Length > 4 && Base64.IsValid(value.Value)
            && VariableTemplate.Parse(Decode(value.Value)) is { Error: null } template
            && template.Expressions().FirstOrDefault(one => variables.Find(one.Name) is not null) is { } expression)
        {
            context.Report(
                entry.Key,
                $"'${{{expression.Name}}}' stands within the base64 of '{entry.Name}', where Flux does not see it: {item.Id} gets it as text",
                "Write the Secret as a resource with `stringData`, and the variable in that",
                about: item.Id);
        }
    }

    private static string Decode(string encoded) => Encoding.UTF8.GetString(Convert.FromBase64String(encoded));
}

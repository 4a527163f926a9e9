using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports credentials in plain text where no Secret is: Helm values, ConfigMaps, variables, anything.</summary>
public sealed class CredentialInPlainText : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7008", "credential-in-plain-text", "A credential stands in the repository in plain text", Severity.Warning)
        {
            HidesSource = true,
            Reference = new("https://fluxcd.io/flux/security/secrets-management/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Document(context =>
    {
        if (context.File.Classification.Template != TemplateKind.None || Sops.Find(context.Root) is not null || context.Object is { Group: "", Kind: "Secret" } or { Kind: "CustomResourceDefinition" or "SealedSecret" })
        {
            return;
        }

        var mayHoldForm = Credentials.MayHoldForm(context.File.Yaml.Text.Content);
        var named = context.Object switch
        {
            { Group: FluxGroups.Helm, Kind: "HelmRelease" } release => release.Root.Get("spec", "values"),
            { Group: "", Kind: "ConfigMap" } map => map.Root["data"],
            { Group: FluxGroups.Kustomize, Kind: "Kustomization" } kustomization => kustomization.Root.Get("spec", "postBuild", "substitute"),
            _ => null,
        };
        if (mayHoldForm || named is not null)
        {
            Visit(context, context.Root, null, mayHoldForm, named, false);
        }
    });

    private static void Visit(DocumentContext context, YamlNode node, YamlNode? key, bool mayHoldForm, YamlNode? named, bool isNamed)
    {
        isNamed |= ReferenceEquals(node, named);
        switch (node)
        {
            case YamlScalar scalar:
                Check(context, scalar, key, mayHoldForm, isNamed);
                break;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    Visit(context, entry.Value, entry.Key, mayHoldForm, named, isNamed);
                }

                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    Visit(context, item, null, mayHoldForm, named, isNamed);
                }

                break;
        }
    }

    private static void Check(DocumentContext context, YamlScalar scalar, YamlNode? key, bool mayHoldForm, bool isNamed)
    {
        if (mayHoldForm && Credentials.FindForm(scalar.Value) is { } what)
        {
            context.Report(key ?? scalar, $"Here stands {what}, which everybody can read who reads this repository", Help);
        }
        else if (isNamed && key?.AsScalar() is { } name && scalar.Type == YamlScalarType.String && Credentials.IsSecretName(name.Value) && Credentials.LooksLikeCredential(scalar.Value))
        {
            context.Report(key, $"The value of '{name.Value}' looks like a credential, which everybody can read who reads this repository", Help);
        }
    }

    private const string Help = "Keep it in a Secret that is encrypted or made by an ExternalSecret, and refer to that; then change it, for Git keeps the old one";
}

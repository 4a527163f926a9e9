using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports Secrets that kustomize makes of credentials in plain text.</summary>
public sealed class GeneratedSecretInPlainText : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7007", "generated-secret-in-plain-text", "A secretGenerator makes a Secret of a credential in plain text", Severity.Error)
        {
            HidesSource = true,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#kustomize-secretgenerator"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Document(context =>
    {
        if (context.Kind != DocumentKind.KustomizationFile || context.Root.Get("secretGenerator")?.AsSequence() is not { } generators)
        {
            return;
        }

        foreach (var item in generators.Items)
        {
            if (item.AsMapping() is { } generator)
            {
                foreach (var literal in generator["literals"]?.AsSequence()?.Items ?? [])
                {
                    CheckLiteral(context, literal.AsScalar());
                }

                foreach (var file in GeneratorFile.Of(context.Model.Workspace, context.File.Path, generator))
                {
                    CheckFile(context, file);
                }
            }
        }
    });

    private static void CheckLiteral(DocumentContext context, YamlScalar? literal)
    {
        if (literal is null || literal.Value.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var separator))
        {
            return;
        }

        var name = literal.Value[..separator];
        var value = literal.Value[(separator + 1)..].Trim('"', '\'');
        if (!Credentials.IsStandIn(value) && (Credentials.IsSecretName(name) || Credentials.FindForm(value) is not null))
        {
            context.Report(
                literal,
                $"The value of '{name}' can be read by everybody who reads this repository",
                "Put it into a file that is encrypted with SOPS, and name that below `files` or `envs`");
        }
    }

    private static void CheckFile(DocumentContext context, GeneratorFile file)
    {
        if (Sops.FormatOf(file.Text) is not null)
        {
            return;
        }

        var what = Credentials.FindForm(file.Text) ?? (file.IsVariables ? VariableIn(file.Text) : null);
        if (what is not null)
        {
            context.Report(
                file.Entry,
                $"The file is not encrypted and holds {what}, which everybody can read who reads this repository",
                "Encrypt the file with SOPS: Flux decrypts files of a secretGenerator");
        }
    }

    private static string? VariableIn(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.Length > 0 && line[0] != '#' && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var separator)
            {
                var name = line[..separator];
                var value = line[(separator + 1)..].Trim('"', '\'');
                if (Credentials.IsSecretName(name) && !Credentials.IsStandIn(value))
                {
                    return $"the value of '{name}'";
                }
            }
        }

        return null;
    }
}

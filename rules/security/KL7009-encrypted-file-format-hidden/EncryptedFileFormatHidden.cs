using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Security;

/// <summary>Reports encrypted files of a <c>secretGenerator</c> whose key hides their format from Flux.</summary>
public sealed class EncryptedFileFormatHidden : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7009", "encrypted-file-format-hidden", "The key of an encrypted file hides its format, so Flux cannot decrypt it", Severity.Warning)
        {
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
            foreach (var file in item.AsMapping() is { } generator ? GeneratorFile.Of(context.Model.Workspace, context.File.Path, generator) : [])
            {
                // A file that is encrypted as a whole is JSON with one value, `data`: that form needs no ending.
                if (!file.IsVariables && Sops.FormatOf(file.Text) is { } format && Sops.FormatOfName(file.Key) is null && !(format == SopsFormat.Json && file.Text.Contains("\"data\": \"ENC[", StringComparison.Ordinal)))
                {
                    context.Report(
                        file.Entry,
                        $"Flux takes the file for binary by its key '{file.Key}', but it was encrypted as {Word(format)}, so decryption fails",
                        $"Give the key the ending of the format (`{file.Key}{Ending(format)}=…`), or encrypt the file with `--input-type binary`");
                }
            }
        }
    });

    private static string Word(SopsFormat format) => format switch
    {
        SopsFormat.Yaml => "YAML",
        SopsFormat.Json => "JSON",
        SopsFormat.Dotenv => "dotenv",
        _ => "INI",
    };

    private static string Ending(SopsFormat format) => format switch
    {
        SopsFormat.Yaml => ".yaml",
        SopsFormat.Json => ".json",
        SopsFormat.Dotenv => ".env",
        _ => ".ini",
    };
}

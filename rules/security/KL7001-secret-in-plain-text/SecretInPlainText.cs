using System.Buffers.Text;
using System.Text;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports Secrets whose values anybody can read who reads the repository.</summary>
public sealed class SecretInPlainText : Rule
{
    private static readonly string[] FileEndings = [".yaml", ".yml", ".json", ".conf", ".cfg", ".ini", ".toml", ".env", ".xml", ".properties", ".cnf", ".sh", ".py", ".sql"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7001", "secret-in-plain-text", "A Secret stands in the repository in plain text", Severity.Error)
        {
            HidesSource = true,
            Reference = new("https://fluxcd.io/flux/security/secrets-management/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Document(context =>
    {
        if (context.Object is not { Group: "", Kind: "Secret" } secret || context.File.Classification.Template != TemplateKind.None || Sops.Find(secret.Root) is not null)
        {
            return;
        }

        var keys = new List<YamlNode>();
        foreach (var section in (string[])["stringData", "data"])
        {
            foreach (var entry in secret.Root[section]?.AsMapping()?.EffectiveEntries() ?? [])
            {
                if (entry is { Name: { } name, Value.Resolved: YamlScalar { IsNull: false } value } && IsPlain(name, section == "data" ? Decode(value.Value) : value.Value))
                {
                    keys.Add(entry.Key);
                }
            }
        }

        if (keys is [var first, ..])
        {
            var others = keys.Count > 1 ? $" and {keys.Count - 1} more" : "";
            context.Report(
                first,
                $"The value of '{first.AsScalar()?.Value}'{others} in Secret '{secret.Name}' can be read by everybody who reads this repository",
                "Encrypt the file with SOPS, or let an ExternalSecret make the Secret; then change the credential, for Git keeps the old one");
        }
    });

    private static bool IsPlain(string key, string? value)
    {
        if (value is null || Credentials.IsStandIn(value) || Credentials.IsPlaceholder(value) || Credentials.IsPublicName(key))
        {
            return false;
        }

        if (Credentials.IsSecretName(key) || Credentials.FindForm(value) is not null)
        {
            return true;
        }

        // A file of configuration is often a Secret for one value in it, and often only by habit.
        return !value.Contains('\n', StringComparison.Ordinal) && !Array.Exists(FileEndings, ending => key.EndsWith(ending, StringComparison.Ordinal)) && !IsBoolean(value);
    }

    private static bool IsBoolean(string value) => value is "true" or "false";

    private static string? Decode(string value)
    {
        if (Credentials.IsStandIn(value) || !Base64.IsValid(value))
        {
            return null;
        }

        // Bytes that are no text are a key or a keystore more often than not, but nothing tells.
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(value));
        return text.Contains('\uFFFD', StringComparison.Ordinal) ? null : text;
    }
}

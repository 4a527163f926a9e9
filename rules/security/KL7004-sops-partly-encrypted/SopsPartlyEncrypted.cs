using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports documents that SOPS encrypted in part only, or whose encryption is broken.</summary>
public sealed class SopsPartlyEncrypted : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7004", "sops-partly-encrypted", "A document is encrypted in part only, and cannot be decrypted", Severity.Error)
        {
            HidesSource = true,
            Reference = Sops.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Document(context =>
    {
        if (context.Root is not YamlMapping root || root["apiVersion"] is null || root["metadata"] is null || context.File.Classification.Template != TemplateKind.None
            || !context.File.Yaml.Text.Content.Contains("ENC[", StringComparison.Ordinal))
        {
            return;
        }

        if (Sops.Find(root) is not { } block)
        {
            if (!root.ContainsKey(Sops.Key) && FindEncrypted(root) is { } key)
            {
                context.Report(
                    key,
                    $"The value of '{key.AsScalar()?.Value}' is encrypted, but the `sops` block that says how is missing: it is applied as it stands",
                    "Take the block over from the file that it was encrypted in, or encrypt the value again");
            }

            return;
        }

        if (FindEncryptedIdentity(root) is { } identity)
        {
            // What Flux does not apply a person may decrypt before it is applied.
            if (!context.Model.Clusters.IsEmpty && !context.Model.ReachedFiles.Contains(context.File.DisplayPath))
            {
                return;
            }

            context.Report(
                identity,
                $"'{identity.AsScalar()?.Value}' is encrypted, so kustomize cannot tell what object this is",
                "Encrypt only the values: `encrypted_regex: ^(data|stringData)$` in .sops.yaml");
        }
        else if (context.Object is { Group: "", Kind: "Secret" } && block.Value.AsMapping() is { } rules)
        {
            CheckSecret(context, root, new EncryptionScope(rules));
        }
    });

    private static void CheckSecret(DocumentContext context, YamlMapping root, EncryptionScope scope)
    {
        foreach (var section in (string[])["data", "stringData"])
        {
            foreach (var entry in root[section]?.AsMapping()?.EffectiveEntries() ?? [])
            {
                // SOPS leaves empty values as they are.
                if (entry is { Name: { } name, Value.Resolved: YamlScalar { IsNull: false, Value: { Length: > 0 } value } } && !Sops.IsEncrypted(value) && scope.Covers(section, name))
                {
                    context.Report(
                        entry.Key,
                        $"The value of '{name}' is not encrypted, though the rest of the file is: Flux fails to decrypt it",
                        "Take the key away and add it again with `sops edit`");
                }
            }
        }
    }

    private static YamlNode? FindEncrypted(YamlMapping root)
    {
        foreach (var entry in root.Entries)
        {
            switch (entry.Value)
            {
                case YamlScalar scalar when Sops.IsEncrypted(scalar.Value):
                    return entry.Key;
                case YamlMapping mapping when FindEncrypted(mapping) is { } key:
                    return key;
            }
        }

        return null;
    }

    private static YamlNode? FindEncryptedIdentity(YamlMapping root)
    {
        foreach (var key in (string[])["apiVersion", "kind"])
        {
            if (root.Find(key) is { Value.Resolved: YamlScalar value } entry && Sops.IsEncrypted(value.Value))
            {
                return entry.Key;
            }
        }

        foreach (var key in (string[])["name", "namespace"])
        {
            if (root["metadata"]?.AsMapping()?.Find(key) is { Value.Resolved: YamlScalar value } entry && Sops.IsEncrypted(value.Value))
            {
                return entry.Key;
            }
        }

        return null;
    }

    // Which values a file's block says that SOPS encrypts (https://github.com/getsops/sops#encrypting-only-parts-of-a-file).
    private sealed class EncryptionScope(YamlMapping rules)
    {
        public bool Covers(string section, string key)
        {
            if (rules["encrypted_comment_regex"] is not null || rules["unencrypted_comment_regex"] is not null)
            {
                return false;
            }

            if (rules.GetString("encrypted_regex") is { Length: > 0 } encrypted)
            {
                return Matches(encrypted, section) == true || Matches(encrypted, key) == true;
            }

            if (rules.GetString("unencrypted_regex") is { Length: > 0 } unencrypted)
            {
                return Matches(unencrypted, section) == false && Matches(unencrypted, key) == false;
            }

            if (rules.GetString("encrypted_suffix") is { Length: > 0 } suffix)
            {
                return section.EndsWith(suffix, StringComparison.Ordinal) || key.EndsWith(suffix, StringComparison.Ordinal);
            }

            var left = rules.GetString("unencrypted_suffix") is { Length: > 0 } given ? given : "_unencrypted";
            return !section.EndsWith(left, StringComparison.Ordinal) && !key.EndsWith(left, StringComparison.Ordinal);
        }

        private static bool? Matches(string pattern, string text) => GoPattern.IsMatch(pattern, text);
    }
}

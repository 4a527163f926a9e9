using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports encrypted files that <c>.sops.yaml</c> does not know, or whose recipients are others than it names.</summary>
public sealed class SopsCreationRuleMismatch : Rule
{
    private const int ShownLetters = 14;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7005", "sops-creation-rule-mismatch", "A file is encrypted otherwise than .sops.yaml says", Severity.Warning)
        {
            Reference = new("https://getsops.io/docs/#using-sopsyaml-conf-to-select-kms-pgp-and-age-for-new-files"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Document(context =>
    {
        if (context.Document.Index == 0 && Sops.Find(context.Root) is { } block)
        {
            Check(context, block);
        }
    });

    private static void Check(DocumentContext context, YamlEntry block)
    {
        var rules = CreationRule.Of(context.Model.Workspace, context.File.Path);
        if (rules.IsEmpty)
        {
            return;
        }

        if (rules.All(rule => rule.Rule is null))
        {
            context.Report(
                block.Key,
                "No creation rule of .sops.yaml matches this file, so SOPS cannot encrypt it again",
                "Name the file as the `path_regex` of a rule wants it, or add a rule");
            return;
        }

        var differences = rules.Where(rule => rule.Rule is not null).Select(rule => Difference(block.Value, rule)).ToList();
        if (differences.TrueForAll(difference => difference is not null))
        {
            context.Report(
                (block.Value.AsMapping()?.Find("age") ?? block).Key,
                $"The file is encrypted for others than .sops.yaml names: {differences[0]}",
                "Run `sops updatekeys` on it");
        }
    }

    // Null: they are the same, or cannot be compared.
    private static string? Difference(YamlNode block, CreationRule rule)
    {
        var wanted = rule.Recipients("age");
        if (wanted.IsEmpty || wanted.Any(recipient => !recipient.StartsWith("age1", StringComparison.Ordinal)))
        {
            return null;
        }

        var present = Present(block);
        var missing = wanted.Except(present);
        var surplus = present.Except(wanted);
        return missing.IsEmpty && surplus.IsEmpty ? null
            : string.Join("; ", new[] { Name("not for", missing), Name("still for", surplus) }.OfType<string>());
    }

    private static ImmutableHashSet<string> Present(YamlNode block)
    {
        var found = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var groups = block.Get("key_groups")?.AsSequence()?.Items ?? [];
        foreach (var list in groups.Select(group => group.Get("age")).Append(block.Get("age")))
        {
            foreach (var item in list?.AsSequence()?.Items ?? [])
            {
                if (item.GetString("recipient") is { } recipient)
                {
                    found.Add(recipient);
                }
            }
        }

        return found.ToImmutable();
    }

    // A recipient is a public key.
    private static string? Name(string word, ImmutableHashSet<string> recipients) => recipients.IsEmpty
        ? null
        : $"{word} {string.Join(", ", recipients.Order(StringComparer.Ordinal).Select(one => one.Length > ShownLetters ? one[..ShownLetters] + "…" : one))}";
}

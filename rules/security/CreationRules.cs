using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>What <c>.sops.yaml</c> says of one file.</summary>
/// <param name="Config">The path of the <c>.sops.yaml</c>.</param>
/// <param name="Rule">The first of its rules that matches; null where none does.</param>
internal sealed record CreationRule(string Config, YamlMapping? Rule)
{
    private const string FileName = ".sops.yaml";

    /// <summary>The recipients of a kind that the rule names, those of its groups included; empty where it names none.</summary>
    public ImmutableHashSet<string> Recipients(string kind)
    {
        var found = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        Collect(Rule?[kind], found);
        foreach (var group in Rule?["key_groups"]?.AsSequence()?.Items ?? [])
        {
            Collect(group.Get(kind), found);
        }

        return found.ToImmutable();
    }

    /// <summary>
    /// What the configurations on the way from the file up to the repository's root say: which of them counts depends on where SOPS is
    /// run (https://github.com/getsops/sops#using-sops-yaml-conf-to-select-kms-pgp-and-age-for-new-files). Empty where there is none or one cannot be read.
    /// </summary>
    public static ImmutableArray<CreationRule> Of(Workspace workspace, string path)
    {
        var result = ImmutableArray.CreateBuilder<CreationRule>();
        for (var slash = path.LastIndexOf('/'); slash >= 0; slash = path.LastIndexOf('/', Math.Max(0, slash - 1)))
        {
            var directory = path[..slash];
            var config = $"{directory}/{FileName}";
            if (workspace.Files.Source.FileExists(config))
            {
                if (Read(workspace, config, path[(slash + 1)..]) is not { } rule)
                {
                    return [];
                }

                result.Add(rule);
            }

            if (slash == 0 || directory == workspace.RepositoryRoot)
            {
                break;
            }
        }

        return result.ToImmutable();
    }

    private static CreationRule? Read(Workspace workspace, string config, string relative)
    {
        if (workspace.Files.Parse(config).Documents is not [{ Root: YamlMapping root }, ..] || root["creation_rules"]?.AsSequence() is not { } rules)
        {
            return null;
        }

        foreach (var item in rules.Items)
        {
            if (item.AsMapping() is not { } rule)
            {
                return null;
            }

            switch (rule.GetString("path_regex") is { Length: > 0 } pattern ? GoPattern.IsMatch(pattern, relative) : true)
            {
                case null:
                    return null;
                case true:
                    return new CreationRule(config, rule);
            }
        }

        return new CreationRule(config, null);
    }

    private static void Collect(YamlNode? node, ImmutableHashSet<string>.Builder found)
    {
        foreach (var item in node?.AsSequence()?.Items ?? (node is null ? [] : [node]))
        {
            foreach (var recipient in (item.AsScalar()?.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                found.Add(recipient.Replace(" ", "", StringComparison.Ordinal));
            }
        }
    }
}

using KubeLint.Analysis;
using KubeLint.LanguageServer.Protocol;
using KubeLint.Schema;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Features.Completion;

/// <summary>The keys and values of <c>.kubelint.yaml</c>.</summary>
internal static class ConfigurationCandidates
{
    private const string Resource = "kubelint.schema.json";

    /// <summary>The configuration's schema, as it is generated for editors.</summary>
    public static ValueSchema ReadSchema()
    {
        using var stream = typeof(ConfigurationCandidates).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var file = YamlParser.Parse(new SourceText(Resource, reader.ReadToEnd()));
        return JsonSchemaReader.Read(file.Documents[0].Root!);
    }

    /// <summary>What could stand in a place.</summary>
    /// <param name="site">The place.</param>
    /// <param name="schema">The configuration's schema.</param>
    /// <param name="catalog">The rules, the repository's own too.</param>
    public static IEnumerable<Candidate> At(CompletionSite site, ValueSchema schema, RuleCatalog catalog)
    {
        if (site.Path is not ([.., "rules"]) || !site.Token.IsKey)
        {
            // A rule of the repository's own has the severities that all have.
            return SchemaCandidates.At(site, schema, _ => null);
        }

        var suffix = site.Token.HasColon ? "" : ": ";
        return SuppressionCandidates.Rules(catalog).Select(rule => rule with { Suffix = suffix })
            .Concat(Enum.GetValues<RuleCategory>().Select(category => new Candidate(RuleFamily.NameOf(category), CompletionItemKind.Module) { Detail = "family of rules", Suffix = suffix }))
            .Where(candidate => site.Mapping?.Find(candidate.Text) is null);
    }
}

using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.LanguageServer.Documentation;
using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Rpc;
using KubeLint.LanguageServer.Text;
using KubeLint.Schema;
using KubeLint.Yaml;

using TextEdit = KubeLint.LanguageServer.Protocol.TextEdit;

namespace KubeLint.LanguageServer.Features.Completion;

/// <summary>What could be typed: names, paths, fields, values, variables, rules.</summary>
/// <param name="server">What the features share.</param>
/// <param name="fields">What fields mean.</param>
internal sealed class CompletionFeature(ServerContext server, DocumentedFields fields) : Feature(server)
{
    private const string KustomizeVersion = "kustomize.config.k8s.io/v1beta1";

    private static readonly string[] Triggers = [":", " ", "-", "/", "{", "$", "[", ","];

    private readonly Lazy<ValueSchema> configuration = new(ConfigurationCandidates.ReadSchema);

    /// <inheritdoc/>
    public override ServerCapabilities Announce(ServerCapabilities capabilities) => capabilities with { CompletionProvider = new CompletionOptions(Triggers, false) };

    /// <inheritdoc/>
    public override void Register(MessageHandlers handlers) =>
        handlers.OnRequest("textDocument/completion", ProtocolJson.Default.TextDocumentPositionParams, ProtocolJson.Default.CompletionList, CompleteAsync);

    private async Task<CompletionList?> CompleteAsync(TextDocumentPositionParams parameters, CancellationToken cancellationToken)
    {
        if (FileUri.ToPath(parameters.TextDocument.Uri) is not { } path || Server.Repositories.Find(path) is not { } repository
            || repository.Open.GetValueOrDefault(path)?.Text is not { } text)
        {
            return null;
        }

        // The text is the editor's, whatever the last model has; the rest of the repository is that model's.
        var offset = Server.Positions.ToOffset(text, parameters.Position);
        var around = new Surroundings((await Server.SnapshotAsync(repository, cancellationToken).ConfigureAwait(false)).Good, path);
        if (SuppressionCandidates.At(text, offset, around.Snapshot.Setup.Rules.Catalog) is var (comment, rules))
        {
            return Answer(text, comment, ' ', rules);
        }

        if (VariableCandidates.Typed(text, offset) is { } variable)
        {
            return Answer(text, variable, ' ', VariableCandidates.For(text, variable, around));
        }

        return CursorToken.At(text, offset) is { } token && SiteFinder.Find(text, token) is { } site ? Answer(text, token.Span, token.Quote, Candidates(site, around)) : null;
    }

    private IEnumerable<Candidate> Candidates(CompletionSite site, Surroundings around)
    {
        if (around.Path.EndsWith("/" + LintConfiguration.FileName, StringComparison.Ordinal))
        {
            return ConfigurationCandidates.At(site, configuration.Value, around.Snapshot.Setup.Rules.Catalog);
        }

        var named = PathCandidates.At(site, around).Concat(ReferenceCandidates.At(site, around)).ToList();
        if (named.Count > 0 && !site.Token.IsKey)
        {
            return named;
        }

        var isKustomization = FileClassification.IsKustomizationName(around.Path) || site.Group == "kustomize.config.k8s.io";
        var schema = isKustomization ? Server.Setup.FindSchema(KustomizeVersion, "Kustomization") : Server.Setup.FindSchema(site.ApiVersion, site.Kind);
        if (schema is null)
        {
            return named.Concat(Heads(site));
        }

        var documented = isKustomization ? fields.Of("kustomize.config.k8s.io", "Kustomization") : fields.Of(site.Group, site.Kind);
        return named.Concat(SchemaCandidates.At(site, schema, Describe));

        string? Describe(ImmutableArray<string> path)
        {
            var name = string.Join('.', path.Where(step => step != "[]"));
            return documented.FirstOrDefault(field => field.Path == name)?.Text;
        }
    }

    // What an object begins with, before it is known what it is.
    private IEnumerable<Candidate> Heads(CompletionSite site) => site switch
    {
        { Path: [], Token.IsKey: true } => ((string[])["apiVersion", "kind", "metadata", "spec"]).Where(key => site.Mapping?.Find(key) is null)
            .Select(key => new Candidate(key, CompletionItemKind.Property) { Suffix = site.Token.HasColon ? "" : key is "metadata" or "spec" ? ":" : ": " }),
        { Path: ["apiVersion"] } => Server.Setup.KnownKinds.Where(item => site.Sibling("kind") is not { } kind || kind == item.Kind)
            .Select(item => new Candidate(item.ApiVersion, CompletionItemKind.EnumMember)),
        { Path: ["kind"] } => Server.Setup.KnownKinds.Where(item => site.Sibling("apiVersion") is not { } version || version == item.ApiVersion)
            .Select(item => new Candidate(item.Kind, CompletionItemKind.EnumMember) { Detail = item.ApiVersion }),
        _ => [],
    };

    private CompletionList? Answer(SourceText text, TextSpan span, char quote, IEnumerable<Candidate> candidates)
    {
        var range = Server.Positions.ToRange(text, span);
        var quotes = quote == ' ' ? "" : quote.ToString();
        var items = candidates.DistinctBy(candidate => (candidate.Label ?? candidate.Text, candidate.Suffix)).Select(candidate =>
            new CompletionItem(candidate.Label ?? candidate.Text, candidate.Kind, new TextEdit(range, $"{quotes}{candidate.Text}{quotes}{candidate.Suffix}"))
            {
                Detail = candidate.Detail is { Length: > 0 } detail ? detail : null,
                Documentation = candidate.Documentation is { } documentation ? MarkupContent.Markdown(documentation) : null,
                SortText = string.Create(CultureInfo.InvariantCulture, $"{candidate.Order}{candidate.Text}"),
                FilterText = quotes.Length > 0 || candidate.Label is not null ? quotes + candidate.Text : null,
            }).ToArray();
        return items.Length == 0 ? null : new CompletionList(false, items);
    }
}

using KubeLint.Flux;
using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Rpc;
using KubeLint.Yaml;

using Location = KubeLint.Yaml.Location;

namespace KubeLint.LanguageServer.Features.CodeLens;

/// <summary>Shows above each document who applies it, or why nobody does.</summary>
/// <param name="server">What the features share.</param>
internal sealed class CodeLensFeature(ServerContext server) : Feature(server)
{
    private const int MaxNames = 3;

    /// <inheritdoc/>
    public override ServerCapabilities Announce(ServerCapabilities capabilities) => capabilities with { CodeLensProvider = new ResolveOptions(false) };

    /// <inheritdoc/>
    public override void Register(MessageHandlers handlers) =>
        handlers.OnRequest("textDocument/codeLens", ProtocolJson.Default.TextDocumentParams, ProtocolJson.Default.CodeLensArray, LensesAsync);

    private async Task<Protocol.CodeLens[]?> LensesAsync(TextDocumentParams parameters, CancellationToken cancellationToken)
    {
        if (await Server.ViewAsync(parameters.TextDocument.Uri, cancellationToken).ConfigureAwait(false) is not { } view
            || view.File.Classification.Template != TemplateKind.None)
        {
            return [];
        }

        var lenses = new List<Protocol.CodeLens>();
        for (var i = 0; i < view.File.Yaml.Documents.Length; i++)
        {
            if (view.File.Yaml.Documents[i].Root is not YamlMapping root)
            {
                continue;
            }

            var titles = view.File.Classification.Documents[i] switch
            {
                DocumentKind.KustomizationFile => OfKustomizationFile(view),
                DocumentKind.KubernetesObject => OfObject(view, root),
                _ => [],
            };
            var range = view.ToClient(new Location(view.File.Yaml.Text, root.Span).FirstLine().Span);

            // An empty command is one that does nothing: the title is all.
            lenses.AddRange(titles.Select(title => new Protocol.CodeLens(range, new Command(title, ""))));
        }

        return [.. lenses];
    }

    private static IEnumerable<string> OfKustomizationFile(DocumentView view)
    {
        var model = view.Snapshot.Model;
        var by = model.Clusters.SelectMany(cluster => cluster.Kustomizations.Select(kustomization => (cluster.Name, kustomization)))
            .Where(pair => pair.kustomization.Build?.Inputs.Any(input => input.Path == view.File.Path) == true).ToList();
        if (by.Count > 0)
        {
            yield return $"built by {Names(by.Select(pair => (pair.Name, pair.kustomization)), model)}";
        }
        else if (!model.Clusters.IsEmpty)
        {
            yield return "built by no Flux Kustomization that is known";
        }
    }

    private static IEnumerable<string> OfObject(DocumentView view, YamlMapping root)
    {
        var model = view.Snapshot.Model;
        var objects = view.Snapshot.Effective.ObjectsOf(root);
        var producers = objects.SelectMany(item => model.ProducersOf(item)).ToList();
        if (producers.Count > 0)
        {
            yield return $"applied by {Names(producers.Select(producer => (producer.Cluster, producer.Producer)), model)}";
        }
        else if (objects.FirstOrDefault(model.IsInEntryPointFile) is not null)
        {
            yield return "a cluster begins in this file";
        }
        else if (model.UnreachedFiles.FirstOrDefault(file => file.File.Path == view.File.Path) is { } unreached)
        {
            yield return $"not applied by any cluster: {Reason(unreached)}";
        }
        else if (objects.Count == 0 && view.Snapshot.Effective.ObjectsChangedBy(root).Select(item => item.Id).Distinct().Count() is > 0 and var count)
        {
            yield return $"changes {Count(count, "object")}";
        }

        foreach (var group in Kustomizations(model, objects).GroupBy(pair => Made(pair.Kustomization)))
        {
            var where = group.Count() == model.Clusters.Length || model.Clusters.Length < 2 ? "" : $" in {string.Join(", ", group.Select(pair => pair.Cluster).Take(MaxNames))}";
            yield return group.Key + where;
        }
    }

    private static IEnumerable<(string Cluster, FluxKustomization Kustomization)> Kustomizations(RepositoryModel model, IReadOnlyList<KubernetesObject> objects) =>
        objects.Any(item => item.Is(FluxGroups.Kustomize, "Kustomization"))
            ? model.Clusters.SelectMany(cluster => cluster.Kustomizations.Where(one => objects.Contains(one.Object)).Select(one => (cluster.Name, one)))
            : [];

    private static string Made(FluxKustomization kustomization) => kustomization.State switch
    {
        KustomizationState.Built => $"applies {(kustomization.IsComplete ? "" : "at least ")}{Count(kustomization.AllObjects().Count(), "object")}",
        KustomizationState.ExternalSource => "its source is not this repository",
        KustomizationState.UnknownPath => "its path is not known here",
        KustomizationState.MissingPath => "its path is not in the source",
        _ => "not built: Kustomizations lead to each other too deeply",
    };

    private static string Reason(UnreachedFile file) => file.Reason switch
    {
        UnreachedReason.NotNamed => "no kustomization names it",
        UnreachedReason.CommentedOut => $"it is commented out{In(file.By)}",
        UnreachedReason.NotBuilt => $"nothing builds {file.By ?? "the kustomization that names it"}",
        UnreachedReason.NotResolved => $"the source or path of {file.By ?? "the Kustomization that would apply it"} is not known",
        UnreachedReason.Hidden => "its directory's name begins with a dot",
        _ => "the repository has no entry point",
    };

    private static string In(string? by) => by is null ? "" : $" in {by}";

    private static string Names(IEnumerable<(string Cluster, FluxKustomization Kustomization)> by, RepositoryModel model)
    {
        var all = by.ToList();
        var names = all.Select(pair => $"{pair.Kustomization.Id.Namespace}/{pair.Kustomization.Id.Name}").Distinct().ToList();
        var clusters = all.Select(pair => pair.Cluster).Distinct().ToList();
        var more = names.Count > MaxNames ? $" and {names.Count - MaxNames} more" : "";
        var where = model.Clusters.Length < 2 ? "" : clusters.Count == 1 ? $" in cluster {clusters[0]}" : $" in {clusters.Count} clusters";
        return string.Join(", ", names.Take(MaxNames)) + more + where;
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}

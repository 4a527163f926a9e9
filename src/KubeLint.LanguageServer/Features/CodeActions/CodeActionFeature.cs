using System.Text;
using System.Text.Json;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.LanguageServer.Features.Explain;
using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Repositories;
using KubeLint.LanguageServer.Rpc;
using KubeLint.LanguageServer.Text;
using KubeLint.Yaml;

using TextEdit = KubeLint.LanguageServer.Protocol.TextEdit;

namespace KubeLint.LanguageServer.Features.CodeActions;

/// <summary>Offers what can be done about findings: mend them, all in a file at once, silence them, have them explained.</summary>
/// <param name="server">What the features share.</param>
internal sealed class CodeActionFeature(ServerContext server) : Feature(server)
{
    private const string QuickFix = "quickfix";
    private const string FixAll = "source.fixAll.kubelint";

    /// <inheritdoc/>
    public override ServerCapabilities Announce(ServerCapabilities capabilities) =>
        capabilities with { CodeActionProvider = new CodeActionOptions([QuickFix, FixAll], ResolveProvider: true) };

    /// <inheritdoc/>
    public override void Register(MessageHandlers handlers)
    {
        handlers.OnRequest("textDocument/codeAction", ProtocolJson.Default.CodeActionParams, ProtocolJson.Default.CodeActionArray, ActionsAsync);
        handlers.OnRequest("codeAction/resolve", ProtocolJson.Default.CodeAction, ProtocolJson.Default.CodeAction, ResolveAsync);
    }

    private async Task<CodeAction[]?> ActionsAsync(CodeActionParams parameters, CancellationToken cancellationToken)
    {
        if (await Server.ViewAsync(parameters.TextDocument.Uri, cancellationToken).ConfigureAwait(false) is not { } view
            || Server.RepositoryOf(parameters.TextDocument.Uri) is not { } repository)
        {
            return [];
        }

        var actions = new List<CodeAction>();
        var findings = view.Snapshot.FindingsIn(view.File, cancellationToken).Diagnostics;
        var only = parameters.Context?.Only;
        if (Wants(only, QuickFix))
        {
            var (start, end) = (view.ToModel(parameters.Range.Start), view.ToModel(parameters.Range.End));
            foreach (var finding in findings)
            {
                var span = finding.Location.FirstLine().Span;
                if (span.Start <= end && span.End >= start && view.IsUnchanged(span))
                {
                    AddFor(finding, view, repository, Known(parameters.Context, finding), actions);
                }
            }
        }

        if (Wants(only, FixAll) && findings.Any(finding => finding.Fixes.Any(fix => fix.Safety == FixSafety.Safe)))
        {
            var action = new CodeAction { Title = "KubeLint: fix all that is safe to fix in this file", Kind = FixAll, Data = parameters.TextDocument.Uri };
            var canAskLater = Server.Capabilities.TextDocument?.CodeAction?.ResolveSupport?.Properties?.Contains("edit") == true && only is null;
            var whole = canAskLater ? action : await ResolveAsync(action, cancellationToken).ConfigureAwait(false);
            if (canAskLater || whole?.Edit is not null)
            {
                actions.Add(whole!);
            }
        }

        return [.. actions];
    }

    private async Task<CodeAction?> ResolveAsync(CodeAction action, CancellationToken cancellationToken)
    {
        if (action.Kind != FixAll || action.Data is not { } uri || FileUri.ToPath(uri) is not { } path || Server.Repositories.Find(path) is not { } repository)
        {
            return action;
        }

        var snapshot = await Server.SnapshotAsync(repository, cancellationToken).ConfigureAwait(false);
        if (snapshot.IsBroken || snapshot.Find(path) is not { } file)
        {
            return action;
        }

        // Only this file changes; whether that does harm elsewhere is looked at, too.
        var model = snapshot.Model;
        var applier = new FixApplier(
            (source, changed, token) => snapshot.Setup.Analyzer.Analyze(snapshot.Incremental.Edit(source, changed, token).Model, token),
            model.Workspace.BaseDirectory,
            other => other == path ? null : "only this file is fixed");
        var result = await Task.Run(() => applier.Apply(model.Workspace.Files.Source, FixSafety.Safe, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (result.Files is not [var mended])
        {
            return action;
        }

        var after = Encoding.UTF8.GetString([.. mended.After]).TrimStart('\uFEFF');
        var edit = Difference(file.Yaml.Text.Content, after);
        var version = snapshot.Open.GetValueOrDefault(path)?.Version;
        return action with
        {
            Edit = new WorkspaceEdit([new TextDocumentEdit(new VersionedTextDocumentIdentifier(uri, version), [new TextEdit(Server.Positions.ToRange(file.Yaml.Text, edit.Span), edit.NewText)])]),
        };
    }

    private void AddFor(Analysis.Diagnostic finding, DocumentView view, Repository repository, JsonElement[]? known, List<CodeAction> actions)
    {
        foreach (var fix in finding.Fixes)
        {
            if (fix.Edits.Any(file => !file.Edits.IsEmpty) && ToEdit(fix, view, repository) is { } edit)
            {
                var note = fix.Safety == FixSafety.Unsafe ? " (may change what runs)" : fix.Safety == FixSafety.Suggestion ? " (look at it before)" : "";
                actions.Add(new CodeAction { Title = fix.Title + note, Kind = QuickFix, Diagnostics = known, Edit = edit, IsPreferred = fix.Safety == FixSafety.Safe ? true : null });
            }
        }

        if (finding.Rule.CanBeSuppressed && view.File.Classification.Template == TemplateKind.None)
        {
            var suppression = new SuppressionEdits(view.Snapshot.Setup.Rules.Catalog, view.Snapshot.Setup.Configuration.Settings.RequireReason);
            foreach (var fix in (ReadOnlySpan<Fix?>)[suppression.ForLine(view.File.Yaml, finding), suppression.ForFile(view.File.Yaml, finding)])
            {
                if (fix is not null && ToEdit(fix, view, repository) is { } edit)
                {
                    actions.Add(new CodeAction { Title = fix.Title, Kind = QuickFix, Diagnostics = known, Edit = edit });
                }
            }
        }

        actions.Add(new CodeAction
        {
            Title = $"Explain {finding.Rule.Id} {finding.Rule.Name}",
            Kind = QuickFix,
            Diagnostics = known,
            Command = new Command($"Explain {finding.Rule.Id}", ExplainFeature.Name, [finding.Rule.Id]),
        });
    }

    // Null where a text is not what the client has: then the places are no longer right.
    private WorkspaceEdit? ToEdit(Fix fix, DocumentView view, Repository repository)
    {
        var documents = new List<TextDocumentEdit>();
        foreach (var file in fix.Edits)
        {
            var isThis = file.Text.Path == view.File.DisplayPath;
            var path = view.Snapshot.PathOf(file.Text);
            var open = repository.Open.GetValueOrDefault(path);
            if (file.Text.Parent is not null || (isThis ? !file.Edits.All(edit => view.IsUnchanged(edit.Span)) : open is not null && open.Text.Content != file.Text.Content)
                || (isThis && open is not null && open.Text.Content != view.Text.Content))
            {
                return null;
            }

            documents.Add(new TextDocumentEdit(
                new VersionedTextDocumentIdentifier(open?.Uri ?? FileUri.FromPath(path), open?.Version),
                [.. file.Edits.Select(edit => new TextEdit(isThis ? view.ToClient(edit.Span) : Server.Positions.ToRange(file.Text, edit.Span), edit.NewText))]));
        }

        return new WorkspaceEdit([.. documents]);
    }

    // The client's own findings, as it knows them, so that it shows the action at them.
    private static JsonElement[]? Known(CodeActionContext? context, Analysis.Diagnostic finding)
    {
        var known = (context?.Diagnostics ?? []).Where(item => item.ValueKind == JsonValueKind.Object
            && item.TryGetProperty("source", out var source) && source.ValueKind == JsonValueKind.String && source.GetString() == "kubelint"
            && item.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String && code.GetString() == finding.Rule.Id).ToArray();
        return known.Length == 0 ? null : known;
    }

    private static bool Wants(string[]? only, string kind) =>
        only is null || only.Any(wanted => wanted.Length == 0 || kind == wanted || kind.StartsWith(wanted + ".", StringComparison.Ordinal));

    private static KubeLint.Yaml.TextEdit Difference(string before, string after)
    {
        var prefix = before.AsSpan().CommonPrefixLength(after);
        var suffix = 0;
        while (suffix < Math.Min(before.Length, after.Length) - prefix && before[^(suffix + 1)] == after[^(suffix + 1)])
        {
            suffix++;
        }

        return new KubeLint.Yaml.TextEdit(TextSpan.FromBounds(prefix, before.Length - suffix), after[prefix..^suffix]);
    }
}

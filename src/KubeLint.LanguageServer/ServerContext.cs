using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Repositories;
using KubeLint.LanguageServer.Rpc;
using KubeLint.LanguageServer.Text;

namespace KubeLint.LanguageServer;

/// <summary>What the features of a session share.</summary>
/// <param name="setup">The world around the server.</param>
/// <param name="client">The client.</param>
internal sealed class ServerContext(LanguageServerSetup setup, Client client)
{
    private int progress;

    /// <summary>The world around the server.</summary>
    public LanguageServerSetup Setup { get; } = setup;

    /// <summary>The client.</summary>
    public Client Client { get; } = client;

    /// <summary>The repositories.</summary>
    public RepositoryList Repositories { get; } = new(setup.Files, setup.Rules);

    /// <summary>Translates positions, in the encoding agreed upon.</summary>
    public TextPositions Positions { get; set; } = new(isUtf8: false);

    /// <summary>What the client can do.</summary>
    public ClientCapabilities Capabilities { get; set; } = new();

    /// <summary>What the user set.</summary>
    public Settings Settings { get; set; } = new();

    /// <summary>The repository of an open document; null where it is no file of any.</summary>
    public Repository? RepositoryOf(string uri) => FileUri.ToPath(uri) is { } path ? Repositories.Find(path) : null;

    /// <summary>A repository as it is now. The first look, which takes longest, is shown as progress.</summary>
    public async Task<Snapshot> SnapshotAsync(Repository repository, CancellationToken cancellationToken)
    {
        if (!repository.TakeFirstLook() || Capabilities.Window?.WorkDoneProgress != true)
        {
            return await repository.GetAsync(cancellationToken).ConfigureAwait(false);
        }

        var token = $"kubelint-{Interlocked.Increment(ref progress)}";
        Client.Ask("window/workDoneProgress/create", new WorkDoneProgressCreateParams(token), ProtocolJson.Default.WorkDoneProgressCreateParams);
        Report(new WorkDoneProgress("begin", "KubeLint", $"Reading {repository.Folder}"));
        try
        {
            return await repository.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Report(new WorkDoneProgress("end"));
        }

        void Report(WorkDoneProgress value) => Client.Notify("$/progress", new ProgressParams(token, value), ProtocolJson.Default.ProgressParams);
    }

    /// <summary>A document as features see it; null where it is not linted.</summary>
    public async Task<DocumentView?> ViewAsync(string uri, CancellationToken cancellationToken)
    {
        if (FileUri.ToPath(uri) is not { } path || Repositories.Find(path) is not { } repository)
        {
            return null;
        }

        var now = await SnapshotAsync(repository, cancellationToken).ConfigureAwait(false);
        var file = now.Good.Find(path) ?? now.Find(path);
        return file is null ? null : new DocumentView(this, now.Good.Find(path) is null ? now : now.Good, file, now.Open.GetValueOrDefault(path)?.Text ?? file.Yaml.Text);
    }

    /// <summary>Asks the client to ask again for what it shows within and above the text of all documents.</summary>
    public void RefreshViews()
    {
        if (Capabilities.Workspace?.CodeLens?.IsSupported == true)
        {
            Client.Ask("workspace/codeLens/refresh");
        }

        if (Settings.InlayHints?.EffectiveValues == true)
        {
            RefreshInlayHints();
        }
    }

    /// <summary>Asks the client to ask again for inlay hints.</summary>
    public void RefreshInlayHints()
    {
        if (Capabilities.Workspace?.InlayHint?.IsSupported == true)
        {
            Client.Ask("workspace/inlayHint/refresh");
        }
    }

    /// <summary>A place as the client writes it.</summary>
    public Protocol.Location ToClient(Snapshot snapshot, KubeLint.Yaml.Location place)
    {
        var path = snapshot.PathOf(place.Text);
        return new Protocol.Location(snapshot.Open.GetValueOrDefault(path)?.Uri ?? FileUri.FromPath(path), Positions.ToRange(place.Text, place.Span));
    }
}

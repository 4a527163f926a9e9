using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Repositories;

/// <summary>
/// A folder of the editor: what is known of it, and what changed since. Changes are only noted, in the order in which they come; who asks for
/// <see cref="GetAsync"/> gets a snapshot that has all of them.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore without a wait handle holds nothing, and a request may still wait for it.")]
internal sealed class Repository
{
    private static readonly string[] StructuralNames = [".gitignore", ".sourceignore", ".gitmodules"];

    private readonly IFileSource disk;
    private readonly ImmutableArray<RuleEntry> builtIn;
    private readonly SemaphoreSlim gate = new(1);
    private readonly Lock state = new();
    private ImmutableDictionary<string, OpenDocument> open = ImmutableDictionary<string, OpenDocument>.Empty;
    private Changes changes = Changes.None;
    private KnownPaths paths;
    private Snapshot? last;
    private string? configFile;
    private bool isLookedAt;

    /// <summary>A folder of which nothing is read yet.</summary>
    /// <param name="folder">The absolute folder.</param>
    /// <param name="configFile">The configuration that the user chose; null for the nearest.</param>
    /// <param name="disk">Where files are.</param>
    /// <param name="builtIn">KubeLint's rules.</param>
    public Repository(string folder, string? configFile, IFileSource disk, ImmutableArray<RuleEntry> builtIn)
    {
        Folder = folder;
        this.configFile = configFile;
        this.disk = disk;
        this.builtIn = builtIn;
        paths = new KnownPaths(disk);
    }

    /// <summary>The absolute folder.</summary>
    public string Folder { get; }

    /// <summary>Whether nothing is read yet.</summary>
    public bool IsUnread => Volatile.Read(ref last) is null;

    /// <summary>Whether the caller is the first to be told that the repository is to be read.</summary>
    public bool TakeFirstLook() => !Interlocked.Exchange(ref isLookedAt, true);

    /// <summary>The documents that the editor has open here.</summary>
    public ImmutableDictionary<string, OpenDocument> Open => Volatile.Read(ref open);

    /// <summary>The editor opened a document, or changed its text.</summary>
    public void Set(OpenDocument document)
    {
        lock (state)
        {
            open = open.SetItem(document.Path, document);
            changes = changes.With(document.Path, isStructural: !paths.FileExists(document.Path) && last?.Find(document.Path) is null);
        }
    }

    /// <summary>The editor closed a document: what is on disk counts.</summary>
    public void Close(string path)
    {
        lock (state)
        {
            open = open.Remove(path);
            changes = changes.With(path, isStructural: !disk.FileExists(path));
        }
    }

    /// <summary>A file changed on disk.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="isStructural">Whether it is known to have come or gone.</param>
    public void SetDisk(string path, bool isStructural)
    {
        lock (state)
        {
            isStructural |= StructuralNames.Contains(path[(path.LastIndexOf('/') + 1)..])
                || paths.FileExists(path) != disk.FileExists(path) || paths.DirectoryExists(path) != disk.DirectoryExists(path);
            if (isStructural || !open.ContainsKey(path))
            {
                changes = changes.With(path, isStructural);
            }
        }
    }

    /// <summary>The user chose another configuration.</summary>
    public void SetConfigFile(string? file)
    {
        lock (state)
        {
            changes = configFile == file ? changes : changes with { IsSetup = true };
            configFile = file;
        }
    }

    /// <summary>The repository as it is now.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<Snapshot> GetAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Changes taken;
            ImmutableDictionary<string, OpenDocument> documents;
            lock (state)
            {
                (taken, changes) = (changes, Changes.None);
                documents = open;
                paths = taken.IsStructural ? new KnownPaths(disk) : paths;
            }

            try
            {
                // The model is worked out by several threads; here it must not hold up the one that reads messages.
                var next = await Task.Run(() => Next(taken, documents, cancellationToken), cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref last, next);
                return next;
            }
            catch
            {
                lock (state)
                {
                    changes = changes.With(taken);
                }

                throw;
            }
        }
        finally
        {
            gate.Release();
        }
    }

    private Snapshot Next(Changes taken, ImmutableDictionary<string, OpenDocument> documents, CancellationToken cancellationToken)
    {
        var source = new OverlayFileSource(documents.ToDictionary(pair => pair.Key, pair => pair.Value.ToBytes(), StringComparer.Ordinal), paths);
        if (last is null)
        {
            var first = RepositorySetup.Load(source, Folder, configFile, builtIn);
            return new Snapshot(first, IncrementalModel.Load(source, Asked(first), first.Configuration.ToFluxOptions(), cancellationToken), documents, null);
        }

        var changed = taken.Paths.Where(path => taken.IsStructural || IsDifferent(last, source, path)).ToImmutableHashSet(StringComparer.Ordinal);
        var setup = last.Setup;
        if (taken.IsSetup || taken.IsStructural || changed.Any(setup.IsAbout))
        {
            var read = RepositorySetup.Load(source, Folder, configFile, builtIn);

            // A configuration that somebody is writing must not turn everything on and off.
            setup = read.Errors.IsEmpty ? read : setup with { Errors = read.Errors, Files = read.Files };
        }

        if (taken.IsStructural || !ReferenceEquals(setup.Configuration, last.Setup.Configuration))
        {
            return new Snapshot(
                setup, last.Incremental.Reload(source, changed, Asked(setup), setup.Configuration.ToFluxOptions(), cancellationToken), documents, last);
        }

        return changed.IsEmpty && ReferenceEquals(documents, last.Open) && ReferenceEquals(setup, last.Setup) ? last
            : new Snapshot(setup, changed.IsEmpty ? last.Incremental : last.Incremental.Edit(source, changed, cancellationToken), documents, last);
    }

    private WorkspaceOptions Asked(RepositorySetup setup) => setup.Configuration.ToWorkspaceOptions(Folder, [Folder]);

    // Opening a document changes nothing. What the cache has not read yet nothing depends on.
    private bool IsDifferent(Snapshot before, IFileSource source, string path)
    {
        try
        {
            return before.Model.Workspace.Files.ReadText(path).Content != new YamlFileCache(source, Folder).ReadText(path).Content;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return true;
        }
    }

    /// <summary>What happened since the last snapshot.</summary>
    /// <param name="Paths">The absolute paths of the files that may differ.</param>
    /// <param name="IsStructural">Whether one came or went.</param>
    /// <param name="IsSetup">Whether the user chose another configuration.</param>
    private sealed record Changes(ImmutableHashSet<string> Paths, bool IsStructural, bool IsSetup)
    {
        public static Changes None { get; } = new(ImmutableHashSet.Create<string>(StringComparer.Ordinal), false, false);

        public Changes With(string path, bool isStructural) => this with { Paths = Paths.Add(path), IsStructural = IsStructural || isStructural };

        public Changes With(Changes other) => new(Paths.Union(other.Paths), IsStructural || other.IsStructural, IsSetup || other.IsSetup);
    }
}

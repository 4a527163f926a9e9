using KubeLint.Flux;
using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Repositories;
using KubeLint.Yaml;

using Range = KubeLint.LanguageServer.Protocol.Range;

namespace KubeLint.LanguageServer;

/// <summary>
/// A document and the repository around it. While its text does not parse, the repository is that of the last moment at which it did; offsets
/// are then shifted by what was typed since.
/// </summary>
internal sealed class DocumentView
{
    private readonly ServerContext server;
    private readonly int prefix;
    private readonly int suffix;

    /// <summary>A view.</summary>
    /// <param name="server">The session.</param>
    /// <param name="snapshot">The repository to answer from.</param>
    /// <param name="file">The file in it.</param>
    /// <param name="text">The text as the editor shows it.</param>
    public DocumentView(ServerContext server, Snapshot snapshot, WorkspaceFile file, SourceText text)
    {
        this.server = server;
        Snapshot = snapshot;
        File = file;
        Text = text;
        var (before, now) = (file.Yaml.Text.Content, text.Content);
        var most = Math.Min(before.Length, now.Length);
        prefix = before.AsSpan().CommonPrefixLength(now);
        while (suffix < most - prefix && before[^(suffix + 1)] == now[^(suffix + 1)])
        {
            suffix++;
        }
    }

    /// <summary>The repository to answer from.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>The file in it. Its trees' offsets are those of <see cref="WorkspaceFile.Yaml"/>'s text.</summary>
    public WorkspaceFile File { get; }

    /// <summary>The text as the editor shows it.</summary>
    public SourceText Text { get; }

    /// <summary>The offset in the file's trees of a position in the editor.</summary>
    public int ToModel(Position position) => Shift(server.Positions.ToOffset(Text, position), Text.Content.Length, File.Yaml.Text.Content.Length);

    /// <summary>The range in the editor of a span of the file's trees.</summary>
    public Range ToClient(TextSpan span)
    {
        var start = Shift(span.Start, File.Yaml.Text.Content.Length, Text.Content.Length);
        return server.Positions.ToRange(Text, TextSpan.FromBounds(start, Math.Max(start, Shift(span.End, File.Yaml.Text.Content.Length, Text.Content.Length))));
    }

    /// <summary>Whether the text at a span of the file's trees is what the editor shows, so that an edit of it still fits.</summary>
    public bool IsUnchanged(TextSpan span) => span.End <= prefix || span.Start >= File.Yaml.Text.Content.Length - suffix;

    /// <summary>The offset in <see cref="Text"/> of a position in the editor.</summary>
    public int ToOffset(Position position) => server.Positions.ToOffset(Text, position);

    /// <summary>A place anywhere in the repository as the client writes it.</summary>
    public Protocol.Location ToClient(KubeLint.Yaml.Location place) =>
        place.Text.Root.Path == File.DisplayPath
            ? new Protocol.Location(server.ToClient(Snapshot, place).Uri, ToClient(place.Span))
            : server.ToClient(Snapshot, place);

    private int Shift(int offset, int fromLength, int toLength) =>
        offset <= prefix ? offset
        : offset >= fromLength - suffix ? Math.Max(prefix, offset + toLength - fromLength)
        : Math.Min(offset, toLength - suffix);
}

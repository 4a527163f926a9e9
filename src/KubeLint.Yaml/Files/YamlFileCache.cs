using System.Collections.Concurrent;
using System.Text;
using System.Text.Unicode;

namespace KubeLint.Yaml;

/// <summary>
/// Parses each file once, however many builds and rules use it, and shares the tree. Safe to use from several threads.
/// </summary>
/// <param name="source">Where the files are.</param>
/// <param name="baseDirectory">The absolute directory to which the paths in <see cref="SourceText.Path"/> are relative.</param>
/// <param name="limits">What a file may cost; <see cref="YamlLimits.Default"/> where null.</param>
public sealed class YamlFileCache(IFileSource source, string baseDirectory, YamlLimits? limits = null)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ConcurrentDictionary<string, Lazy<YamlFile>> files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<SourceText>> texts = new(StringComparer.Ordinal);
    private readonly YamlLimits limits = limits ?? YamlLimits.Default;
    private readonly string prefix = Normalize(baseDirectory) is ['/'] root ? root : Normalize(baseDirectory) + "/";
    private StringPool pool = new(8192);

    /// <summary>Where the files are.</summary>
    public IFileSource Source { get; } = source;

    /// <summary>The absolute directory to which shown paths are relative.</summary>
    public string BaseDirectory { get; } = Normalize(baseDirectory);

    /// <summary>An absolute path with <c>/</c>, <c>.</c> and <c>..</c> resolved.</summary>
    public static string Normalize(string path) => IsNormal(path) ? path : Path.GetFullPath(path).Replace('\\', '/') is { Length: > 1 } full ? full.TrimEnd('/') : "/";

    /// <summary>The absolute path of one that is written in a directory's file: an absolute one itself, any other from the directory on.</summary>
    /// <param name="directory">The absolute, normalised directory.</param>
    /// <param name="path">The path as written, with <c>/</c>.</param>
    public static string Resolve(string directory, string path)
    {
        if (path.StartsWith('/'))
        {
            return Normalize(path);
        }

        // Written before most paths, and without it they are normal as they are.
        var isBelow = path.StartsWith("./", StringComparison.Ordinal);
        return Normalize(string.Concat(directory, "/", isBelow ? path.AsSpan(2) : path));
    }

    /// <summary>The path to show for an absolute path: relative to <see cref="BaseDirectory"/>, with <c>/</c>.</summary>
    public string Display(string path) =>
        path.Length > prefix.Length && path.StartsWith(prefix, StringComparison.Ordinal) && IsNormal(path) ? path[prefix.Length..]
            : Path.GetRelativePath(BaseDirectory, path).Replace('\\', '/');

    // Most paths are made of normal ones, and to find that out costs less than to make them anew.
    private static bool IsNormal(string path)
    {
        if (Path.DirectorySeparatorChar != '/' || path is not ['/', _, ..] || path[^1] == '/' || path.AsSpan().IndexOfAny('\\', '\0') >= 0)
        {
            return false;
        }

        for (var slash = 0; slash >= 0;)
        {
            var name = slash + 1;
            slash = path.IndexOf('/', name);
            var length = (slash < 0 ? path.Length : slash) - name;
            if (length == 0 || (path[name] == '.' && (length == 1 || (length == 2 && path[name + 1] == '.'))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A cache for the files as they are now, with the trees of all that did not change.</summary>
    /// <param name="now">Where the files are now.</param>
    /// <param name="changed">The absolute, normalised paths of the files that differ, came or went.</param>
    public YamlFileCache With(IFileSource now, IReadOnlySet<string> changed)
    {
        var next = new YamlFileCache(now, BaseDirectory, limits) { pool = pool };
        foreach (var (path, file) in files)
        {
            if (!changed.Contains(path))
            {
                next.files.TryAdd(path, file);
            }
        }

        foreach (var (path, text) in texts)
        {
            if (!changed.Contains(path))
            {
                next.texts.TryAdd(path, text);
            }
        }

        return next;
    }

    /// <summary>A file's tree. A file that cannot be read, is too large or is no text has a problem and no documents.</summary>
    /// <param name="path">The absolute, normalised path.</param>
    public YamlFile Parse(string path) =>
        files.GetOrAdd(path, static (key, cache) => new Lazy<YamlFile>(() => cache.ParseNow(key)), this).Value;

    /// <summary>A file's text, decoded as UTF-8 (or UTF-16 with a byte order mark).</summary>
    /// <param name="path">The absolute, normalised path.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="DecoderFallbackException">The bytes are no text.</exception>
    public SourceText ReadText(string path) =>
        texts.GetOrAdd(path, static (key, cache) => new Lazy<SourceText>(() => cache.ReadNow(key)), this).Value;

    private YamlFile ParseNow(string path)
    {
        try
        {
            using var content = Source.Read(path, limits.MaxFileBytes);
            if (content.IsTooLong)
            {
                return Failed(path, YamlProblemKind.Limit, $"The file has {content.Length:N0} bytes, more than the limit of {limits.MaxFileBytes:N0}");
            }

            // All who look at a file see one text.
            var text = texts.TryGetValue(path, out var known) ? known : texts.GetOrAdd(path, new Lazy<SourceText>(Decode(path, content.Bytes)));
            return YamlParser.Parse(text.Value, limits, pool, CancellationToken.None);
        }
        catch (DecoderFallbackException error)
        {
            return NotText(path, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failed(path, YamlProblemKind.Limit, $"The file cannot be read: {error.Message}");
        }
    }

    private YamlFile Failed(string path, YamlProblemKind kind, string message) =>
        new(new SourceText(Display(path), ""), [], [new YamlProblem(kind, message, default)]);

    // The text up to the first byte that is none shows where that is.
    private YamlFile NotText(string path, string message)
    {
        var bytes = Source.ReadAllBytes(path);
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return Failed(path, YamlProblemKind.Limit, $"The file is not valid UTF-16: {message}");
        }

        var hasMark = bytes is [0xEF, 0xBB, 0xBF, ..];
        var rest = bytes.AsSpan(hasMark ? 3 : 0);
        var characters = new char[rest.Length];
        Utf8.ToUtf16(rest, characters, out var read, out var written, replaceInvalidSequences: false);
        var text = new SourceText(Display(path), new string(characters, 0, written), hasMark);
        var problem = $"The file is not valid UTF-8: the byte 0x{rest[Math.Min(read, rest.Length - 1)]:X2} cannot stand here";
        return new YamlFile(text, [], [new YamlProblem(YamlProblemKind.Limit, problem, new TextSpan(written, 0))]);
    }

    private SourceText ReadNow(string path)
    {
        using var content = Source.Read(path, Array.MaxLength);
        return content.IsTooLong ? throw new IOException($"The file has {content.Length:N0} bytes, which is too much") : Decode(path, content.Bytes);
    }

    private SourceText Decode(string path, ReadOnlySpan<byte> bytes)
    {
        (Encoding Encoding, int Skip) form = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (StrictUtf8, 3),
            [0xFF, 0xFE, ..] => (new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true), 2),
            [0xFE, 0xFF, ..] => (new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true), 2),
            _ => (StrictUtf8, 0),
        };
        return new SourceText(Display(path), form.Encoding.GetString(bytes[form.Skip..]), form.Skip > 0);
    }
}

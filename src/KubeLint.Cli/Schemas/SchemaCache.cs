using System.Security.Cryptography;
using System.Text;

namespace KubeLint.Cli;

/// <summary>
/// Keeps on disk what another source answered: a schema for a week, that there is none for a day. What is older is asked for again, and still used where
/// no answer comes. A file that holds no schema counts as none; a folder that cannot be written to is no trouble.
/// </summary>
/// <param name="inner">The other source.</param>
/// <param name="folder">The absolute folder; made when it is needed.</param>
/// <param name="clock">The clock.</param>
internal sealed class SchemaCache(ISchemaSource inner, string folder, TimeProvider clock) : ISchemaSource
{
    private static readonly TimeSpan SchemaLife = TimeSpan.FromDays(7);
    private static readonly TimeSpan AbsenceLife = TimeSpan.FromDays(1);

    /// <summary>The folder that the environment says; null where it says none.</summary>
    public static string? FindFolder(Func<string, string?> environment)
    {
        var parent = environment("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathFullyQualified(cache) ? cache
            : OperatingSystem.IsWindows() ? environment("LOCALAPPDATA")
            : environment("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache") : null;
        return string.IsNullOrEmpty(parent) ? null : Path.Combine(parent, "kubelint", "schemas");
    }

    /// <inheritdoc/>
    public async Task<SchemaAnswer> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, NameOf(address));
        var absence = $"{path}.absent";
        var (kept, age) = Read(path);
        if (kept is not null && age < SchemaLife)
        {
            return kept;
        }

        if (kept is null && Age(absence) < AbsenceLife)
        {
            return new SchemaAnswer.Absent();
        }

        var answer = await inner.GetAsync(address, cancellationToken);
        switch (answer)
        {
            case SchemaAnswer.Found found:
                Write(path, found.Json);
                Delete(absence);
                break;
            case SchemaAnswer.Absent:
                Write(absence, "");
                Delete(path);
                break;
            case SchemaAnswer.Failed when kept is not null:
                return kept;
            default:
                break;
        }

        return answer;
    }

    // Readable, and different for each address. Who asks does not matter: the folder is the user's own.
    private static string NameOf(Uri address)
    {
        var key = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped);
        var name = new string([.. Path.GetFileNameWithoutExtension(address.AbsolutePath).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-')]);
        return $"{name[..Math.Min(name.Length, 80)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 10))}.json";
    }

    private (SchemaAnswer.Found? Schema, TimeSpan Age) Read(string path)
    {
        try
        {
            return File.Exists(path) && SchemaJson.Read(File.ReadAllBytes(path)) is { } json ? (new SchemaAnswer.Found(json), Age(path)) : default;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    // A file that does not exist is as old as time; one from the future, a clock that was wrong, is old too.
    private TimeSpan Age(string path) =>
        clock.GetUtcNow() - File.GetLastWriteTimeUtc(path) is var age && age > -AbsenceLife ? age : TimeSpan.MaxValue;

    private void Write(string path, string text)
    {
        try
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Write(path, writer => writer.Write(text));
            File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next run asks again.
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What is there has aged, so it is asked for again.
        }
    }
}

using System.Text;

namespace KubeLint.Cli;

/// <summary>Writes files so that a reader sees the old content or the new one, never a part.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file in UTF-8 without a byte order mark, with LF.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, Action<TextWriter> write)
    {
        if (File.Exists(path) && !IsReplaceable(path))
        {
            WriteTo(path, FileMode.Open, write);
            return;
        }

        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            WriteTo(temporary, FileMode.CreateNew, write);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Replaces a file's bytes, unless others than the expected ones are there. Its mode stays.</summary>
    /// <param name="path">The file; no symbolic link.</param>
    /// <param name="expected">What was read.</param>
    /// <param name="replacement">What to write.</param>
    /// <returns>Whether the replacement is there now.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static bool Replace(string path, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> replacement)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(replacement);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            }

            // Last, so that as little time as can be lies between the look and the change.
            var present = File.ReadAllBytes(path).AsSpan();
            if (present.SequenceEqual(expected))
            {
                File.Move(temporary, path, overwrite: true);
                return true;
            }

            // Written already, through another name of the file.
            return present.SequenceEqual(replacement);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // A device, a pipe or a link to one (/dev/stdout) is no file that could be replaced: as root, the device would be gone. The framework
    // does not tell a device from a file, so its folder has to.
    private static bool IsReplaceable(string path)
    {
        if (File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint) || path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
        {
            return false;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write);
        return stream.CanSeek;
    }

    private static void WriteTo(string path, FileMode mode, Action<TextWriter> write)
    {
        using var stream = new FileStream(path, mode, FileAccess.Write);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        write(writer);
    }
}

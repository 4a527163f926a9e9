using System.Runtime.InteropServices;
using System.Text;

namespace KubeLint.Cli;

/// <summary>
/// Writes the version without a console and without a thread that waits for signals, which together are a tenth of so short a run
/// (docs/adr/0003-quick-start.md).
/// </summary>
internal static class QuickVersion
{
    private const int StandardOutput = 1;

    /// <summary>Whether all of the version is written; otherwise the usual way has to, and tells what is wrong.</summary>
    public static bool TryWrite()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        // Not a FileStream, which leaves a file's position where it was: the next that writes to the same redirection would write over this.
        var text = Encoding.ASCII.GetBytes($"{CliApplication.VersionLine}\n");
        return write(StandardOutput, text, text.Length) == text.Length;
    }

    // What LibraryImport generates is unsafe code.
#pragma warning disable SYSLIB1054, IDE1006, CA5392
    [DllImport("libc")]
    private static extern nint write(int file, byte[] bytes, nint count);
#pragma warning restore SYSLIB1054, IDE1006, CA5392
}

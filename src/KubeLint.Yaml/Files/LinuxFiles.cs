using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

using Microsoft.Win32.SafeHandles;

namespace KubeLint.Yaml;

/// <summary>
/// What Linux tells at once and the framework asks for each file by itself: which names in a directory are links, and that a file is no pipe,
/// which to open would wait for whoever writes to it. What cannot be had here is left to the framework, which also says why.
/// </summary>
internal static class LinuxFiles
{
    // Of /usr/include/asm-generic/fcntl.h; the same on x64 and arm64.
    private const int NoWait = 0x800;
    private const int CloseOnExecute = 0x80000;

    // Of struct dirent on 64 bits, with glibc as with musl (man 3 readdir).
    private const int TypeOffset = 18;
    private const int NameOffset = 19;
    private const byte UnknownType = 0;
    private const byte DirectoryType = 4;
    private const byte LinkType = 10;

    /// <summary>What is in a directory, in any order.</summary>
    public static bool TryEnumerate(string directory, [NotNullWhen(true)] out List<DirectoryEntry>? entries)
    {
        entries = null;
        var stream = IsKnown(directory) ? opendir(Bytes(directory)) : 0;
        if (stream == 0)
        {
            return false;
        }

        try
        {
            var prefix = directory.EndsWith('/') ? directory : directory + "/";
            var found = new List<DirectoryEntry>();
            while (readdir(stream) is not 0 and var entry)
            {
                var name = Marshal.PtrToStringUTF8(entry + NameOffset);
                if (name is not ("." or ".."))
                {
                    found.Add(ToEntry((prefix + name).Replace('\\', '/'), Marshal.ReadByte(entry, TypeOffset)));
                }
            }

            entries = Marshal.GetLastPInvokeError() == 0 ? found : null;
            return entries is not null;
        }
        finally
        {
            _ = closedir(stream);
        }
    }

    /// <summary>Opens a file to read it; a pipe, too, which cannot be sought in.</summary>
    public static bool TryOpen(string path, [NotNullWhen(true)] out SafeFileHandle? file)
    {
        var descriptor = IsKnown(path) ? open(Bytes(path), NoWait | CloseOnExecute) : -1;
        file = descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
        return file is not null;
    }

    // For Linux a path ends at a NUL; for the framework, one with a NUL is none.
    private static bool IsKnown(string path) =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64 && !path.Contains('\0', StringComparison.Ordinal);

    // Some file systems tell no types.
    private static DirectoryEntry ToEntry(string path, byte type) => type switch
    {
        DirectoryType => new DirectoryEntry(path, IsDirectory: true, IsLink: false),
        LinkType => new DirectoryEntry(path, Directory.Exists(path), IsLink: true),
        UnknownType => new DirectoryEntry(path, Directory.Exists(path), new FileInfo(path).LinkTarget is not null),
        _ => new DirectoryEntry(path, IsDirectory: false, IsLink: false),
    };

    // With a NUL behind them.
    private static byte[] Bytes(string path)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, bytes);
        return bytes;
    }

    // What LibraryImport generates is unsafe code; these need no marshalling.
#pragma warning disable SYSLIB1054, IDE1006, CA5392, CA2101
    [DllImport("libc")]
    private static extern nint opendir(byte[] path);

    [DllImport("libc", SetLastError = true)]
    private static extern nint readdir(nint stream);

    [DllImport("libc")]
    private static extern int closedir(nint stream);

    [DllImport("libc")]
    private static extern int open(byte[] path, int flags);
#pragma warning restore SYSLIB1054, IDE1006, CA5392, CA2101
}

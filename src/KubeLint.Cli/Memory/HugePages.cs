using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KubeLint.Cli;

/// <summary>
/// Asks Linux to give the native program's heap memory in pages of 2 MB. Where pages cost much, as in a virtual machine, a run that
/// touches each of its many small ones once pays more for them than for its work: docs/adr/0005-huge-pages.md.
/// </summary>
internal static class HugePages
{
    private const int PageSize = 2 * 1024 * 1024;

    // More than this a run over 10,000 apps does not hold; what is not touched costs nothing.
    private const long MostBytes = 1L << 30;

    // Of /usr/include/asm-generic/mman-common.h; the same on x64 and arm64.
    private const int ReadWrite = 1 | 2;
    private const int AdviseHugePages = 14;
    private const int AdviseDump = 17;

    /// <summary>Does so, once, before the heap grows. Where it cannot be had (another system, the just in time compiler, no memory to spare) nothing changes.</summary>
    public static void UseForHeap()
    {
        if (!OperatingSystem.IsLinux() || RuntimeFeature.IsDynamicCodeSupported)
        {
            return;
        }

        // A small container keeps its small pages.
        var most = Math.Min(MostBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 16);
        if (HeapRange.Find(MemoryMaps(), AddressOnHeap(), most, PageSize) is not { } range)
        {
            return;
        }

        // The collector makes its range accessible in steps of 64 kB, and Linux gives no page that reaches beyond what is accessible: all of it is made so
        // first. Its own steps then change nothing. That any of this fails changes nothing either.
        var length = (nuint)(range.End - range.Start);
        _ = madvise((nint)range.Start, length, AdviseHugePages);
        _ = mprotect((nint)range.Start, length, ReadWrite);
        _ = madvise((nint)range.Start, length, AdviseDump);
    }

    private static string[] MemoryMaps()
    {
        try
        {
            return File.ReadAllLines("/proc/self/maps");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static ulong AddressOnHeap()
    {
        var handle = GCHandle.Alloc(new byte[1], GCHandleType.Pinned);
        try
        {
            return (ulong)handle.AddrOfPinnedObject();
        }
        finally
        {
            handle.Free();
        }
    }

    // What LibraryImport generates is unsafe code; these need no marshalling.
#pragma warning disable SYSLIB1054, IDE1006, CA5392
    [DllImport("libc")]
    private static extern int madvise(nint start, nuint length, int advice);

    [DllImport("libc")]
    private static extern int mprotect(nint start, nuint length, int protection);
#pragma warning restore SYSLIB1054, IDE1006, CA5392
}

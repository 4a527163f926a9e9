using System.Buffers;

using Microsoft.Win32.SafeHandles;

namespace KubeLint.Yaml;

/// <summary>The bytes of a file, for as long as they are looked at: the memory may be lent.</summary>
public sealed class FileContent : IDisposable
{
    // What is larger is rare, and would stay in the pool for long.
    private const int MaxLent = 1024 * 1024;

    private readonly int count;
    private readonly bool isLent;
    private byte[]? bytes;

    /// <summary>Bytes that belong to somebody else, who does not change them.</summary>
    public FileContent(byte[] bytes)
        : this(bytes, bytes.Length, bytes.Length, isLent: false)
    {
    }

    private FileContent(byte[] bytes, int count, long length, bool isLent)
    {
        this.bytes = bytes;
        this.count = count;
        this.isLent = isLent;
        Length = length;
    }

    /// <summary>The number of bytes in the file.</summary>
    public long Length { get; }

    /// <summary>Whether the file has more bytes than were asked for, so that none were read.</summary>
    public bool IsTooLong => count < Length;

    /// <summary>The bytes.</summary>
    /// <exception cref="ObjectDisposedException">They were given back.</exception>
    public ReadOnlySpan<byte> Bytes => (bytes ?? throw new ObjectDisposedException(nameof(FileContent))).AsSpan(0, count);

    /// <summary>What is said of a file that is not read for its length.</summary>
    public static FileContent TooLong(long length) => new([], 0, length, isLent: false);

    /// <summary>Gives the bytes back.</summary>
    public void Dispose()
    {
        if (isLent && bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        bytes = null;
    }

    /// <summary>Reads a file as it is now.</summary>
    internal static FileContent Read(SafeFileHandle file, long limit)
    {
        var length = LengthOf(file);
        if (length > limit)
        {
            return TooLong(length);
        }

        var isLent = length <= MaxLent;
        var bytes = isLent ? ArrayPool<byte>.Shared.Rent((int)length) : new byte[length];
        var count = 0;
        for (var read = -1; read != 0 && count < length; count += read)
        {
            read = RandomAccess.Read(file, bytes.AsSpan(count, (int)length - count), count);
        }

        return new FileContent(bytes, count, count, isLent);
    }

    // A pipe has none, and may never end.
    private static long LengthOf(SafeFileHandle file)
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (NotSupportedException)
        {
            return 0;
        }
    }
}

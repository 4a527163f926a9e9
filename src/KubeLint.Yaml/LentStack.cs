using System.Buffers;
using System.Runtime.CompilerServices;

namespace KubeLint.Yaml;

/// <summary>A stack in memory that is lent, for the time of one text. To be kept in a variable that is not read-only, and disposed once.</summary>
/// <typeparam name="T">The items' type.</typeparam>
/// <param name="capacity">How many items most texts need.</param>
internal struct LentStack<T>(int capacity) : IDisposable
{
    // What is larger is rare, and would stay in the pool for long.
    private const int MaxReturned = 64 * 1024;

    private T[] items = ArrayPool<T>.Shared.Rent(capacity);

    /// <summary>How many items there are.</summary>
    public int Count { get; private set; }

    /// <summary>The items, the first below; until the next change.</summary>
    public readonly Span<T> Items => items.AsSpan(0, Count);

    public void Push(in T item)
    {
        if (Count == items.Length)
        {
            var larger = ArrayPool<T>.Shared.Rent(Count * 2);
            items.CopyTo(larger, 0);
            Return();
            items = larger;
        }

        items[Count++] = item;
    }

    public T Pop() => items[--Count];

    /// <summary>Takes away all items but the first.</summary>
    public void Cut(int count) => Count = count;

    public void Clear() => Count = 0;

    public void Dispose()
    {
        Return();
        items = [];
        Count = 0;
    }

    private readonly void Return()
    {
        if (items.Length is > 0 and <= MaxReturned)
        {
            ArrayPool<T>.Shared.Return(items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        }
    }
}

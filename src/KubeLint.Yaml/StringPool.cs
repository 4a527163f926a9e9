namespace KubeLint.Yaml;

/// <summary>
/// Keeps one copy of short strings that repeat, as keys and kinds do in every manifest. A slot holds the string seen
/// last, so the pool never grows; a lost race between threads costs a copy, nothing else.
/// </summary>
internal sealed class StringPool(int size = 256)
{
    private const int MaxLength = 40;

    private readonly string?[] slots = new string?[size];

    /// <summary>An equal string, the same one as last time where the pool still has it.</summary>
    public string Get(string value) => value.Length > MaxLength ? value : Get(value, value);

    /// <summary>A string of these characters, the same one as last time where the pool still has it.</summary>
    public string Get(ReadOnlySpan<char> value) => value.Length > MaxLength ? value.ToString() : Get(value, null);

    private string Get(ReadOnlySpan<char> value, string? made)
    {
        if (value.Length == 0)
        {
            return "";
        }

        var hash = (uint)value.Length;
        foreach (var c in value)
        {
            hash = (hash * 31) + c;
        }

        ref var slot = ref slots[(hash ^ (hash >> 15)) % (uint)slots.Length];
        if (slot is { } known && value.SequenceEqual(known))
        {
            return known;
        }

        made ??= value.ToString();
        slot = made;
        return made;
    }
}

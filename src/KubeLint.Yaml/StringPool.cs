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
    public string Get(string value)
    {
        if (value.Length > MaxLength)
        {
            return value;
        }

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
        if (slot is { } known && known == value)
        {
            return known;
        }

        slot = value;
        return value;
    }
}

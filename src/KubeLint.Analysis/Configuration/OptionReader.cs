using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>
/// Reads values from the mappings of one or more configuration files, laid over each other: of a value, a list or a
/// number the last file's counts, mappings join. What is wrong is reported at its token, and the default stands in.
/// </summary>
public sealed class OptionReader
{
    private readonly string path;
    private readonly ImmutableArray<YamlMapping> layers;
    private readonly List<ConfigurationError> errors;
    private readonly List<EffectiveValue>? values;
    private readonly List<string> known = [];

    internal OptionReader(string path, ImmutableArray<YamlMapping> layers, List<ConfigurationError> errors, List<EffectiveValue>? values = null)
    {
        this.path = path;
        this.layers = layers;
        this.errors = errors;
        this.values = values;
    }

    /// <summary>A reader in which nothing is configured.</summary>
    public static OptionReader Empty => new("", [], []);

    /// <summary>A truth value.</summary>
    public bool Boolean(string key, bool fallback)
    {
        var node = Find(key);
        var value = node?.AsScalar()?.AsBoolean();
        return Take(key, node, value ?? fallback, value is not null, "true or false", value => value ? "true" : "false");
    }

    /// <summary>A whole number.</summary>
    public int Integer(string key, int fallback)
    {
        var node = Find(key);
        var isNumber = int.TryParse(node?.AsScalar() is { Type: YamlScalarType.Integer } scalar ? scalar.Value : null, CultureInfo.InvariantCulture, out var value);
        return Take(key, node, isNumber ? value : fallback, isNumber, "a whole number", value => value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A string; a number is taken as it is written.</summary>
    public string? String(string key, string? fallback)
    {
        var node = Find(key);
        var value = node?.AsScalar() is { IsNull: false } scalar ? scalar.Value : null;
        return Take(key, node, value ?? fallback, value is not null, "a string", value => value is null ? "null" : Quote(value));
    }

    /// <summary>A string that has a form of its own.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isRight">Whether a string has the form.</param>
    /// <param name="expected">The form in words.</param>
    internal string? String(string key, Func<string, bool> isRight, string expected)
    {
        var node = Find(key);
        var value = node?.AsScalar() is { IsNull: false } scalar && isRight(scalar.Value) ? scalar.Value : null;
        return Take(key, node, value, value is not null, expected, value => value is null ? "null" : Quote(value));
    }

    /// <summary>A list of strings.</summary>
    public ImmutableArray<string> Strings(string key, ImmutableArray<string> fallback)
    {
        var node = Find(key);
        var items = node?.AsSequence()?.Items;
        var isList = items is not null;
        var result = ImmutableArray.CreateBuilder<string>();
        foreach (var item in items ?? [])
        {
            if (item.AsScalar() is { IsNull: false } scalar)
            {
                result.Add(scalar.Value);
            }
            else
            {
                Fail(item, $"An item of '{Full(key)}' must be a string, not {Describe(item)}");
            }
        }

        return Take(key, node, isList ? result.ToImmutable() : fallback, isList, "a list of strings", value => $"[{string.Join(", ", value.Select(Quote))}]");
    }

    /// <summary>A list of strings that have a form of their own.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">What stands where nothing is configured.</param>
    /// <param name="isRight">Whether a string has the form.</param>
    /// <param name="expected">The form in words.</param>
    internal ImmutableArray<string> Strings(string key, ImmutableArray<string> fallback, Func<string, bool> isRight, string expected)
    {
        foreach (var item in Find(key)?.AsSequence()?.Items ?? [])
        {
            if (item.AsScalar() is { IsNull: false } scalar && !isRight(scalar.Value))
            {
                Fail(item, $"An item of '{Full(key)}' must be {expected}, not {Describe(item)}");
            }
        }

        return Strings(key, fallback);
    }

    /// <summary>A mapping from strings to strings; the mappings of all files join.</summary>
    public ImmutableSortedDictionary<string, string> Map(string key, ImmutableSortedDictionary<string, string> fallback)
    {
        var result = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        YamlNode? last = null;
        foreach (var mapping in Mappings(key, ref last))
        {
            foreach (var entry in mapping.EffectiveEntries())
            {
                if (entry.Name is { } name && entry.Value.AsScalar() is { IsNull: false } scalar)
                {
                    result[name] = scalar.Value;
                    values?.Add(new EffectiveValue($"{Full(key)}.{name}", Quote(scalar.Value), scalar.Location));
                }
                else
                {
                    Fail(entry.Value, $"A value of '{Full(key)}' must be a string, not {Describe(entry.Value)}");
                }
            }
        }

        if (last is null)
        {
            values?.Add(new EffectiveValue(Full(key), "{}", null));
            return fallback;
        }

        return result.ToImmutable();
    }

    /// <summary>One of the words of an enumeration.</summary>
    public TEnum Choice<TEnum>(string key, TEnum fallback, params ReadOnlySpan<KeyValuePair<string, TEnum>> words)
        where TEnum : struct, Enum
    {
        var node = Find(key);
        var isWord = false;
        var result = fallback;
        var written = node?.AsScalar()?.Value;
        var fallbackText = fallback.ToString();
        var all = new List<string>(words.Length);
        foreach (var (word, value) in words)
        {
            all.Add(word);
            if (word == written)
            {
                isWord = true;
                result = value;
            }

            if (EqualityComparer<TEnum>.Default.Equals(value, fallback))
            {
                fallbackText = word;
            }
        }

        return Take(key, node, result, isWord, string.Join(", ", all[..^1]) + " or " + all[^1], _ => isWord ? written! : fallbackText, written is null ? null : NearestName.Find(written, all));
    }

    /// <summary>A record with settings of its own.</summary>
    public T Record<T>(string key, Func<OptionReader, T> bind)
    {
        YamlNode? last = null;
        var reader = new OptionReader(Full(key), Mappings(key, ref last), errors, values);
        var result = bind(reader);
        reader.Finish();
        return result;
    }

    /// <summary>Reports the keys that nothing asked for. To be called when all is read.</summary>
    public void Finish()
    {
        foreach (var layer in layers)
        {
            foreach (var entry in layer.EffectiveEntries())
            {
                if (entry.Name is not { } name)
                {
                    Fail(entry.Key, $"A setting's name must be a string, not {Describe(entry.Key)}");
                }
                else if (!known.Contains(name))
                {
                    Fail(entry.Key, $"There is no setting '{Full(name)}'" + Suggest(name));
                }
            }
        }
    }

    /// <summary>Names keys that others read.</summary>
    internal void Know(params ReadOnlySpan<string> keys) => known.AddRange(keys);

    /// <summary>The mappings of a key in all files, first to last; what is no mapping is reported.</summary>
    internal ImmutableArray<YamlMapping> Mappings(string key)
    {
        YamlNode? last = null;
        return Mappings(key, ref last);
    }

    /// <summary>The sequences of a key in all files, first to last; what is no sequence is reported.</summary>
    internal ImmutableArray<YamlSequence> Sequences(string key)
    {
        known.Add(key);
        var found = ImmutableArray.CreateBuilder<YamlSequence>();
        foreach (var layer in layers)
        {
            if (layer[key] is YamlSequence sequence)
            {
                found.Add(sequence);
            }
            else if (layer[key] is { } other && other is not YamlScalar { IsNull: true })
            {
                Fail(other, $"'{Full(key)}' must be a list, not {Describe(other)}");
            }
        }

        return found.ToImmutable();
    }

    private ImmutableArray<YamlMapping> Mappings(string key, ref YamlNode? last)
    {
        known.Add(key);
        var found = ImmutableArray.CreateBuilder<YamlMapping>();
        foreach (var layer in layers)
        {
            if (layer[key] is YamlMapping mapping)
            {
                last = mapping;
                found.Add(mapping);
            }
            else if (layer[key] is { } other && other is not YamlScalar { IsNull: true })
            {
                Fail(other, $"'{Full(key)}' must be a mapping, not {Describe(other)}");
            }
        }

        return found.ToImmutable();
    }

    private YamlNode? Find(string key)
    {
        known.Add(key);
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            if (layers[i][key] is { } node)
            {
                return node;
            }
        }

        return null;
    }

    private T Take<T>(string key, YamlNode? node, T value, bool isRight, string expected, Func<T, string> show, string? nearest = null)
    {
        if (node is not null && !isRight)
        {
            var hint = nearest is null ? "" : $"; did you mean '{nearest}'?";
            Fail(node, $"'{Full(key)}' must be {expected}, not {Describe(node)}{hint}");
        }

        values?.Add(new EffectiveValue(Full(key), show(value), isRight ? node!.Location : null));
        return value;
    }

    private string Suggest(string name) =>
        NearestName.Find(name, known) is { } nearest ? $"; did you mean '{nearest}'?"
        : known.Count > 0 ? $"; there are {string.Join(", ", known)}"
        : "; there are none here";

    private void Fail(YamlNode node, string message) => errors.Add(new ConfigurationError(node.Location, message));

    private string Full(string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>What a node is, in the words of a message.</summary>
    internal static string Describe(YamlNode node) => node.Resolved switch
    {
        YamlMapping => "a mapping",
        YamlSequence => "a list",
        YamlScalar { Type: YamlScalarType.Null } => "nothing",
        YamlScalar scalar when AddressCredentials.Mask(scalar.Value) is var value => value.Length > 40 ? $"'{value.AsSpan(0, 40)}…'" : $"'{value}'",
        _ => "this",
    };

    private static string Quote(string value) => $"\"{AddressCredentials.Mask(value).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}

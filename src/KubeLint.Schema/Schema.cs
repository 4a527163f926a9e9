using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace KubeLint.Schema;

/// <summary>The types of a value; several where several are right.</summary>
[Flags]
public enum ValueTypes
{
    /// <summary>Any value.</summary>
    Any = 0,

    /// <summary>A string.</summary>
    String = 1,

    /// <summary>A whole number.</summary>
    Integer = 2,

    /// <summary>Any number.</summary>
    Number = 4,

    /// <summary>True or false.</summary>
    Boolean = 8,

    /// <summary>A mapping.</summary>
    Object = 16,

    /// <summary>A list.</summary>
    Array = 32,

    /// <summary>Null.</summary>
    Null = 64,
}

/// <summary>What more is known of a scalar than its type.</summary>
public enum ValueFormat
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A Kubernetes quantity, a string or a number: <c>500m</c>, <c>1Gi</c>, <c>2</c>.</summary>
    Quantity,

    /// <summary>A whole number of 32 bits.</summary>
    Int32,

    /// <summary>Base64.</summary>
    Bytes,

    /// <summary>A time of RFC 3339.</summary>
    Time,
}

/// <summary>A field of a mapping.</summary>
/// <param name="Schema">What its value must be.</param>
/// <param name="Since">The version that brought it; null where it was always there, or nothing is known.</param>
public readonly record struct SchemaField(ValueSchema Schema, string? Since = null);

/// <summary>
/// What a value must be: a JSON Schema, or a part of it, in the form in which a positioned tree is checked. Immutable once it is read. What
/// a name stands for is read when it is first asked for, so that a schema may refer to itself and costs nothing where it is not met.
/// </summary>
public sealed class ValueSchema
{
    private readonly Lazy<ValueSchema>? target;
    private readonly Lazy<Regex?>? pattern;

    /// <summary>A schema that says what its properties say.</summary>
    public ValueSchema()
    {
    }

    /// <summary>A schema that stands for another.</summary>
    /// <param name="target">Reads the other.</param>
    public ValueSchema(Func<ValueSchema> target) => this.target = new Lazy<ValueSchema>(target);

    /// <summary>The schema of any value.</summary>
    public static ValueSchema Anything { get; } = new();

    /// <summary>The schema that is meant: another one's where this one only names it.</summary>
    public ValueSchema Actual => target is null ? this : target.Value.Actual;

    /// <summary>The right types.</summary>
    public ValueTypes Types { get; init; }

    /// <summary>What more is known of a scalar.</summary>
    public ValueFormat Format { get; init; }

    /// <summary>The known fields of a mapping; null where none are told.</summary>
    public IReadOnlyDictionary<string, SchemaField>? Fields { get; init; }

    /// <summary>The fields that a mapping must have.</summary>
    public ImmutableArray<string> Required { get; init; } = [];

    /// <summary>Whether a mapping may have no fields but the known ones.</summary>
    public bool IsClosed { get; init; }

    /// <summary>What the values of a mapping's other fields must be; null where anything is right.</summary>
    public ValueSchema? Others { get; init; }

    /// <summary>What a list's items must be; null where anything is right.</summary>
    public ValueSchema? Items { get; init; }

    /// <summary>The fields that tell a list's items apart; empty where they need not differ.</summary>
    public ImmutableArray<string> ListKeys { get; init; } = [];

    /// <summary>Whether a list's items, which are scalars, must differ.</summary>
    public bool IsSet { get; init; }

    /// <summary>The only right values, as text; empty where others are right.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    /// <summary>The regular expression that a string must match somewhere; null where there is none.</summary>
    public string? Pattern
    {
        get;
        init
        {
            field = value;
            pattern = value is null ? null : new Lazy<Regex?>(() => Compile(value));
        }
    }

    /// <summary>The least number.</summary>
    public double? Minimum { get; init; }

    /// <summary>The greatest number.</summary>
    public double? Maximum { get; init; }

    /// <summary>The fewest characters, items or fields.</summary>
    public int MinLength { get; init; }

    /// <summary>The most characters, items or fields; null for any number.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Schemas that must all hold.</summary>
    public ImmutableArray<ValueSchema> AllOf { get; init; } = [];

    /// <summary>Schemas of which one must hold.</summary>
    public ImmutableArray<ValueSchema> AnyOf { get; init; } = [];

    /// <summary>Schemas of which exactly one must hold.</summary>
    public ImmutableArray<ValueSchema> OneOf { get; init; } = [];

    /// <summary>A schema that must not hold.</summary>
    public ValueSchema? Not { get; init; }

    /// <summary>What the author says of the value; null where that is nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Whether a text matches the pattern; true where there is none, or none that can be matched in linear time.</summary>
    internal bool MatchesPattern(string text) => Pattern switch
    {
        null => true,
        Patterns.Duration => Patterns.IsDuration(text, withHours: true),
        Patterns.Timeout => Patterns.IsDuration(text, withHours: false),
        _ => pattern?.Value?.IsMatch(text) ?? true,
    };

    // ECMA's and Go's patterns that this engine does not take are not judged.
    private static Regex? Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}

using KubeLint.Yaml;

namespace KubeLint.Schema;

/// <summary>What is wrong with a value.</summary>
public enum ViolationKind
{
    /// <summary>A field that the schema does not have.</summary>
    UnknownField,

    /// <summary>A value of another type.</summary>
    WrongType,

    /// <summary>A field that must be there is not.</summary>
    MissingField,

    /// <summary>A value of the right type that is not allowed: another word, a text that does not match, a number out of range.</summary>
    InvalidValue,

    /// <summary>Two items of a list that must differ.</summary>
    DuplicateItem,
}

/// <summary>A place that a schema does not allow.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="At">The smallest node at fault.</param>
/// <param name="Path">The way to the value: <c>spec.template.spec.containers[0].image</c>.</param>
/// <param name="Message">What is wrong, from the path on, a sentence without a final stop.</param>
/// <param name="Help">What to write; null where the message says it.</param>
/// <param name="Schema">The schema of the place: of the mapping for a field, else of the value.</param>
/// <param name="Related">A place that explains it; null where there is none.</param>
public sealed record SchemaViolation(ViolationKind Kind, YamlNode At, string Path, string Message, string? Help, ValueSchema Schema, YamlNode? Related = null)
{
    /// <summary>The field's name; empty where the violation is about no field.</summary>
    public string Field { get; init; } = "";
}

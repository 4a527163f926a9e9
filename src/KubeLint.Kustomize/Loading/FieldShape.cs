using System.Collections.Immutable;

namespace KubeLint.Kustomize.Loading;

/// <summary>What a field of a kustomization holds.</summary>
internal enum FieldShape
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A boolean.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A mapping of strings to strings.</summary>
    TextMap,

    /// <summary>A list of strings.</summary>
    TextList,

    /// <summary>A mapping with known fields.</summary>
    Object,

    /// <summary>A list of mappings with known fields.</summary>
    ObjectList,

    /// <summary>Anything.</summary>
    Any,
}

/// <summary>A known field.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">What it holds.</param>
/// <param name="Fields">The fields of an object, or of each object in a list.</param>
internal sealed record KnownField(string Name, FieldShape Shape = FieldShape.Text, ImmutableArray<KnownField> Fields = default);

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>A field of an object that names another object.</summary>
/// <param name="Id">What it names, defaults filled in.</param>
/// <param name="At">The name as written: an alias stays one.</param>
/// <param name="Mapping">The mapping around it.</param>
/// <param name="HasNamespace">Whether a namespace is written.</param>
public sealed record ObjectReference(ObjectId Id, YamlNode At, YamlMapping Mapping, bool HasNamespace)
{
    /// <summary>Reads a reference; null where a part of it is absent or not known.</summary>
    /// <param name="node">The mapping.</param>
    /// <param name="group">The API group of what it names.</param>
    /// <param name="kind">The kind, where the field has only one; null to read it.</param>
    /// <param name="owner">The namespace of the object that holds the reference.</param>
    /// <param name="nameKey">The key of the name.</param>
    public static ObjectReference? Read(YamlNode? node, string group, string? kind, string owner, string nameKey = "name")
    {
        if (node?.AsMapping() is not { } mapping || mapping.Find(nameKey) is not { } entry || Text(entry.Value) is not { } name)
        {
            return null;
        }

        var writtenKind = mapping["kind"];
        var ns = mapping["namespace"];
        if ((kind ?? Text(writtenKind)) is not { } named || (ns is not null and not YamlScalar { IsNull: true } && Text(ns) is null))
        {
            return null;
        }

        var at = Text(ns);
        return new ObjectReference(new ObjectId(group, named, at ?? owner, name), entry.Value, mapping, at is not null);
    }

    /// <summary>A scalar's text where it is known: written, not encrypted, without a variable that is left.</summary>
    public static string? Text(YamlNode? node) =>
        node?.Resolved is YamlScalar { IsNull: false, IsUnknown: false, Value.Length: > 0 } scalar && !scalar.Value.Contains("${", StringComparison.Ordinal) ? scalar.Value : null;
}

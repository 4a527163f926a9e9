using KubeLint.Yaml;

namespace KubeLint.Kustomize.Patching;

/// <summary>What an operation of a JSON patch does.</summary>
internal enum JsonPatchKind
{
    Add,
    Remove,
    Replace,
    Move,
    Copy,
    Test,
}

/// <summary>An operation of a JSON patch.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Path">Where.</param>
/// <param name="From">Where a moved or copied value is; else null.</param>
/// <param name="Value">The value to add, to replace with or to expect; else null.</param>
internal sealed record JsonPatchOperation(JsonPatchKind Kind, JsonPointer Path, JsonPointer? From, YamlNode? Value)
{
    /// <summary>Reads an operation.</summary>
    /// <exception cref="PatchException">It is none.</exception>
    public static JsonPatchOperation Read(YamlNode node)
    {
        var operation = node.AsMapping() ?? throw new PatchException(node, "An operation of a JSON patch is a mapping with 'op' and 'path'");
        var kind = operation.GetString("op") switch
        {
            "add" => JsonPatchKind.Add,
            "remove" => JsonPatchKind.Remove,
            "replace" => JsonPatchKind.Replace,
            "move" => JsonPatchKind.Move,
            "copy" => JsonPatchKind.Copy,
            "test" => JsonPatchKind.Test,
            _ => throw new PatchException(operation["op"] ?? operation, "An operation's 'op' must be add, remove, replace, move, copy or test"),
        };
        var value = operation["value"];
        if (value is null && (kind is JsonPatchKind.Add or JsonPatchKind.Replace))
        {
            throw new PatchException(operation, "The operation is missing its 'value'");
        }

        return new JsonPatchOperation(
            kind,
            PointerAt(operation, "path"),
            kind is JsonPatchKind.Move or JsonPatchKind.Copy ? PointerAt(operation, "from") : null,
            value is null ? null : PatchValue.Read(value));
    }

    private static JsonPointer PointerAt(YamlMapping operation, string field) => operation[field] switch
    {
        YamlScalar { Type: YamlScalarType.String } scalar => new JsonPointer(scalar),
        null => throw new PatchException(operation, $"The operation is missing its '{field}'"),
        var other => throw new PatchException(other, $"The operation's '{field}' must be a string such as '/spec/replicas'"),
    };
}

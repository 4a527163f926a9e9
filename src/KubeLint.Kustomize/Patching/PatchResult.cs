using KubeLint.Yaml;

namespace KubeLint.Kustomize.Patching;

/// <summary>What a patch makes of an object.</summary>
/// <param name="Value">The patched object; null where the patch deletes it, or where there is an error.</param>
/// <param name="Error">Why the patch cannot be applied; null where it was.</param>
public readonly record struct PatchResult(YamlMapping? Value, PatchError? Error)
{
    /// <summary>Whether the patch deletes the object.</summary>
    public bool IsDeleted => Value is null && Error is null;
}

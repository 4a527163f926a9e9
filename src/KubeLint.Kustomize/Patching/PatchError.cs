using KubeLint.Yaml;

namespace KubeLint.Kustomize.Patching;

/// <summary>Why a patch cannot be applied.</summary>
/// <param name="Node">The node that is wrong: of the patch where that is to blame, else of its target.</param>
/// <param name="Message">What is wrong, a sentence without a final stop.</param>
public sealed record PatchError(YamlNode Node, string Message);

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Patching;

/// <summary>Ends the work on a patch that cannot be applied; never leaves this folder.</summary>
internal sealed class PatchException(YamlNode node, string message) : Exception(message)
{
    public PatchError Error { get; } = new(node, message);

    public static PatchException WrongKind(MergeNode node, YamlNodeKind expected) =>
        new(node.Node, $"Expected a {Name(expected)} here, but this is a {Name(node.Kind)}");

    private static string Name(YamlNodeKind kind) => kind switch
    {
        YamlNodeKind.Mapping => "mapping",
        YamlNodeKind.Sequence => "sequence",
        _ => "scalar",
    };
}

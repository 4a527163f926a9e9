using KubeLint.Yaml;

namespace KubeLint.Kustomize.Patching;

/// <summary>Ends a merge that cannot be done; never leaves <see cref="StrategicMergePatch"/>.</summary>
internal sealed class MergeException(YamlNode node, string message) : Exception(message)
{
    public PatchError Error { get; } = new(node, message);

    public static MergeException WrongKind(MergeNode node, YamlNodeKind expected) =>
        new(node.Node, $"Expected a {Name(expected)} here, but this is a {Name(node.Kind)}");

    private static string Name(YamlNodeKind kind) => kind switch
    {
        YamlNodeKind.Mapping => "mapping",
        YamlNodeKind.Sequence => "sequence",
        _ => "scalar",
    };
}

using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Navigation;

/// <summary>From nodes of effective objects to what a person wrote.</summary>
internal static class WrittenNodes
{
    /// <summary>The node that was there before prefixes, variables and kustomize's own references changed it.</summary>
    public static YamlNode Written(this YamlNode node)
    {
        while (node.Derivation?.Replaced is { } before)
        {
            node = before;
        }

        return node;
    }

    /// <summary>The text of a node before anything changed it; empty where it is no scalar.</summary>
    public static string WrittenText(this YamlNode node) => node.Written().AsScalar()?.Value ?? "";
}

using KubeLint.Analysis;
using KubeLint.Kustomize;
using KubeLint.Yaml;

namespace KubeLint.Rules.Kustomizations;

/// <summary>What kustomizations fetch, and whether it stays the same.</summary>
internal static class RemoteBases
{
    private static readonly string[] Branches = ["main", "master", "HEAD", "develop", "dev", "trunk", "latest", "stable", "edge", "nightly"];

    /// <summary>Reports the remote addresses of a build that name a version, or those that do not.</summary>
    public static void Report(KustomizationContext context, bool isMutable, Func<string, string> message, string help)
    {
        foreach (var problem in context.Kustomization.Build?.Problems ?? [])
        {
            if (problem is { Kind: KustomizeProblemKind.RemoteBase, Node: YamlScalar address } && IsMutable(address.Value) == isMutable)
            {
                context.Report(address, message(address.Value), help);
            }
        }
    }

    // A git address without a ref is the default branch; the address of a file has its version among its parts.
    private static bool IsMutable(string address)
    {
        var query = address.IndexOf('?', StringComparison.Ordinal);
        foreach (var parameter in query < 0 ? [] : address[(query + 1)..].Split('&'))
        {
            if (parameter.StartsWith("ref=", StringComparison.Ordinal) || parameter.StartsWith("version=", StringComparison.Ordinal))
            {
                return Branches.Contains(parameter[(parameter.IndexOf('=', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal);
            }
        }

        var path = query < 0 ? address : address[..query];
        if (!path.EndsWith(".yaml", StringComparison.Ordinal) && !path.EndsWith(".yml", StringComparison.Ordinal) && !path.EndsWith(".json", StringComparison.Ordinal))
        {
            return true;
        }

        return path.Split('/').Any(part => Branches.Contains(part, StringComparer.Ordinal));
    }
}

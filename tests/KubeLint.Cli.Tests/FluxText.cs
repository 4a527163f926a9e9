namespace KubeLint.Cli.Tests;

/// <summary>Flux's objects as people write them.</summary>
internal static class FluxText
{
    /// <summary>A Flux Kustomization of the repository itself.</summary>
    /// <param name="name">Its name, in flux-system.</param>
    /// <param name="path">The path as it is written.</param>
    /// <param name="interval">The interval as it is written.</param>
    /// <param name="more">Further lines of the spec, indented by two.</param>
    public static string Kustomization(string name, string path, string interval = "1h", string more = "") => $"""
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: {name}
          namespace: flux-system
        spec:
          interval: {interval}
          path: {path}
          prune: true
          sourceRef:
            kind: GitRepository
            name: flux-system

        """.ReplaceLineEndings("\n") + more;
}

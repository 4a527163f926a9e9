using System.Collections.Immutable;

namespace KubeLint.Cli;

/// <summary>All commands, in the order in which the help lists them. A new one is one line here and a folder beside.</summary>
internal static class Verbs
{
    /// <summary>The command that is meant where none is named.</summary>
    public const string Default = "lint";

    /// <summary>Makes the list; each run has its own.</summary>
    public static ImmutableArray<Verb> All() =>
    [
        Verb.Create<LintOptions>(
            "lint",
            "Finds what is wrong in a Flux repository (the default command)",
            LintCommand.RunAsync,
            "kubelint ./kubernetes",
            "kubelint ./kubernetes --format sarif --output results.sarif",
            "kubelint --output sarif=results.sarif --output junit=report.xml",
            "kubelint --select images --fail-on error",
            "kubelint --diff --unsafe-fixes",
            "kubelint --fix --pin ghcr.io/rclone/rclone=1.64.2",
            "kubelint ./kubernetes --live --context home",
            "kubelint --write-baseline .kubelint-baseline.json",
            "kubelint --baseline .kubelint-baseline.json",
            "kubelint --since origin/main...",
            "kubelint --watch",
            "kubelint - --stdin-filename apps/web/deployment.yaml < buffer.yaml",
            "kubelint --statistics --quiet --color never",
            "kubelint --no-config --verbose",
            "kubelint --config ci/kubelint.yaml"),
        Verb.Create<TreeOptions>("tree", "Shows what applies what: entry points, Kustomizations, HelmReleases, objects", TreeCommand.RunAsync, "kubelint tree", "kubelint tree ./kubernetes --format json"),
        Verb.Create<GraphOptions>("graph", "Draws Kustomizations, HelmReleases and sources with what they depend on", GraphCommand.RunAsync, "kubelint graph --format svg"),
        Verb.Create<ImagesOptions>("images", "Lists every image that the repository puts on a cluster", ImagesCommand.RunAsync, "kubelint images --format markdown"),
        Verb.Create<BuildOptions>("build", "Prints what kustomize builds of a folder, or what Flux applies for a Kustomization", BuildCommand.RunAsync, "kubelint build ./apps/web", "kubelint build . --kustomization flux-system/apps --origins"),
        Verb.Create<RulesOptions>("rules", "Lists the rules by family", RulesCommand.RunAsync, "kubelint rules", "kubelint rules images --format markdown"),
        Verb.Create<ExplainOptions>("explain", "Shows a rule's page: what it reports, why, and what to write instead", ExplainCommand.RunAsync, "kubelint explain KL1001", "kubelint explain image-latest-tag"),
        Verb.Create<InitOptions>("init", "Writes a commented .kubelint.yaml that fits the repository, and files for CI", InitCommand.RunAsync, "kubelint init", "kubelint init ./kubernetes --ci github --pre-commit"),
        Verb.Create<ConfigOptions>("config", "Shows what is configured for a path, and where each value comes from", ConfigCommand.RunAsync, "kubelint config", "kubelint config ./kubernetes"),
        Verb.Create<CompletionOptions>("completion", "Writes a completion script for a shell", CompletionCommand.RunAsync, "kubelint completion bash", "kubelint completion fish"),
        Verb.Create<DiagnoseArguments>(
            "diagnose",
            "Finds out why a workload's pods cannot pull their image",
            DiagnoseCommand.RunAsync,
            "kubelint diagnose database/storage-s3",
            "kubelint diagnose media/plex --repo ./kubernetes --format markdown",
            "kubelint diagnose database/storage-s3 --apply reconcile --watch"),
        Verb.Create<RegistryArguments>(
            "registry",
            "Asks registries whether the repository's images exist, and pins tags",
            RegistryCommand.RunAsync,
            "kubelint registry check ./kubernetes",
            "kubelint registry check ./kubernetes --pin --fix",
            "kubelint registry check ./kubernetes --pin --live"),
        Verb.Create<LspOptions>("lsp", "Serves an editor: a language server on standard input and output.", LspCommand.RunAsync, "kubelint lsp"),
        Verb.Create<SchemasArguments>("schemas", "Takes the schemas of custom resources from the running cluster, for schemaLocations", SchemasCommand.RunAsync, "kubelint schemas pull .kubelint/schemas"),
    ];
}

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
        Verb.Create<TreeOptions>(TreeCommand.RunAsync, "kubelint tree", "kubelint tree ./kubernetes --format json"),
        Verb.Create<GraphOptions>(GraphCommand.RunAsync, "kubelint graph --format svg"),
        Verb.Create<ImagesOptions>(ImagesCommand.RunAsync, "kubelint images --format markdown"),
        Verb.Create<BuildOptions>(BuildCommand.RunAsync, "kubelint build ./apps/web", "kubelint build . --kustomization flux-system/apps --origins"),
        Verb.Create<RulesOptions>(RulesCommand.RunAsync, "kubelint rules", "kubelint rules images --format markdown"),
        Verb.Create<ExplainOptions>(ExplainCommand.RunAsync, "kubelint explain KL1001", "kubelint explain image-latest-tag"),
        Verb.Create<InitOptions>(InitCommand.RunAsync, "kubelint init", "kubelint init ./kubernetes --ci github --pre-commit"),
        Verb.Create<ConfigOptions>(ConfigCommand.RunAsync, "kubelint config", "kubelint config ./kubernetes"),
        Verb.Create<CompletionOptions>(CompletionCommand.RunAsync, "kubelint completion bash", "kubelint completion fish"),
        Verb.Create<DiagnoseArguments>(
            DiagnoseCommand.RunAsync,
            "kubelint diagnose database/storage-s3",
            "kubelint diagnose media/plex --repo ./kubernetes --format markdown",
            "kubelint diagnose database/storage-s3 --apply reconcile --watch"),
        Verb.Create<RegistryArguments>(
            RegistryCommand.RunAsync,
            "kubelint registry check ./kubernetes",
            "kubelint registry check ./kubernetes --pin --fix",
            "kubelint registry check ./kubernetes --pin --live"),
        Verb.Create<LspOptions>(LspCommand.RunAsync, "kubelint lsp"),
        Verb.Create<SchemasArguments>(SchemasCommand.RunAsync, "kubelint schemas pull .kubelint/schemas"),
    ];
}

using CommandLine;

using KubeLint.LanguageServer;
using KubeLint.Rules;

namespace KubeLint.Cli;

/// <summary>The options of <c>kubelint lsp</c>.</summary>
public sealed class LspOptions
{
    /// <summary>Whether messages go over standard input and output, which they always do.</summary>
    [Option("stdio", HelpText = "Talks over standard input and output. It always does; some editors pass this.")]
    public bool Stdio { get; set; }
}

/// <summary><c>kubelint lsp</c>: a language server until the editor says goodbye.</summary>
internal static class LspCommand
{
    public static async Task<int> RunAsync(LspOptions options, CliHost host, CancellationToken cancellationToken)
    {
        var setup = new LanguageServerSetup
        {
            Input = host.Input,
            Output = host.RawOutput ?? throw new UsageException("kubelint lsp needs a standard output of its own"),
            Error = host.Error,
            Rules = host.Rules,
            ReadPage = BuiltInRules.ReadPage,
            FindSchema = KnownSchemas.Find,
            KnownKinds = KnownSchemas.Kinds,
            Version = CliApplication.Version,
            WatchFiles = host.WatchFiles,
        };

        // The protocol: 0 after a shutdown request, else 1 (https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#exit).
        return await LanguageServerHost.RunAsync(setup, cancellationToken) ? ExitCodes.Success : ExitCodes.Findings;
    }
}

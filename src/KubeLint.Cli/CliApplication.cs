using System.Collections.Immutable;

using CommandLine;
using CommandLine.Text;

using KubeLint.Cluster.Api;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>The tool as a function from arguments to an exit code.</summary>
public static class CliApplication
{
    /// <summary>Set to 1, the environment variable that lets a failure show its stack.</summary>
    private const string DebugVariable = "KUBELINT_DEBUG";

    /// <summary>KubeLint's version, without build metadata.</summary>
    public const string Version = BuildVersion.Text;

    /// <summary>What <c>--version</c> says.</summary>
    internal const string VersionLine = $"kubelint {Version}";

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The arguments, without the program's name.</param>
    /// <param name="host">The world around it.</param>
    /// <param name="cancellationToken">Ends the run; the exit code is then <see cref="ExitCodes.Interrupted"/>.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, CliHost host, CancellationToken cancellationToken = default)
    {
        try
        {
            try
            {
                return await RunVerbAsync(arguments, host, cancellationToken);
            }
            finally
            {
                // Here, so that a full disk behind standard output is told like any other failure.
                Flush(host.Output);
            }
        }
        catch (UsageException error)
        {
            host.Error.WriteLine($"kubelint: {error.Message}");
            return ExitCodes.WrongUse;
        }
        catch (ClusterException error)
        {
            host.Error.WriteLine($"kubelint: {error.Message}");
            return ExitCodes.CouldNotLook;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
#pragma warning disable CA1031 // The last resort: whatever it is, the caller learns that it is no finding.
        catch (Exception error)
#pragma warning restore CA1031
        {
            // A report that could not be written whole is the world's failure, not ours.
            var what = error is IOException ? "the work could not be finished" : "internal failure, please report it";
            var isDebug = host.GetEnvironmentVariable(DebugVariable) == "1";
            var detail = isDebug ? error.ToString() : $"{error.Message} ({DebugVariable}=1 shows where)";
            host.Error.WriteLine($"kubelint: {what}: {detail}");
            return ExitCodes.InternalFailure;
        }
    }

    // Not asynchronously: a console's stream would start the thread pool for it.
    private static void Flush(TextWriter output) => output.Flush();

    private static Task<int> RunVerbAsync(string[] arguments, CliHost host, CancellationToken cancellationToken)
    {
        if (arguments is ["--version"])
        {
            return WriteVersion(host);
        }

        var verbs = Verbs.All();
        var (verb, normalized) = ArgumentNormalizer.Normalize(arguments, verbs);
        var options = normalized.TakeWhile(argument => argument != "--").ToImmutableArray();
        if (options.Contains("--help") || options.Contains("-h"))
        {
            HelpPage.Write(verb, verbs, Version, host.Output);
            return Task.FromResult(ExitCodes.Success);
        }

        if (options.Contains("--version"))
        {
            return WriteVersion(host);
        }

        HugePages.UseForHeap();
        using var parser = new Parser(settings =>
        {
            settings.AutoHelp = false;
            settings.AutoVersion = false;
            settings.AllowMultiInstance = true;
            settings.EnableDashDash = true;
            settings.HelpWriter = null;
        });
        return verb.RunAsync(parser, normalized, errors => new UsageException(Describe(errors, verb)), host, cancellationToken);
    }

    private static Task<int> WriteVersion(CliHost host)
    {
        host.Output.WriteLine(VersionLine);
        return Task.FromResult(ExitCodes.Success);
    }

    private static string Describe(IEnumerable<Error> errors, Verb verb)
    {
        var sentences = SentenceBuilder.Create();
        var lines = errors.Select(error => error switch
        {
            UnknownOptionError unknown => DescribeUnknown(unknown.Token, verb),
            _ => sentences.FormatError(error),
        });
        return $"{string.Join('\n', lines)}\nTry 'kubelint {verb.Name} --help'";
    }

    private static string DescribeUnknown(string name, Verb verb)
    {
        var nearest = NearestName.Find(name, verb.Options.Where(option => option.LongName.Length > 0).Select(option => option.LongName));
        return nearest is null ? $"there is no option '{name}'" : $"there is no option '{name}'; did you mean '--{nearest}'?";
    }
}

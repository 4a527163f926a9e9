using KubeLint.Reporting;

namespace KubeLint.Cli;

/// <summary>Decides whether colours are written.</summary>
internal static class ColorChoice
{
    private static readonly string[] Words = ["auto", "always", "never"];

    /// <summary>The style of standard output, or of standard error.</summary>
    /// <param name="choice">What <c>--color</c> says; null where it is not given.</param>
    /// <param name="host">The world around the run.</param>
    /// <param name="isTerminal">Whether a person watches the stream.</param>
    /// <exception cref="UsageException">The choice is none.</exception>
    public static TextStyle Style(string? choice, CliHost host, bool isTerminal)
    {
        var useColor = choice switch
        {
            "always" => true,
            "never" => false,
            null or "auto" => Automatic(host, isTerminal),
            _ => throw new UsageException($"--color must be {string.Join(", ", Words)}, not '{choice}'"),
        };
        return new TextStyle(useColor, isTerminal && host.TerminalWidth is { } width ? width : TextStyle.DefaultWidth);
    }

    // https://no-color.org and https://force-color.org: set and not empty.
    private static bool Automatic(CliHost host, bool isTerminal)
    {
        if (host.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 })
        {
            return false;
        }

        return host.GetEnvironmentVariable("FORCE_COLOR") is { Length: > 0 } force ? force != "0"
            : isTerminal && host.GetEnvironmentVariable("TERM") != "dumb";
    }
}

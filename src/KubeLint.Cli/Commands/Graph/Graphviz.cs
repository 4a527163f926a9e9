using System.ComponentModel;
using System.Diagnostics;

namespace KubeLint.Cli;

/// <summary>Graphviz's <c>dot</c>, where it is installed.</summary>
internal static class Graphviz
{
    /// <summary>Draws a graph as SVG; null where <c>dot</c> is not there or fails.</summary>
    /// <param name="graph">The graph in Graphviz's language.</param>
    /// <param name="cancellationToken">Ends the drawing.</param>
    public static async Task<string?> TryDrawAsync(string graph, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("dot", ["-Tsvg"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        try
        {
            var result = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardInput.WriteAsync(graph.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
            await errors;
            return process.ExitCode == 0 ? await result : null;
        }
        catch (IOException)
        {
            return null;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}

using System.Runtime.InteropServices;
using System.Text;

using KubeLint.Cli;

// The one place that knows the console.
#pragma warning disable RS0030

if (args is ["--version"] && QuickVersion.TryWrite())
{
    return ExitCodes.Success;
}

using var interrupted = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
{
    // The first interrupt ends the work in order, a second one the process.
    context.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
});

var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var rawOutput = Console.OpenStandardOutput();
using var output = new StreamWriter(Console.OpenStandardOutput(), encoding, bufferSize: 16 * 1024) { NewLine = "\n" };
using var error = new StreamWriter(Console.OpenStandardError(), encoding) { NewLine = "\n", AutoFlush = true };
var host = new CliHost
{
    Input = Console.OpenStandardInput(),
    Output = output,
    RawOutput = rawOutput,
    Error = error,
    IsOutputTerminal = !Console.IsOutputRedirected,
    IsErrorTerminal = !Console.IsErrorRedirected,
    TerminalWidth = Console.IsOutputRedirected ? null : TerminalWidth(),
    CurrentDirectory = Environment.CurrentDirectory,
    GetEnvironmentVariable = Environment.GetEnvironmentVariable,
};
return await CliApplication.RunAsync(args, host, interrupted.Token);

static int? TerminalWidth()
{
    try
    {
        return Console.WindowWidth is > 0 and var width ? width : null;
    }
    catch (IOException)
    {
        return null;
    }
}

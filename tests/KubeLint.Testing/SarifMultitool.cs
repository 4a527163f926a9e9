using System.Diagnostics;
using System.Text.Json;

using Xunit;

namespace KubeLint.Testing;

/// <summary>
/// The official validator of SARIF (npm <c>@microsoft/sarif-multitool</c>). It exits with 0 whatever it finds, so its log is
/// read. <c>.ci/run</c> installs it below <c>artifacts/</c>.
/// </summary>
public static class SarifMultitool
{
    private static string Executable { get; } = Path.Combine(
        TestPaths.Root, "artifacts", "npm", "node_modules", "@microsoft", "sarif-multitool-linux", "Sarif.Multitool");

    /// <summary>What the validator says about a log; skips the test, by name and with the reason, where it is not installed.</summary>
    /// <param name="sarif">The log.</param>
    /// <returns>Errors and warnings as <c>level rule: message</c>; notes, which are advice, are left out.</returns>
    public static IReadOnlyList<string> Validate(string sarif)
    {
        Skip.IfNot(File.Exists(Executable), "needs the npm package @microsoft/sarif-multitool: npm install --prefix artifacts/npm @microsoft/sarif-multitool");
        var folder = Directory.CreateTempSubdirectory("kubelint-sarif-");
        try
        {
            var input = Path.Combine(folder.FullName, "input.sarif");
            var log = Path.Combine(folder.FullName, "log.sarif");
            File.WriteAllText(input, sarif);
            Run(["validate", input, "--output", log, "--log", "ForceOverwrite", "--level", "Error;Warning", "--kind", "Fail"]);
            return Read(log);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Run(string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"the validator failed: {output}{error.Result}");
    }

    private static List<string> Read(string log)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(log));
        var run = document.RootElement.GetProperty("runs")[0];
        Assert.True(run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean(), "the validator did not finish");
        return [.. run.GetProperty("results").EnumerateArray().Select(Describe)];
    }

    private static string Describe(JsonElement result)
    {
        // SARIF leaves the level out where it is the default, "warning".
        var level = result.TryGetProperty("level", out var value) ? value.GetString() : "warning";
        var message = result.GetProperty("message");
        var text = message.TryGetProperty("text", out var plain) ? plain.GetString()
            : string.Join("; ", message.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString()));
        return $"{level} {result.GetProperty("ruleId").GetString()}: {text}";
    }
}

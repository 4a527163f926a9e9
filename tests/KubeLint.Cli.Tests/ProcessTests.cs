using System.Diagnostics;
using System.Globalization;

namespace KubeLint.Cli.Tests;

// What only a process of its own shows: streams, signals, exit codes.
public sealed class ProcessTests
{
    // The tool beside the tests: the build copies it there.
    private static string Tool { get; } = Path.Combine(AppContext.BaseDirectory, "kubelint.dll");

    [Fact]
    public void The_exit_code_and_the_report_reach_the_shell()
    {
        using var repository = new TemporaryRepository(("a.yaml", "a: 1\n b: 2\n"));
        var (exitCode, output, error) = repository.Bash($"dotnet '{Tool}' -f concise");
        exitCode.ShouldBe(1);
        output.ShouldStartWith("a.yaml:2:");
        error.ShouldBeEmpty();
    }

    [Fact]
    public void The_report_is_utf_8_without_a_byte_order_mark()
    {
        using var repository = new TemporaryRepository(("ö.yaml", "a: 1\n b: 2\n"));
        var (_, output, _) = repository.Bash($"dotnet '{Tool}' -f concise | head -c 2 | od -An -tx1");
        output.Trim().ShouldBe("c3 b6");
    }

    [Fact]
    public void A_closed_pipe_is_no_failure()
    {
        // More than a pipe holds.
        using var repository = new TemporaryRepository(("a.yaml", string.Concat(Enumerable.Repeat("a: 1\n", 2000))));
        var (_, output, error) = repository.Bash($"dotnet '{Tool}' | head -n 1");
        output.ShouldStartWith("a.yaml:2:");
        error.ShouldBeEmpty();
    }

    [Fact]
    public void The_version_stands_where_a_script_has_got_to_and_a_full_disk_is_told()
    {
        using var repository = new TemporaryRepository();
        var (exitCode, output, error) = repository.Bash($"(echo before; dotnet '{Tool}' --version; echo behind) > file; cat file; dotnet '{Tool}' --version > /dev/full");
        output.ShouldMatch(@"^before\nkubelint \d\S*\nbehind\n$");
        exitCode.ShouldBe(3);
        error.ShouldContain("the work could not be finished");
    }

    [SkippableFact]
    public async Task An_interrupt_ends_a_run_that_waits_for_input()
    {
        // What a shell starts in the background inherits that, and nothing can change it from within.
        Skip.If(Signals("/proc/self/status", "SigIgn:"), "interrupts are ignored where these tests were started");

        using var repository = new TemporaryRepository();
        var start = new ProcessStartInfo("dotnet", [Tool, "-", "-v"])
        {
            WorkingDirectory = repository.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;

        // One signal only: a second one kills, whatever the first one did.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await HasHandler(process, patience.Token);
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(patience.Token);
        process.ExitCode.ShouldBe(130);
        (await process.StandardOutput.ReadToEndAsync()).ShouldBeEmpty();
        (await process.StandardError.ReadToEndAsync()).ShouldBeEmpty();
    }

    // Linux tells which signals a process catches (proc(5), SigCgt: the second bit is that of an interrupt). Elsewhere nothing outside
    // tells when the program listens, and a busy machine starts it late.
    private static async Task HasHandler(Process process, CancellationToken patience)
    {
        var status = $"/proc/{process.Id}/status";
        if (!File.Exists(status))
        {
            await Task.Delay(TimeSpan.FromSeconds(8), patience);
            return;
        }

        while (!Signals(status, "SigCgt:"))
        {
            await Task.Delay(20, patience);
        }
    }

    private static bool Signals(string status, string set) => File.Exists(status) && File.ReadLines(status).Any(line => line.StartsWith(set, StringComparison.Ordinal)
        && (ulong.Parse(line.AsSpan(set.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 0b10) != 0);

    [Fact]
    public void Standard_input_is_linted()
    {
        using var repository = new TemporaryRepository();
        var (exitCode, output, _) = repository.Bash($"printf 'a: 1\\n b: 2\\n' | dotnet '{Tool}' - --stdin-filename x.yaml -f concise");
        exitCode.ShouldBe(1);
        output.ShouldStartWith("x.yaml:2:");
    }
}

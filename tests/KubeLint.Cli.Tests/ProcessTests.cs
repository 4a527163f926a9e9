using System.Diagnostics;

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
        using var repository = new TemporaryRepository([.. Enumerable.Range(0, 2000).Select(i => ($"f{i}.yaml", "a: 1\n b: 2\n"))]);
        var (_, output, error) = repository.Bash($"dotnet '{Tool}' | head -n 1");
        output.ShouldStartWith("f0.yaml:2:");
        error.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_interrupt_ends_a_run_that_waits_for_input()
    {
        using var repository = new TemporaryRepository();
        var start = new ProcessStartInfo("dotnet", [Tool, "-", "-v"])
        {
            WorkingDirectory = repository.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;

        // One signal only: a second one kills, whatever the first one did. Nothing outside tells when the program listens, and a
        // busy machine starts it late.
        await Task.Delay(TimeSpan.FromSeconds(8));
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        process.ExitCode.ShouldBe(130);
        (await process.StandardOutput.ReadToEndAsync()).ShouldBeEmpty();
        (await process.StandardError.ReadToEndAsync()).ShouldBeEmpty();
    }

    [Fact]
    public void Standard_input_is_linted()
    {
        using var repository = new TemporaryRepository();
        var (exitCode, output, _) = repository.Bash($"printf 'a: 1\\n b: 2\\n' | dotnet '{Tool}' - --stdin-filename x.yaml -f concise");
        exitCode.ShouldBe(1);
        output.ShouldStartWith("x.yaml:2:");
    }
}

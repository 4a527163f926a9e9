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
        var (exitCode, output, error) = Run(repository, $"dotnet '{Tool}' -f concise");
        exitCode.ShouldBe(1);
        output.ShouldStartWith("a.yaml:2:");
        error.ShouldBeEmpty();
    }

    [Fact]
    public void The_report_is_utf_8_without_a_byte_order_mark()
    {
        using var repository = new TemporaryRepository(("ö.yaml", "a: 1\n b: 2\n"));
        var (_, output, _) = Run(repository, $"dotnet '{Tool}' -f concise | head -c 2 | od -An -tx1");
        output.Trim().ShouldBe("c3 b6");
    }

    [Fact]
    public void A_closed_pipe_is_no_failure()
    {
        using var repository = new TemporaryRepository([.. Enumerable.Range(0, 2000).Select(i => ($"f{i}.yaml", "a: 1\n b: 2\n"))]);
        var (_, output, error) = Run(repository, $"dotnet '{Tool}' | head -n 1");
        output.ShouldStartWith("f0.yaml:2:");
        error.ShouldBeEmpty();
    }

    [Fact]
    public void An_interrupt_ends_a_run_that_waits_for_input_or_works()
    {
        using var repository = new TemporaryRepository();

        // The tool waits for standard input, which stays open, until the signal comes.
        var (_, output, error) = Run(repository, $"sleep 30 | dotnet '{Tool}' - & sleep 3; kill -INT $(pgrep -P $$ -f kubelint.dll) ; wait $!; echo code $?");
        output.ShouldContain("code 130");
        error.ShouldBeEmpty();
    }

    [Fact]
    public void Standard_input_is_linted()
    {
        using var repository = new TemporaryRepository();
        var (exitCode, output, _) = Run(repository, $"printf 'a: 1\\n b: 2\\n' | dotnet '{Tool}' - --stdin-filename x.yaml -f concise");
        exitCode.ShouldBe(1);
        output.ShouldStartWith("x.yaml:2:");
    }

    private static (int ExitCode, string Output, string Error) Run(TemporaryRepository repository, string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = repository.Directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}

using System.Text;

namespace KubeLint.Cli.Tests;

public sealed class WatchTests
{
    [Fact]
    public async Task A_change_is_linted_after_a_moment_of_quiet_and_mistakes_do_not_end_the_watch()
    {
        using var repository = new TemporaryRepository(("a.yaml", "a: 1\n"));
        await using var watch = new Watch(repository.Directory);
        await watch.HasWritten("waiting for changes", 1);
        watch.Output.ShouldContain("\e[H\e[2J\e[3J");
        watch.Output.ShouldContain("No findings in 1 file.");

        repository.Write("a.yaml", "a: 1\n b: 2\n");
        watch.Change("a.yaml");
        watch.Change("a.yaml");
        await watch.HasWritten("waiting for changes", 2);
        watch.Output.ShouldContain("KL0002");

        repository.Write(".kubelint.yaml", "rulez: {}\n");
        watch.Change(".kubelint.yaml");
        await watch.HasWritten("waiting for changes", 3);
        watch.Error.ShouldContain("There is no setting 'rulez'; did you mean 'rules'?");

        watch.Change(".git/index");
        watch.Change("node_modules/x.yaml");
        await Task.Delay(500);
        watch.Count("waiting for changes").ShouldBe(3);
        (await watch.Stop()).ShouldBe(130);
    }

    [Fact]
    public async Task Files_that_come_and_go_are_seen()
    {
        using var repository = new TemporaryRepository(("a.yaml", "a: 1\n"));
        await using var watch = new Watch(repository.Directory);
        await watch.HasWritten("waiting for changes", 1);

        repository.Write("new/b.yaml", "a: 1\n b: 2\n");
        watch.Change("new/b.yaml");
        await watch.HasWritten("waiting for changes", 2);
        watch.Output.ShouldContain("new/b.yaml");

        File.Delete(Path.Combine(repository.Directory, "new/b.yaml"));
        watch.Change("new/b.yaml");
        await watch.HasWritten("waiting for changes", 3);
        (await watch.Stop()).ShouldBe(130);
        watch.Output.Split("No findings in 1 file.").Length.ShouldBe(3);
    }

    [Fact]
    public async Task Changes_on_disk_are_seen()
    {
        using var repository = new TemporaryRepository(("apps/a.yaml", "a: 1\n"));
        await using var watch = new Watch(repository.Directory, isReal: true);
        await watch.HasWritten("waiting for changes", 1);
        repository.Write("apps/a.yaml", "a: 1\n b: 2\n");
        await watch.HasWritten("waiting for changes", 2);
        watch.Output.ShouldContain("KL0002");
        (await watch.Stop()).ShouldBe(130);
    }

    [Theory]
    [InlineData("--fix")]
    [InlineData("--diff")]
    [InlineData("-")]
    public void Wrong_use_is_told_and_exits_with_2(string argument)
    {
        using var repository = new TemporaryRepository();
        var result = repository.Cli.Run("--watch", argument);
        result.Error.ShouldContain("--watch reports only");
        result.ExitCode.ShouldBe(2);
    }

    // A run that watches, with what it wrote so far.
    private sealed class Watch : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

        private readonly CancellationTokenSource end = new();
        private readonly Recorder output = new();
        private readonly Recorder error = new();
        private readonly string directory;
        private readonly Task<int> run;
        private Action<string>? changed;

        public Watch(string directory, bool isReal = false)
        {
            this.directory = directory;
            var host = new CliHost { Input = Stream.Null, Output = output, Error = error, IsOutputTerminal = true, CurrentDirectory = directory };
            if (!isReal)
            {
                host = host with
                {
                    WatchFiles = (_, tell) =>
                    {
                        changed = tell;
                        return new MemoryStream();
                    },
                };
            }

            run = Task.Run(() => CliApplication.RunAsync(["--watch", "--color", "never"], host, end.Token));
        }

        public string Output => output.ToString();

        public string Error => error.ToString();

        public void Change(string path) => changed!($"{directory}/{path}");

        public int Count(string text) => Error.Split(text).Length - 1;

        public async Task HasWritten(string text, int times)
        {
            using var patience = new CancellationTokenSource(Patience);
            while (Count(text) < times)
            {
                await Task.Delay(20, patience.Token);
            }
        }

        public async Task<int> Stop()
        {
            await end.CancelAsync();
            return await run;
        }

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            await run;
        }
    }

    private sealed class Recorder : TextWriter
    {
        private readonly StringBuilder text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (text)
            {
                text.Append(value);
            }
        }

        public override string ToString()
        {
            lock (text)
            {
                return text.ToString();
            }
        }
    }
}

using System.Text.Json;

namespace KubeLint.Cli.Tests;

public sealed class CommandLineTests
{
    private const string Broken = "a: 1\n b: 2\n";
    private const string Fine = "a: 1\n";

    [Fact]
    public void Version_is_one_line()
    {
        using var repository = new TemporaryRepository();
        var result = repository.Cli.Run("--version");
        result.Output.ShouldMatch(@"^kubelint \d+\.\d+\.\d+\S*\n$");
        result.ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("lint", "--help")]
    [InlineData("./path", "--help")]
    public void Help_lists_options_commands_and_examples(params string[] arguments)
    {
        using var repository = new TemporaryRepository();
        var result = repository.Cli.Run(arguments);
        result.ExitCode.ShouldBe(0);
        result.Error.ShouldBeEmpty();
        result.Output.ShouldContain("--format");
        result.Output.ShouldContain("Examples:\n  kubelint ./kubernetes\n");
        result.Output.Split('\n').ShouldAllBe(line => line.Length <= 110);
    }

    [Fact]
    public void The_help_has_an_example_of_every_command_and_of_what_people_look_for()
    {
        using var repository = new TemporaryRepository();
        var page = repository.Cli.Run("--help").Output;
        var examples = page[page.IndexOf("Examples:", StringComparison.Ordinal)..];
        string[] parts =
        [
            .. Verbs.All().Where(verb => verb.Name != Verbs.Default).Select(verb => $"kubelint {verb.Name}"),
            "--fix", "--unsafe-fixes", "--diff", "--pin", "--baseline", "--write-baseline", "--since", "--config", "--no-config", "--color", "--watch", "--statistics", "--verbose",
            "--quiet", "--format", "--output", "--select", "--fail-on", "kubelint - ", "# kubelint: ignore[",
        ];
        foreach (var part in parts)
        {
            examples.ShouldContain(part);
        }
    }

    [Fact]
    public void The_examples_of_the_help_are_understood()
    {
        using var repository = new TemporaryRepository(("kubernetes/a.yaml", Fine));
        foreach (var verb in Verbs.All())
        {
            foreach (var example in verb.Examples)
            {
                var normalized = ArgumentNormalizer.Normalize(example.Split(' ').AsSpan(1), Verbs.All());
                normalized.Verb.Name.ShouldBe(verb.Name, example);
            }
        }

        repository.Cli.Run("./kubernetes", "--format", "json", "--output", "results.json").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Without_a_verb_or_a_path_the_working_directory_is_linted()
    {
        using var repository = new TemporaryRepository(("a.yaml", Broken), ("b.yaml", Fine));
        var result = repository.Cli.Run();
        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("a.yaml:2:");
        result.Output.ShouldContain("KL0002");
        result.Output.ShouldEndWith("in 1 of 2 files.\n");
    }

    [Theory]
    [InlineData("lint", "sub")]
    [InlineData("sub")]
    [InlineData("--quiet", "sub")]
    [InlineData("-q", "sub")]
    [InlineData("sub", "--quiet")]
    [InlineData("--select", "images", "sub")]
    [InlineData("--select=images", "sub")]
    [InlineData("--select", "images", "--select", "KL2", "sub")]
    [InlineData("--output", "json=out.json", "sub")]
    [InlineData("-o", "json=out.json", "sub")]
    [InlineData("-qf", "text", "sub")]
    [InlineData("-vqftext", "sub")]
    [InlineData("--", "sub")]
    public void An_option_takes_its_own_value_and_leaves_the_path(params string[] arguments)
    {
        using var repository = new TemporaryRepository(("a.yaml", Broken), ("sub/b.yaml", Broken));
        var result = repository.Cli.Run(arguments);
        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("sub/b.yaml:2:");
        result.Output.ShouldNotContain("a.yaml:");
    }

    [Fact]
    public void Several_paths_and_globs_are_read()
    {
        using var repository = new TemporaryRepository(("a/x.yaml", Broken), ("b/y.yaml", Broken), ("c/z.yaml", Broken));
        var result = repository.Cli.Run("a", "b/*.yaml", "-f", "concise");
        result.Output.ShouldContain("a/x.yaml:");
        result.Output.ShouldContain("b/y.yaml:");
        result.Output.ShouldNotContain("c/z.yaml");
    }

    [Theory]
    [InlineData("error", 1)]
    [InlineData("warning", 1)]
    [InlineData("info", 1)]
    [InlineData("never", 0)]
    public void The_level_decides_the_exit_code(string level, int exitCode)
    {
        using var repository = new TemporaryRepository(("a.yaml", Broken));
        repository.Cli.Run("--fail-on", level).ExitCode.ShouldBe(exitCode);
    }

    [Theory]
    [InlineData("error", 0)]
    [InlineData("warning", 1)]
    public void A_finding_below_the_level_does_not_fail_the_run(string level, int exitCode)
    {
        using var repository = new TemporaryRepository((".kubelint.yaml", "rules:\n  yaml-syntax: warning\n"), ("a.yaml", Broken));
        var result = repository.Cli.Run("--fail-on", level);
        result.Output.ShouldContain("warning KL0002");
        result.ExitCode.ShouldBe(exitCode);
    }

    [Fact]
    public void Reports_go_to_files_and_nothing_else_to_standard_output()
    {
        using var repository = new TemporaryRepository(("a.yaml", Broken));
        var result = repository.Cli.Run("--format", "json", "--output", "out.json");
        result.Output.ShouldBeEmpty();
        JsonDocument.Parse(repository.Read("out.json")).RootElement.GetProperty("findings").GetArrayLength().ShouldBe(1);
        Directory.GetFiles(repository.Directory).Length.ShouldBe(2);
    }

    [Fact]
    public void Several_reports_are_written_besides_the_main_one()
    {
        using var repository = new TemporaryRepository(("a.yaml", Broken));
        var result = repository.Cli.Run("--output", "json=out.json", "--output", "junit=report.xml", "--output", "csv=out.csv");
        result.Output.ShouldContain("KL0002");
        repository.Read("out.json").ShouldStartWith("{");
        repository.Read("report.xml").ShouldStartWith("<?xml");
        repository.Read("out.csv").ShouldStartWith("path,");
    }

    [Fact]
    public void The_ending_of_a_file_names_its_format()
    {
        using var repository = new TemporaryRepository(("a.yaml", Broken));
        repository.Cli.Run("-o", "out.csv").ExitCode.ShouldBe(1);
        repository.Read("out.csv").ShouldStartWith("path,");
    }

    [Fact]
    public void A_file_that_exists_is_replaced_as_a_whole()
    {
        using var repository = new TemporaryRepository(("a.yaml", Fine), ("out.json", new string('x', 100_000)));
        repository.Cli.Run("-o", "out.json");
        JsonDocument.Parse(repository.Read("out.json")).RootElement.GetProperty("findings").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("there is no option 'formt'; did you mean '--format'?", "--formt", "json")]
    [InlineData("there is no format 'jsn'; did you mean 'json'?", "--format", "jsn")]
    [InlineData("there is no format 'x'", "--output", "x=out")]
    [InlineData("no such", "--output", "json=no such/out.json", "sub")]
    [InlineData("two reports would go to", "-o", "json=out", "-o", "csv=out")]
    [InlineData("can be given once", "-o", "a", "-o", "b")]
    [InlineData("is a folder", "-o", "sub")]
    [InlineData("--fail-on must be error, warning, info or never, not 'bad'", "--fail-on", "bad")]
    [InlineData("--color must be auto, always, never, not 'bad'", "--color", "bad")]
    [InlineData("There is no rule or family 'yaml-sintax'; did you mean 'yaml-syntax'?", "--ignore", "yaml-sintax")]
    [InlineData("There is no file or directory 'missing'", "missing")]
    [InlineData("'-' reads standard input and stands alone", "-", "a.yaml")]
    [InlineData("--stdin-filename is for 'kubelint -'", "--stdin-filename", "a.yaml")]
    [InlineData("there is no configuration file 'x.yaml'", "--config", "x.yaml")]
    [InlineData("exclude each other", "--config", "a.yaml", "--no-config")]
    [InlineData("--statistics has a text form only", "--statistics", "-f", "json")]
    public void Wrong_use_is_told_and_exits_with_2(string message, params string[] arguments)
    {
        using var repository = new TemporaryRepository(("a.yaml", Fine), ("sub/b.yaml", Fine));
        var result = repository.Cli.Run(arguments);
        result.Error.ShouldContain(message, Case.Sensitive);
        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public void A_wrong_configuration_is_shown_with_a_caret_and_exits_with_2()
    {
        using var repository = new TemporaryRepository((".kubelint.yaml", "rules:\n  yaml-syntax: worning\n"), ("a.yaml", Fine));
        var result = repository.Cli.Run();
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(".kubelint.yaml:2:16 error:");
        result.Error.ShouldContain("2 |   yaml-syntax: worning\n  |                ^^^^^^^\n");
        result.Error.ShouldEndWith("kubelint: the configuration has an error\n");
        repository.Cli.Run("--no-config").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void What_the_configuration_excludes_is_relative_to_its_folder()
    {
        using var repository = new TemporaryRepository((".kubelint.yaml", "exclude: [old/]\n"), ("sub/old/a.yaml", Broken), ("old/a.yaml", Broken));
        var result = new Cli(Path.Combine(repository.Directory, "sub")).Run("..");
        result.Output.ShouldContain("No findings");
    }

    [Fact]
    public void Standard_input_stands_at_the_place_of_the_named_file()
    {
        using var repository = new TemporaryRepository(("apps/a.yaml", Fine));
        var cli = repository.Cli with { Input = Broken };
        cli.Run("-", "--stdin-filename", "apps/a.yaml", "-f", "concise").Output.ShouldStartWith("apps/a.yaml:2:");
        cli.Run("-", "-f", "concise").Output.ShouldStartWith("stdin.yaml:2:");
        repository.Read("apps/a.yaml").ShouldBe(Fine);
    }

    [Theory]
    [InlineData(true, "", "", null, true)]
    [InlineData(false, "", "", null, false)]
    [InlineData(true, "1", "", null, false)]
    [InlineData(true, "1", "1", null, false)]
    [InlineData(false, "", "1", null, true)]
    [InlineData(true, "", "0", null, false)]
    [InlineData(false, "1", "", "always", true)]
    [InlineData(true, "", "1", "never", false)]
    public void Colours_are_for_terminals_and_for_who_asks(bool isTerminal, string noColor, string forceColor, string? choice, bool isColored)
    {
        using var repository = new TemporaryRepository(("a.yaml", Broken));
        var cli = repository.Cli with { IsTerminal = isTerminal, Environment = new() { ["NO_COLOR"] = noColor, ["FORCE_COLOR"] = forceColor } };
        var result = choice is null ? cli.Run() : cli.Run("--color", choice);
        result.Output.Contains('\e').ShouldBe(isColored);
    }

    [Fact]
    public void A_dumb_terminal_gets_no_colours()
    {
        using var repository = new TemporaryRepository(("a.yaml", Broken));
        (repository.Cli with { IsTerminal = true, Environment = new() { ["TERM"] = "dumb" } }).Run().Output.ShouldNotContain("\e");
    }

    [Fact]
    public void Statistics_count_by_rule()
    {
        using var repository = new TemporaryRepository(("a.yaml", Broken), ("b.yaml", Broken));
        repository.Cli.Run("--statistics").Output.ShouldStartWith("     2  error    KL0002  yaml-syntax: ");
    }

    [Fact]
    public void Verbose_tells_phases_on_standard_error_and_leaves_the_report_alone()
    {
        using var repository = new TemporaryRepository(("a.yaml", Broken));
        var result = repository.Cli.Run("--verbose");
        result.Error.ShouldMatch(@"Reading files: 1 files \(\d+ ms\)");
        result.Output.ShouldBe(repository.Cli.Run().Output);
    }

    [Fact]
    public void Quiet_leaves_the_findings_only()
    {
        using var repository = new TemporaryRepository(("a.yaml", Fine));
        repository.Cli.Run("-q").Output.ShouldBeEmpty();
    }

    [Fact]
    public void Templates_are_one_note_for_each_kind()
    {
        using var repository = new TemporaryRepository(("a.yaml", "{{ if x }}\na: 1\n{{ end }}\n"), ("b.yaml", "{{ if x }}\na: 1\n{{ end }}\n"));
        var result = repository.Cli.Run();
        result.ExitCode.ShouldBe(0);
        result.Output.ShouldStartWith("note: a.yaml and 1 more: ");
    }

    [Fact]
    public void An_interrupted_run_exits_as_shells_expect()
    {
        using var repository = new TemporaryRepository(("a.yaml", Fine));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        repository.Cli.Run(cancelled.Token, ".").ExitCode.ShouldBe(130);
    }
}

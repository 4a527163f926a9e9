using System.Diagnostics;
using System.Text.Json;

using KubeLint.Analysis;
using KubeLint.Rules;
using KubeLint.Testing;

namespace KubeLint.Cli.Tests;

public sealed class CommandTests
{
    [Fact]
    public void Rules_are_listed_by_family()
    {
        using var repository = new TemporaryRepository();
        var result = repository.Cli.Run("rules");
        result.ExitCode.ShouldBe(0);
        result.Output.ShouldStartWith("run (KL0)\n  KL0001  rule-failed ");
        foreach (var rule in BuiltInRules.All)
        {
            result.Output.ShouldContain($"  {rule.Descriptor.Id}  {rule.Descriptor.Name} ");
        }
    }

    [Fact]
    public void Rules_are_listed_for_programs_and_for_pages()
    {
        using var repository = new TemporaryRepository();
        using var json = JsonDocument.Parse(repository.Cli.Run("rules", "--format", "json").Output);
        json.RootElement.GetArrayLength().ShouldBe(BuiltInRules.All.Length);
        json.RootElement[1].GetProperty("name").GetString().ShouldBe("yaml-syntax");
        repository.Cli.Run("rules", "yaml-syntax", "--format", "markdown").Output.ShouldContain("`yaml-syntax` | error |");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("KL0")]
    public void A_family_can_be_listed_alone(string name)
    {
        using var repository = new TemporaryRepository();
        var result = repository.Cli.Run("rules", name);
        result.Output.ShouldContain("KL0002");
        result.Output.Split('\n').Count(line => line.Contains(" (KL", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("KL0002")]
    [InlineData("yaml-syntax")]
    public void Explain_shows_the_page(string name)
    {
        using var repository = new TemporaryRepository();
        var result = repository.Cli.Run("explain", name);
        result.ExitCode.ShouldBe(0);
        result.Output.ShouldStartWith("# ");
        result.Output.ShouldContain("KL0002");
        result.Output.ShouldContain("## What it does");
    }

    [Fact]
    public void Every_rule_can_be_explained()
    {
        using var repository = new TemporaryRepository();
        foreach (var rule in BuiltInRules.All)
        {
            repository.Cli.Run("explain", rule.Descriptor.Id).ExitCode.ShouldBe(0, rule.Descriptor.Id);
        }
    }

    [Theory]
    [InlineData("did you mean 'yaml-syntax'?", "explain", "yaml-sintax")]
    [InlineData("'run' is a family; 'kubelint rules run' lists its rules", "explain", "run")]
    [InlineData("explain needs a rule", "explain")]
    [InlineData("did you mean 'yaml-syntax'?", "rules", "yaml-sintax")]
    [InlineData("--format must be text, json or markdown", "rules", "-f", "xml")]
    [InlineData("completion needs a shell", "completion")]
    [InlineData("there is no completion for 'tcsh'", "completion", "tcsh")]
    [InlineData("did you mean the command 'explain'?", "explian")]
    public void Wrong_use_is_told_and_exits_with_2(string message, params string[] arguments)
    {
        using var repository = new TemporaryRepository();
        var result = repository.Cli.Run(arguments);
        result.Error.ShouldContain(message);
        result.ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Former_names_and_deprecated_rules_work_with_a_note()
    {
        using var repository = new TemporaryRepository(("a.yaml", "a: 1\n"));
        var cli = repository.Cli with { Rule = RuleEntry.Of(() => new OldRule()) };

        const string renamed = "The rule 'old-name' is now called 'new-name'";
        cli.Run("--select", "old-name").Output.ShouldContain($"note: {renamed}\n");
        cli.Run("--select", "new-name").Output.ShouldContain("note: The rule 'new-name' is deprecated and will go; 'kubelint explain KL1999' says what to use\n");
        cli.Run("rules", "old-name").Output.ShouldContain("new-name  warning  Finds documents (deprecated)");
        repository.Write(".kubelint.yaml", "rules: {old-name: error}\n");
        var result = cli.Run();
        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("error KL1999 new-name: Found");
        result.Output.ShouldContain(renamed);
    }

    [Fact]
    public void A_former_name_in_suppressions_works_with_one_note_that_says_where()
    {
        using var repository = new TemporaryRepository(
            ("a.yaml", "# kubelint: ignore[old-name] known\na: 1\n"),
            ("b.yaml", "# kubelint: ignore-file[old-name, new-name] known\nb: 1\n"),
            ("c.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  annotations:\n    kubelint.dev/ignore: old-name\n"));
        var cli = repository.Cli with { Rule = RuleEntry.Of(() => new OldRule()) };

        var result = cli.Run();
        result.ExitCode.ShouldBe(0, result.Output);
        result.Output.ShouldBe(
            """
            note: a.yaml:1:20: The rule 'old-name' is now called 'new-name' (also called 'old-name' at b.yaml:1:25, c.yaml:6:26)
            No findings in 3 files.

            """);
        cli.Run("--quiet").Output.ShouldBeEmpty();
        using var json = JsonDocument.Parse(cli.Run("-f", "json").Output);
        json.RootElement.GetProperty("notes")[0].GetProperty("place").GetProperty("startColumn").GetInt32().ShouldBe(20);
    }

    [Fact]
    public void Rules_say_which_option_their_fix_or_they_themselves_need()
    {
        using var repository = new TemporaryRepository();
        var list = repository.Cli.Run("rules", "images").Output;
        list.ShouldContain("KL1001  image-latest-tag ");
        list.Split('\n').Single(line => line.Contains("KL1001", StringComparison.Ordinal)).ShouldEndWith("(fix with --pin)");
        list.Split('\n').Single(line => line.Contains("KL1101", StringComparison.Ordinal)).ShouldEndWith("(with --since)");
    }

    [Fact]
    public void Config_shows_values_and_where_they_are_written()
    {
        using var repository = new TemporaryRepository((".kubelint.yaml", "exclude: [old/]\nrules:\n  duplicate-key: info\n"), ("sub/a.yaml", "a: 1\n"));
        var result = repository.Cli.Run("config", "sub");
        result.ExitCode.ShouldBe(0);
        result.Output.ShouldStartWith("# .kubelint.yaml\n");
        result.Output.ShouldMatch(@"\nexclude: .*old/.*  # \.kubelint\.yaml:1:10\n");
        result.Output.ShouldContain("\nrules.duplicate-key: info  # .kubelint.yaml:3:18\n");
        result.Output.ShouldContain("\nrules.yaml-syntax: error\n");
    }

    [Fact]
    public void Config_without_a_file_shows_the_defaults()
    {
        using var repository = new TemporaryRepository();
        repository.Cli.Run("config").Output.ShouldStartWith("# no .kubelint.yaml");
    }

    [SkippableTheory]
    [InlineData("--f", "--format")]
    [InlineData("--select yaml-", "yaml-syntax")]
    [InlineData("expl", "explain")]
    [InlineData("rules --f", "--format")]
    [InlineData("init --ci gitl", "gitlab")]
    [InlineData("explain KL100", "KL1001")]
    [InlineData("graph --format s", "svg")]
    [InlineData("--color al", "always")]
    public void Completion_for_bash_completes(string typed, string expected)
    {
        var words = $"kubelint {typed}".Split(' ');
        var script = $"source ./completion.bash; COMP_WORDS=({string.Join(' ', words)}); COMP_CWORD={words.Length - 1}; _kubelint; printf '%s\\n' \"${{COMPREPLY[@]}}\"";
        Complete("bash", script, "bash", "-c").ShouldContain(expected);
    }

    [SkippableTheory]
    [InlineData("--f", "--format")]
    [InlineData("--select yaml-", "yaml-syntax")]
    [InlineData("expl", "explain")]
    [InlineData("rules --f", "--format")]
    [InlineData("init --ci ", "gitlab")]
    public void Completion_for_zsh_completes(string typed, string expected)
    {
        // compadd works inside of a completion only: here it says what it is given.
        var script = $"compdef() {{ : }}; source ./completion.zsh; compadd() {{ print -l -- \"$@\" }}; _files() {{ : }}; words=(kubelint {typed.TrimEnd()}{(typed.EndsWith(' ') ? " ''" : "")}); CURRENT=$#words; _kubelint";
        Complete("zsh", script, "zsh", "-f", "-c").ShouldContain(expected);
    }

    [SkippableTheory]
    [InlineData("--f", "--format")]
    [InlineData("--select yaml-", "yaml-syntax")]
    [InlineData("expl", "explain")]
    [InlineData("rules --f", "--format")]
    [InlineData("init --ci gitl", "gitlab")]
    public void Completion_for_fish_completes(string typed, string expected) =>
        Complete("fish", $"source ./completion.fish; complete -C 'kubelint {typed}'", "fish", "--no-config", "-c").Select(line => line.Split('\t')[0]).ShouldContain(expected);

    [Theory]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("powershell")]
    public void Other_shells_know_each_command(string shell)
    {
        using var repository = new TemporaryRepository();
        var script = repository.Cli.Run("completion", shell).Output;
        foreach (var verb in Verbs.All())
        {
            script.ShouldContain(verb.Name);
        }
    }

    [SkippableFact]
    public void Completion_for_PowerShell_completes()
    {
        // One process for all: it takes a second or more to start.
        (string Typed, string Expected)[] cases =
        [
            ("--f", "--format"), ("--select yaml-", "yaml-syntax"), ("expl", "explain"), ("rules --f", "--format"), ("init --ci ", "github"), ("init --ci gitl", "gitlab"),
            ("explain KL100", "KL1001"), ("graph --format s", "svg"), ("-f js", "json"), ("lint ./completion.p", "./completion.powershell"),
        ];
        var completes = string.Concat(cases.Select(item =>
            $"; (TabExpansion2 'kubelint {item.Typed}' {"kubelint ".Length + item.Typed.Length}).CompletionMatches.CompletionText -join ' '"));
        var own = Path.Combine(TestPaths.Root, "artifacts", "pwsh", "pwsh");
        var lines = Complete("powershell", $"Get-Content -Raw ./completion.powershell | Invoke-Expression{completes}", File.Exists(own) ? own : "pwsh", "-NoProfile", "-NonInteractive", "-Command");
        for (var i = 0; i < cases.Length; i++)
        {
            lines[i].Split(' ').ShouldContain(cases[i].Expected, cases[i].Typed);
        }
    }

    // The lines that a shell writes, which has the completion as a file beside it.
    private static string[] Complete(string shell, string script, string program, params string[] arguments)
    {
        using var repository = new TemporaryRepository();
        repository.Write($"completion.{shell}", repository.Cli.Run("completion", shell).Output);
        try
        {
            var start = new ProcessStartInfo(program, [.. arguments, script]) { WorkingDirectory = repository.Directory, RedirectStandardOutput = true };
            start.Environment["HOME"] = repository.Directory;
            using var process = Process.Start(start)!;
            return process.StandardOutput.ReadToEnd().Split('\n');
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new SkipException($"needs {shell}");
        }
    }

    private sealed class OldRule : Rule
    {
        public override RuleDescriptor Descriptor { get; } =
            new("KL1999", "new-name", "Finds documents", Severity.Warning) { FormerNames = ["old-name"], Status = RuleStatus.Deprecated };

        public override void Register(IRuleRegistrar on) => on.Document(context => context.Report(context.Root, "Found"));
    }
}

namespace KubeLint.Cli.Tests;

public sealed class BaselineTests
{
    private const string First = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: a\n      image: nginx:latest\n";
    private const string Second = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: b\nspec:\n  containers:\n    - name: b\n      image: redis:latest\n";

    [Fact]
    public void Known_findings_stay_known_when_lines_above_them_move()
    {
        using var repository = new TemporaryRepository(("a.yaml", First));
        var written = repository.Cli.Run("--write-baseline", "known.json");
        written.ExitCode.ShouldBe(0);
        written.Output.ShouldContain("Wrote 1 finding to the baseline known.json\n");
        repository.Read("known.json").ShouldContain("\"path\": \"a.yaml\"");

        File.WriteAllText(Path.Combine(repository.Directory, "a.yaml"), "# one\n# two\n---\n" + Second + "---\n" + First);
        var result = repository.Cli.Run("--baseline", "known.json");
        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("The tag 'latest' of redis");
        result.Output.ShouldNotContain("nginx");
        result.Output.ShouldContain("Left out 1 finding that the baseline known.json knows\n");
        result.Output.ShouldNotContain("no longer occurs");
    }

    [Fact]
    public void Entries_are_told_when_they_no_longer_occur_and_taken_out_on_request()
    {
        using var repository = new TemporaryRepository(("a.yaml", First), ("b.yaml", Second));
        repository.Cli.Run("--write-baseline", "known.json");
        var before = repository.Read("known.json");
        File.WriteAllText(Path.Combine(repository.Directory, "a.yaml"), First.Replace("latest", "1.29.0", StringComparison.Ordinal));

        var told = repository.Cli.Run("--baseline", "known.json");
        told.ExitCode.ShouldBe(0);
        told.Output.ShouldContain("Of the baseline known.json no longer occurs: KL1001 in a.yaml; --prune-baseline takes that out\n");
        repository.Read("known.json").ShouldBe(before);

        repository.Cli.Run("--baseline", "known.json", "--prune-baseline").Output.ShouldContain("Took out of the baseline known.json what no longer occurs: KL1001 in a.yaml\n");
        repository.Read("known.json").ShouldNotContain("a.yaml");
        repository.Cli.Run("--baseline", "known.json").Output.ShouldNotContain("no longer occurs");
        File.WriteAllText(Path.Combine(repository.Directory, "a.yaml"), First);
        repository.Cli.Run("--baseline", "known.json").ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData("b.yaml")]
    [InlineData("--ignore", "KL1001")]
    public void What_the_run_did_not_judge_stays_in_the_baseline(params string[] arguments)
    {
        using var repository = new TemporaryRepository(("a.yaml", First), ("b.yaml", "a: 1\n"));
        repository.Cli.Run("--write-baseline", "known.json");
        var before = repository.Read("known.json");
        repository.Cli.Run([.. arguments, "--baseline", "known.json", "--prune-baseline"]).Output.ShouldNotContain("no longer occurs");
        repository.Read("known.json").ShouldBe(before);
    }

    [Fact]
    public void A_file_that_went_takes_its_entries_along()
    {
        using var repository = new TemporaryRepository(("a.yaml", First), ("b.yaml", Second));
        repository.Cli.Run("--write-baseline", "known.json");
        File.Delete(Path.Combine(repository.Directory, "a.yaml"));
        repository.Cli.Run("--baseline", "known.json").Output.ShouldContain("no longer occurs: KL1001 in a.yaml;");
    }

    [Fact]
    public void A_baseline_holds_from_any_folder_of_the_repository()
    {
        using var repository = new TemporaryRepository(("apps/a.yaml", First));
        repository.Cli.Run("--write-baseline", "known.json");
        new Cli(Path.Combine(repository.Directory, "apps")).Run("--baseline", "../known.json").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Two_equal_lines_are_two_findings()
    {
        const string container = "    - name: a\n      image: nginx:latest\n";
        using var repository = new TemporaryRepository(("a.yaml", First));
        repository.Cli.Run("--write-baseline", "known.json");
        File.WriteAllText(Path.Combine(repository.Directory, "a.yaml"), First + container);
        var result = repository.Cli.Run("--baseline", "known.json", "-f", "concise");
        result.Output.Split('\n').Count(line => line.Contains("KL1001", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("cannot be read: Could not find file", "--baseline", "missing.json")]
    [InlineData("the baseline 'a.yaml' cannot be read: ", "--baseline", "a.yaml")]
    [InlineData("its formatVersion is 9; this KubeLint reads 1", "--baseline", "new.json")]
    [InlineData("the baseline 'part.json' cannot be read: ", "--baseline", "part.json")]
    [InlineData("exclude each other", "--baseline", "a", "--write-baseline", "b")]
    [InlineData("--prune-baseline needs --baseline FILE", "--prune-baseline")]
    [InlineData("the baseline cannot be written to 'no such/b.json'", "--write-baseline", "no such/b.json")]
    public void Wrong_use_is_told_and_exits_with_2(string message, params string[] arguments)
    {
        using var repository = new TemporaryRepository(
            ("a.yaml", First), ("new.json", "{\"formatVersion\":9,\"findings\":[]}"), ("part.json", "{\"formatVersion\":1,\"findings\":[{\"rule\":\"KL1001\"}]}"));
        var result = repository.Cli.Run(arguments);
        result.Error.ShouldContain(message, Case.Sensitive);
        result.ExitCode.ShouldBe(2);
    }
}

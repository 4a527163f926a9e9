using System.Text;

using KubeLint.Reporting;

namespace KubeLint.Cli.Tests;

// What goes wrong around a run: files, names, disks, pipes. A clear message, an exit code that says which, and nothing lost.
public sealed class MisfortuneTests
{
    private const string Broken = "a: 1\n b: 2\n";
    private const string NoStackTrace = "   at KubeLint";

    private static string Tool { get; } = Path.Combine(AppContext.BaseDirectory, "kubelint.dll");

    [Fact]
    public void A_folder_that_may_not_be_read_is_told_and_the_rest_is_linted()
    {
        using var repository = new TemporaryRepository(("a.yaml", Broken), ("closed/b.yaml", Broken));

        // The super-user may read everything, so another user runs the tool, where that can be arranged.
        var (code, output, error) = repository.Bash(
            $"chmod 755 . && chmod 700 closed && if [ $(id -u) = 0 ]; then chown -R root . && export HOME=/tmp && run='setpriv --reuid=65534 --clear-groups'; else chmod 000 closed; fi; $run dotnet '{Tool}'; code=$?; chmod 755 closed; exit $code");

        output.ShouldContain("a.yaml:2:");
        output.ShouldNotContain("b.yaml");
        $"{output}{error}".ShouldContain("closed");
        error.ShouldNotContain(NoStackTrace);
        code.ShouldBe(1);
    }

    [Fact]
    public void A_link_that_leads_nowhere_and_a_named_pipe_end_no_run()
    {
        using var repository = new TemporaryRepository(("a.yaml", Broken));
        var (code, output, error) = repository.Bash($"ln -s nowhere.yaml b.yaml; mkfifo c.yaml; ln -s . d; timeout 60 dotnet '{Tool}' -f concise");

        output.ShouldContain("a.yaml:2:");
        error.ShouldNotContain(NoStackTrace);
        code.ShouldBe(1);
    }

    [SkippableFact]
    public void A_file_that_another_program_has_open_for_itself_is_read()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows lets nobody else read it");
        using var repository = new TemporaryRepository(("a.yaml", Broken));
        using var held = new FileStream(Path.Combine(repository.Directory, "a.yaml"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        repository.Bash($"dotnet '{Tool}' -f concise").Output.ShouldContain("a.yaml:2:");
    }

    [Fact]
    public void Odd_names_stay_on_their_line_in_every_format()
    {
        using var repository = new TemporaryRepository(("x\n::error::y.yaml", Broken), ("a::b.yaml", Broken), ("\u001b[31mred.yaml", Broken));
        foreach (var format in new[] { "text", "concise", "github", "markdown", "csv", "junit", "json", "sarif", "gitlab" })
        {
            var result = repository.Cli.Run("-f", format);

            result.ExitCode.ShouldBe(1, format);
            result.Output.Split('\n').ShouldNotContain(line => line.StartsWith("::error::y", StringComparison.Ordinal), format);
            result.Output.ShouldNotContain('\u001b', format);
        }
    }

    [Fact]
    public void Secrets_stand_in_no_format_and_in_no_file_that_is_written()
    {
        const string Marker = "u7Wq2rTn5BxYd";
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(Marker));

        // What rules look at and report: a Secret as it is, one that SOPS should have encrypted in part, generated ones, values and variables.
        using var repository = new TemporaryRepository(
            (".sops.yaml", "creation_rules:\n  - path_regex: secret.*\\.yaml\n    encrypted_regex: ^(data|stringData)$\n    age: age1x\n"),
            ("ks.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec: {interval: 1h, prune: true, path: ./apps, sourceRef: {kind: GitRepository, name: flux-system}}\n"),
            ("apps/kustomization.yaml", $"resources: [secret.yaml, partly.yaml, release.yaml, pod.yaml]\nsecretGenerator:\n  - name: made\n    literals: [password={Marker}]\n"),
            ("apps/secret.yaml", $"apiVersion: v1\nkind: Secret\nmetadata: {{name: db}}\nstringdata: {{a: b}}\nstringData:\n  password: {Marker}\n  password: {Marker}\ndata:\n  token: {encoded}\n"),
            ("apps/partly.yaml", $"apiVersion: v1\nkind: Secret\nmetadata: {{name: partly}}\nstringData:\n  a: ENC[AES256_GCM,data:x,iv:x,tag:x,type:str]\n  password: {Marker}\nsops:\n  mac: ENC[AES256_GCM,data:x,iv:x,tag:x,type:str]\n  encrypted_regex: ^a$\n"),
            ("apps/release.yaml", $"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {{name: app}}\nspec:\n  interval: 1h\n  chartRef: {{kind: OCIRepository, name: app}}\n  values:\n    adminPassword: {Marker}\n"),
            ("apps/pod.yaml", $"apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  containers:\n    - name: web\n      image: web:latest\n      env:\n        - name: DB_PASSWORD\n          value: {Marker}\n"));
        foreach (var format in ReportFormats.Names)
        {
            var result = repository.Cli.Run("-f", format, "--verbose", "--output", $"{format}=report.txt");

            result.ExitCode.ShouldBe(1, format);
            result.Output.ShouldContain("KL7001", customMessage: format);
            foreach (var text in (string[])[result.Output, result.Error, repository.Read("report.txt")])
            {
                text.ShouldNotContain(Marker, customMessage: format);
                text.ShouldNotContain(encoded, customMessage: format);
            }
        }

        repository.Cli.Run("--statistics").Output.ShouldContain("KL7008");
    }

    [Fact]
    public void A_full_disk_is_told_and_leaves_nothing_half_written()
    {
        using var repository = new TemporaryRepository(("a.yaml", Broken), ("report.json", "old"));
        var (code, _, error) = repository.Bash($"dotnet '{Tool}' -o sarif=/dev/full");
        code.ShouldBe(2);
        error.ShouldContain("cannot be written to '/dev/full'");
        error.ShouldNotContain(NoStackTrace);

        // Standard output on a full disk: the report is lost, and the caller must learn it.
        (code, _, error) = repository.Bash($"dotnet '{Tool}' > /dev/full");
        code.ShouldNotBe(0);
        error.ShouldNotBeEmpty();
        error.ShouldNotContain(NoStackTrace);

        Directory.GetFiles(repository.Directory, "*.tmp").ShouldBeEmpty();
        repository.Read("report.json").ShouldBe("old");
    }

    [Fact]
    public void A_key_with_a_bracket_of_its_own_ends_like_any_other()
    {
        // Found by fuzzing: the search for fields that Flux has removed went round for ever.
        using var repository = new TemporaryRepository(("a.yaml", """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: web, namespace: web}
            spec:
              interval: 1h
              cha[rt: {spec: {chart: web}}

            """));
        repository.Cli.Run("-f", "concise").Output.ShouldContain("a.yaml:6:3");
    }

    [Fact]
    public void A_hundred_thousand_findings_are_all_reported()
    {
        const int Count = 100_000;
        var text = new StringBuilder();
        for (var i = 0; i < Count; i++)
        {
            text.Append("k: 1\n");
        }

        using var repository = new TemporaryRepository(("a.yaml", text.ToString()));
        foreach (var format in new[] { "concise", "sarif", "github" })
        {
            var result = repository.Cli.Run("-f", format, "--quiet");

            result.ExitCode.ShouldBe(1, format);
            result.Output.Split("KL0004").Length.ShouldBeGreaterThan(Count - 1, format);
        }
    }

    [Fact]
    public void A_repository_without_yaml_is_clean()
    {
        using var repository = new TemporaryRepository(("readme.md", "# Nothing here\n"));
        var result = repository.Cli.Run();

        result.ExitCode.ShouldBe(0);
        result.Error.ShouldBeEmpty();
        result.Output.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_path_outside_of_the_repository_is_linted_where_it_is()
    {
        using var other = new TemporaryRepository(("b.yaml", Broken));
        using var repository = new TemporaryRepository(("a.yaml", Broken));
        var result = repository.Cli.Run("-f", "concise", other.Directory);

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("b.yaml:2:");
        result.Output.ShouldNotContain("a.yaml:");
    }

    [Fact]
    public void A_config_map_of_fifty_megabytes_is_read_and_one_over_the_limit_is_a_finding()
    {
        var line = "    # " + new string('x', 1018) + "\n";
        var text = new StringBuilder("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: big\ndata:\n  file: |\n");
        for (var i = 0; i < 50 * 1024; i++)
        {
            text.Append(line);
        }

        using var repository = new TemporaryRepository(("big.yaml", text.ToString()), (".kubelint.yaml", "maxFileBytes: 104857600\n"));
        repository.Cli.Run("-f", "concise").Output.ShouldNotContain("big.yaml");

        File.WriteAllText(Path.Combine(repository.Directory, ".kubelint.yaml"), "maxFileBytes: 1000000\n");
        var result = repository.Cli.Run("-f", "concise");
        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("more than the limit of 1,000,000");
    }

    [Fact]
    public void An_interrupt_leaves_files_whole()
    {
        using var repository = new TemporaryRepository([.. Enumerable.Range(0, 1500).Select(i => ($"f{i}.yaml", Broken)), ("report.json", "old")]);
        var (code, _, error) = repository.Bash($"timeout --signal=INT 0.7 dotnet '{Tool}' -o json=report.json >/dev/null; exit 0");

        code.ShouldBe(0);
        error.ShouldNotContain(NoStackTrace);
        var report = repository.Read("report.json");
        (report == "old" || report.TrimEnd().EndsWith('}')).ShouldBeTrue("the report is the old one or a whole new one");
        Directory.GetFiles(repository.Directory, "*.tmp").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("1", true)]
    public void An_internal_failure_shows_its_stack_only_to_who_asks(string? debug, bool isShown)
    {
        using var repository = new TemporaryRepository(("a.yaml", Broken));
        var cli = repository.Cli with { Clock = new BrokenClock(), Environment = debug is null ? [] : new() { ["KUBELINT_DEBUG"] = debug } };
        var result = cli.Run("--verbose");

        result.ExitCode.ShouldBe(3);
        result.Error.ShouldContain("the clock is broken");
        result.Error.Contains(NoStackTrace, StringComparison.Ordinal).ShouldBe(isShown);
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override long GetTimestamp() => throw new InvalidOperationException("the clock is broken");
    }
}

using System.Diagnostics;

using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Cli.Tests;

/// <summary>The shell steps of <c>action.yml</c>, run as a GitHub runner runs them: the same shell, variables and files.</summary>
public sealed class ActionTests : IDisposable
{
    private const string Latest = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
        spec:
          containers:
            - name: web
              image: ghcr.io/example/web:latest

        """;

    private readonly TemporaryRepository runner = new();
    private readonly TemporaryRepository repository = new(("pod.yaml", Latest));

    public void Dispose()
    {
        runner.Dispose();
        repository.Dispose();
    }

    [Fact]
    public void Findings_are_annotations_a_summary_and_counts()
    {
        var result = RunAction(new() { ["args"] = "--select KL1001", ["sarif"] = "out.sarif" });

        result.ExitCode.ShouldBe(1, result.Output);
        result.Output.ShouldContain("::warning ");
        result.Output.ShouldContain("file=pod.yaml,line=8");
        Read("output").ShouldBe("findings=1\nerrors=0\nsarif=out.sarif\n");
        Read("summary").ShouldContain("KL1001 image-latest-tag");
        repository.Read("out.sarif").ShouldContain("\"ruleId\": \"KL1001\"");
    }

    [Fact]
    public void What_is_switched_off_is_not_written()
    {
        var result = RunAction(new() { ["args"] = "--select KL1001", ["annotations"] = "false", ["summary"] = "false", ["fail-on"] = "never" });

        result.ExitCode.ShouldBe(0, result.Output);
        result.Output.ShouldNotContain("::warning");
        result.Output.ShouldContain("KL1001");
        Read("summary").ShouldBeEmpty();
        Read("output").ShouldBe("findings=1\nerrors=0\nsarif=\n");
    }

    [Fact]
    public void Wrong_use_fails_the_step_and_says_why()
    {
        var result = RunAction(new() { ["path"] = "nowhere" });

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldContain("nowhere");
        Read("output").ShouldBeEmpty();
    }

    [Fact]
    public void Inputs_are_never_script()
    {
        var result = RunAction(new() { ["path"] = "$(touch stolen) `touch stolen`; touch stolen", ["args"] = "--select $(touch stolen)" });

        result.ExitCode.ShouldBe(2);
        File.Exists(Path.Combine(repository.Directory, "stolen")).ShouldBeFalse();
    }

    private string Read(string name) => runner.Read(name);

    private (int ExitCode, string Output) RunAction(Dictionary<string, string> inputs)
    {
        var root = TestPaths.Root.TrimEnd('/');
        var action = YamlParser.Parse(new SourceText("action.yml", File.ReadAllText(Path.Combine(root, "action.yml")))).Documents[0].Root!;
        foreach (var input in action.Get("inputs")!.AsMapping()!.Entries)
        {
            inputs.TryAdd(input.Name!, input.Value.GetString("default") ?? "");
        }

        foreach (var file in new[] { "output", "summary", "path" })
        {
            File.WriteAllText(Path.Combine(runner.Directory, file), "");
        }

        // A runner has the tool on PATH after the first step; here it is there before.
        Directory.CreateDirectory(Path.Combine(runner.Directory, "bin"));
        var tool = Path.Combine(runner.Directory, "bin", "kubelint");
        File.WriteAllText(tool, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "kubelint.dll")}' \"$@\"\n");
        using (var chmod = Process.Start("chmod", ["+x", tool]))
        {
            chmod.WaitForExit();
        }

        var output = "";
        foreach (var step in action.Get("runs", "steps")!.AsSequence()!.Items)
        {
            step.GetString("shell").ShouldBe("bash");
            var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.GetString("run")!])
            {
                WorkingDirectory = repository.Directory,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["PATH"] = $"{Path.Combine(runner.Directory, "bin")}:{start.Environment["PATH"]}";
            start.Environment["GITHUB_ACTION_PATH"] = root;
            start.Environment["GITHUB_WORKSPACE"] = repository.Directory;
            start.Environment["GITHUB_OUTPUT"] = Path.Combine(runner.Directory, "output");
            start.Environment["GITHUB_STEP_SUMMARY"] = Path.Combine(runner.Directory, "summary");
            start.Environment["GITHUB_PATH"] = Path.Combine(runner.Directory, "path");
            start.Environment["RUNNER_TEMP"] = runner.Directory;
            foreach (var variable in step.Get("env")!.AsMapping()!.Entries)
            {
                start.Environment[variable.Name!] = Evaluate(variable.Value.AsScalar()!.Value, inputs);
            }

            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            output += process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            output += error.Result;
            if (process.ExitCode != 0)
            {
                return (process.ExitCode, output);
            }
        }

        return (0, output);
    }

    private static string Evaluate(string text, Dictionary<string, string> inputs)
    {
        foreach (var (name, value) in inputs)
        {
            text = text.Replace($"${{{{ inputs.{name} }}}}", value, StringComparison.Ordinal);
        }

        return text;
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;

using KubeLint.Testing;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KubeLint.Cli.Tests;

/// <summary>Rules of a repository's own and of assemblies, as the command line treats them.</summary>
public sealed partial class CustomRuleTests
{
    private const string Rule = """
        id: X1001
        name: owner-label-missing
        title: A ConfigMap has no owner
        description: Each has one, says *the handbook*.
        match: {kinds: [ConfigMap]}
        schema: {properties: {metadata: {required: [labels]}}}
        message: "{name} has no owner"

        """;

    private const string Object = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n";

    [Theory]
    [InlineData("X1001")]
    [InlineData("owner-label-missing")]
    [InlineData("custom")]
    public void Its_names_work_where_those_of_other_rules_do(string name)
    {
        using var repository = new TemporaryRepository((".kubelint/rules/owner.yaml", Rule), ("one.yaml", Object));
        repository.Cli.Run("--select", name, "--format", "concise").Output.ShouldStartWith("one.yaml:3:1: warning: X1001 owner-label-missing: one has no owner");
        repository.Cli.Run("--ignore", name).Output.ShouldNotContain("X1001");
        repository.Cli.Run("rules", name).Output.ShouldContain("X1001  owner-label-missing");

        using var configured = new TemporaryRepository((".kubelint/rules/owner.yaml", Rule), ("one.yaml", Object), (".kubelint.yaml", $"rules:\n  {name}: error\n"));
        configured.Cli.Run("--format", "concise").Output.ShouldContain("error: X1001");

        using var suppressed = new TemporaryRepository((".kubelint/rules/owner.yaml", Rule), ("one.yaml", $"# kubelint: ignore-file[{name}] none needed\n{Object}"));
        suppressed.Cli.Run().ExitCode.ShouldBe(0);
    }

    [Fact]
    public void It_is_explained_and_stands_in_reports()
    {
        using var repository = new TemporaryRepository((".kubelint/rules/owner.yaml", Rule), ("one.yaml", Object));

        repository.Cli.Run("explain", "X1001").Output.ShouldStartWith("# X1001 owner-label-missing\n\nA ConfigMap has no owner.\n\nEach has one, says *the handbook*.");
        using var sarif = JsonDocument.Parse(repository.Cli.Run("--format", "sarif", "--select", "X1001").Output);
        sarif.RootElement.GetProperty("runs")[0].GetProperty("results")[0].GetProperty("ruleId").GetString().ShouldBe("X1001");
        repository.Cli.Run("--no-config").Output.ShouldNotContain("X1001");
    }

    [Fact]
    public void A_mistake_ends_the_run_with_its_place()
    {
        using var repository = new TemporaryRepository((".kubelint/rules/owner.yaml", Rule.Replace("match", "mach", StringComparison.Ordinal)), ("one.yaml", Object));
        var result = repository.Cli.Run();

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(".kubelint/rules/owner.yaml:5:1");
        result.Error.ShouldContain("did you mean 'match'?");
        result.Error.ShouldContain("the rules of this repository have an error");
    }

    [Fact]
    public void An_assembly_that_the_command_line_names_is_loaded()
    {
        var source = CSharpBlock().Match(File.ReadAllText(Path.Combine(TestPaths.Root, "docs/custom-rules.md"))).Groups["code"].Value;
        using var folder = new TemporaryRepository();
        var assembly = Path.Combine(folder.Directory, $"Rules{Guid.NewGuid():N}.dll");
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        CSharpCompilation.Create(Path.GetFileNameWithoutExtension(assembly), [CSharpSyntaxTree.ParseText(source)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .Emit(assembly).Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        using var repository = new TemporaryRepository(
            ("release.yaml", "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: podinfo\nspec:\n  suspend: true\n"));

        repository.Cli.Run("--rules", assembly, "--select", "X2001", "--format", "concise").Output.ShouldContain("info: X2001 paused-release: podinfo is suspended");
        repository.Cli.Run("rules", "X2001", "--rules", assembly).Output.ShouldContain("paused-release");
        repository.Cli.Run("--select", "X2001").ExitCode.ShouldBe(2);
        repository.Cli.Run("--rules", "none.dll").Error.ShouldContain("there is no file 'none.dll'");
        repository.Cli.Run("--rules", "release.yaml").Error.ShouldContain("--rules release.yaml cannot be loaded");
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}

using System.Xml.Linq;

using KubeLint.Testing;

namespace KubeLint.Architecture.Tests;

/// <summary>Dependencies point one way: Yaml ← Kustomize ← Flux ← Analysis ← rules; Reporting and Registry stand beside.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["KubeLint.Yaml"] = [],
        ["KubeLint.Kustomize"] = ["KubeLint.Yaml"],
        ["KubeLint.Flux"] = ["KubeLint.Kustomize", "KubeLint.Yaml"],
        ["KubeLint.Schema"] = ["KubeLint.Yaml"],
        ["KubeLint.Analysis"] = ["KubeLint.Flux", "KubeLint.Kustomize", "KubeLint.Schema", "KubeLint.Yaml"],
        ["KubeLint.Rules"] = ["KubeLint.Analysis", "KubeLint.Schema", "KubeLint.Flux", "KubeLint.Kustomize", "KubeLint.Yaml", "KubeLint.Generators"],
        ["KubeLint.Generators"] = [],
        ["KubeLint.Reporting"] = ["KubeLint.Analysis", "KubeLint.Flux", "KubeLint.Kustomize", "KubeLint.Yaml"],
        ["KubeLint.LanguageServer"] = ["KubeLint.Analysis", "KubeLint.Flux", "KubeLint.Kustomize", "KubeLint.Yaml"],
        ["KubeLint.Registry"] = ["KubeLint.Flux", "KubeLint.Kustomize", "KubeLint.Yaml"],
    };

    public static TheoryData<string> Projects() => [.. Allowed.Keys.Where(name => File.Exists(PathOf(name)))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_those_below_it(string project) =>
        References(XDocument.Load(PathOf(project))).Except(Allowed[project]).ShouldBeEmpty();

    [Fact]
    public void A_reference_upwards_is_seen() =>
        References(XDocument.Parse("""<Project><ItemGroup><ProjectReference Include="..\KubeLint.Cli/KubeLint.Cli.csproj" /></ItemGroup></Project>"""))
            .ShouldBe(["KubeLint.Cli"]);

    private static string PathOf(string project) => project == "KubeLint.Rules"
        ? Path.Combine(TestPaths.Root, "rules", $"{project}.csproj")
        : Path.Combine(TestPaths.Root, "src", project, $"{project}.csproj");

    private static IEnumerable<string> References(XDocument project) =>
        project.Descendants("ProjectReference").Select(item => Path.GetFileNameWithoutExtension(((string)item.Attribute("Include")!).Replace('\\', '/')));
}

using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

using CsCheck;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Tests.Patching;

/// <summary>The names in a patch's target are regular expressions that the whole name must match.</summary>
public sealed class NamePatternTests
{
    private static readonly Gen<string> Pattern = Gen.OneOfConst("a", "b", ".", ".*", "|", "ab", "-", "helm.toolkit").Array[1, 7].Select(string.Concat);
    private static readonly Gen<string> Name = Gen.OneOfConst("a", "b", "ab", "-", "helm.toolkit", "helmxtoolkit").Array[1, 6].Select(string.Concat);

    [Fact]
    public void A_pattern_of_names_dots_and_alternatives_matches_as_the_regular_expression_does() => Gen.Select(Pattern, Name).Sample(
        (pattern, name) => IsPatched(pattern, name) == Regex.IsMatch(name, $"^(?:{pattern})\\z", RegexOptions.NonBacktracking),
        iter: 2000);

    [Theory]
    [InlineData("(web|api)-[0-9]+", "api-12", true)]
    [InlineData("(web|api)-[0-9]+", "api-12x", false)]
    [InlineData("^web$", "web", true)]
    [InlineData("a*", "aaa", true)]
    [InlineData("we", "web", false)]
    public void Other_patterns_are_regular_expressions_too(string pattern, string name, bool isMatch) => IsPatched(pattern, name).ShouldBe(isMatch);

    private static bool IsPatched(string pattern, string name)
    {
        var files = new Dictionary<string, byte[]>
        {
            ["/r/kustomization.yaml"] = Encoding.UTF8.GetBytes(
                $"resources: [a.yaml]\npatches:\n- target: {{name: {JsonSerializer.Serialize(pattern)}}}\n  patch: '[{{\"op\": \"add\", \"path\": \"/data\", \"value\": {{\"k\": \"v\"}}}}]'\n"),
            ["/r/a.yaml"] = Encoding.UTF8.GetBytes($"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {JsonSerializer.Serialize(name)}\n"),
        };
        var result = new KustomizeBuilder(new YamlFileCache(new OverlayFileSource(files), "/r")).Build("/r");
        result.Problems.ShouldBeEmpty();
        return result.Objects.Single().Get("data") is not null;
    }
}

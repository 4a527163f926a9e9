namespace KubeLint.Yaml.Tests;

public class NearestNameTests
{
    [Theory]
    [InlineData("kubernets", "kubernetes")]
    [InlineData("Kubernetes", "kubernetes")]
    [InlineData("clster", "clusters")]
    [InlineData("zzz", null)]
    [InlineData("", null)]
    [InlineData("a", null)]
    public void Finds_what_is_few_edits_away(string name, string? expected) =>
        NearestName.Find(name, ["kubernetes", "clusters", "b", new string('x', 500)]).ShouldBe(expected);
}

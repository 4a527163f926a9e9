namespace KubeLint.Flux.Tests.Building;

public class SourcePathTests
{
    [Theory]
    [InlineData("apps", "/r/apps")]
    [InlineData("./apps/a", "/r/apps/a")]
    [InlineData("/apps/", "/r/apps")]
    [InlineData(".//apps//a", "/r/apps/a")]
    [InlineData("apps/./a", "/r/apps/a")]
    [InlineData("apps/../a", "/r/a")]
    [InlineData("../../a", "/r/a")]
    [InlineData("././a", "/r/a")]
    [InlineData(".apps/..a/...", "/r/.apps/..a/...")]
    [InlineData("", "/r")]
    [InlineData(".", "/r")]
    [InlineData("./", "/r")]
    [InlineData("/", "/r")]
    [InlineData("a/..", "/r")]
    [InlineData("..", "/r")]
    public void A_path_stays_within_its_root(string path, string expected)
    {
        SourcePath.Join("/r", path).ShouldBe(expected);
        SourcePath.Join("/", path).ShouldBe(expected == "/r" ? "/" : expected["/r".Length..]);
        SourcePath.IsRoot(path).ShouldBe(expected == "/r");
    }
}

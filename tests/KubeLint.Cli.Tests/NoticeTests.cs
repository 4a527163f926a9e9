using System.Text.Json.Nodes;

using KubeLint.Testing;

namespace KubeLint.Cli.Tests;

/// <summary>Who ships other people's libraries says so.</summary>
public sealed class NoticeTests
{
    [Fact]
    public void Each_library_in_the_tool_is_named()
    {
        var notice = File.ReadAllText(Path.Combine(TestPaths.Root, "NOTICE")).Split([' ', ',', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var target = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "kubelint.deps.json")))!["targets"]!.AsObject().Single().Value!.AsObject();
        var libraries = target.Where(library => library.Value!["runtime"] is not null).Select(library => library.Key.Split('/')[0])
            .Where(name => !name.StartsWith("KubeLint", StringComparison.OrdinalIgnoreCase)).ToArray();

        libraries.ShouldContain("YamlDotNet");
        libraries.Except(notice).ShouldBeEmpty();
    }
}

using KubeLint.Testing;

namespace KubeLint.Cli.Tests;

/// <summary>The image is built where releases are; what it is built on and who runs in it stands in its file.</summary>
public sealed class DockerfileTests
{
    [Fact]
    public void The_image_has_a_base_without_a_shell_and_a_user_without_rights()
    {
        var lines = File.ReadAllLines(Path.Combine(TestPaths.Root, "Dockerfile"));
        lines.Last(line => line.StartsWith("FROM ", StringComparison.Ordinal)).ShouldEndWith("-chiseled");
        lines.Last(line => line.StartsWith("USER ", StringComparison.Ordinal)).ShouldBe("USER 1654:1654");

        // Nothing of the last stage may need a shell.
        var last = lines.SkipWhile(line => !line.EndsWith("-chiseled", StringComparison.Ordinal)).ToList();
        last.ShouldNotContain(line => line.StartsWith("RUN ", StringComparison.Ordinal));
        last[^1].ShouldBe("""ENTRYPOINT ["/usr/local/bin/kubelint"]""");
    }
}

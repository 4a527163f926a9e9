using System.Net;
using System.Text;
using System.Text.Json;

namespace KubeLint.Cli.Tests;

public sealed class RegistryCheckTests
{
    private const string Digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    [Fact]
    public void Images_that_a_registry_denies_are_findings_at_their_lines()
    {
        using var registry = new LoopbackRegistry("1.0.0", "latest");
        using var repository = new TemporaryRepository(("app.yaml", Deployment($"{registry.Host}/team/app:1.0.0", $"{registry.Host}/team/app:9.9.9", "127.0.0.1:9/team/gone:1")));

        var result = repository.Cli.Run("registry", "check", "--insecure-registry", registry.Host);

        result.Error.ShouldBeEmpty();
        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain($"✓ {registry.Host}/team/app:1.0.0: it exists ({Digest})\n");
        result.Output.ShouldContain($"✗ {registry.Host}/team/app:9.9.9: there is no such manifest (MANIFEST_UNKNOWN)\n    app.yaml:9: KL1090 image-not-in-registry\n");
        result.Output.ShouldContain("? 127.0.0.1:9/team/gone:1: not reachable from here");
        result.Output.ShouldEndWith("3 images: 1 exist, 1 do not, 1 unknown\n");
    }

    [Theory]
    [InlineData("sarif")]
    [InlineData("github")]
    [InlineData("gitlab")]
    [InlineData("junit")]
    [InlineData("markdown")]
    [InlineData("csv")]
    [InlineData("concise")]
    public void Images_that_do_not_exist_are_findings_in_every_format(string format)
    {
        using var registry = new LoopbackRegistry("1.0.0");
        using var repository = new TemporaryRepository(
            ("app.yaml", Deployment($"{registry.Host}/team/app:1.0.0", $"{registry.Host}/team/app:9.9.9", $"{registry.Host}/team/app:8.8.8 # kubelint: ignore[KL1090] comes later")),
            (".kubelint.yaml", $"registries:\n  insecure: [\"{registry.Host}\"]\n"));

        var result = repository.Cli.Run("registry", "check", "--format", format);

        result.ExitCode.ShouldBe(1, result.Error);
        result.Output.ShouldContain("KL1090");
        result.Output.ShouldContain("team/app:9.9.9 does not exist");
        result.Output.ShouldNotContain("8.8.8 does not exist");
    }

    [Fact]
    public void Refusal_and_network_trouble_fail_no_run()
    {
        using var repository = new TemporaryRepository(("app.yaml", Deployment("127.0.0.1:9/team/gone:1")));

        repository.Cli.Run("registry", "check").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Pins_are_shown_first_and_written_on_request()
    {
        using var registry = new LoopbackRegistry("0.9.0", "1.0.0", "latest");
        var text = Deployment($"{registry.Host}/team/app:latest # moves");
        using var repository = new TemporaryRepository(("app.yaml", text));

        var shown = repository.Cli.Run("registry", "check", "--pin", "--insecure-registry", registry.Host);
        shown.Output.ShouldContain($"+        - image: {registry.Host}/team/app:1.0.0@{Digest} # moves\n");
        repository.Read("app.yaml").ShouldBe(text);

        repository.Cli.Run("registry", "check", "--pin", "--fix", "--insecure-registry", registry.Host).ExitCode.ShouldBe(0);
        repository.Read("app.yaml").ShouldBe(text.Replace(":latest", $":1.0.0@{Digest}", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Pins_are_written_as_fixes_are_and_shown_as_git_takes_them()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs symbolic links");
        using var registry = new LoopbackRegistry("0.9.0", "1.0.0", "latest");
        var text = Deployment($"{registry.Host}/team/app:latest").Replace("\n", "\r\n", StringComparison.Ordinal);
        using var outside = new TemporaryRepository(("app.yaml", text));
        using var repository = new TemporaryRepository(("apps/app.yaml", text));
        File.CreateSymbolicLink(Path.Combine(repository.Directory, "apps/linked.yaml"), Path.Combine(outside.Directory, "app.yaml"));
        var cli = new Cli(Path.Combine(repository.Directory, "apps"));

        cli.Run("registry", "check", "--pin", "--insecure-registry", registry.Host).Output.ShouldContain("--- a/apps/app.yaml\n+++ b/apps/app.yaml\n@@ ");
        var result = cli.Run("registry", "check", ".", "linked.yaml", "--pin", "--fix", "--insecure-registry", registry.Host);

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("linked.yaml was not pinned: the file lies outside of the repository\n");
        repository.Read("apps/app.yaml").ShouldBe(text.Replace(":latest", $":1.0.0@{Digest}", StringComparison.Ordinal));
        outside.Read("app.yaml").ShouldBe(text);
    }

    [Fact]
    public void The_answers_are_there_as_JSON_too()
    {
        using var registry = new LoopbackRegistry("1.0.0");
        using var repository = new TemporaryRepository(("app.yaml", Deployment($"{registry.Host}/team/app:1.0.0")));

        var result = repository.Cli.Run("registry", "check", "--format", "json", "--insecure-registry", registry.Host);

        using var document = JsonDocument.Parse(result.Output);
        document.RootElement[0].GetProperty("digest").GetString().ShouldBe(Digest);
        document.RootElement[0].GetProperty("places")[0].GetString().ShouldBe("app.yaml:8");
    }

    [Theory]
    [InlineData("registry")]
    [InlineData("registry", "look")]
    [InlineData("registry", "check", "--format", "xml")]
    [InlineData("diagnose")]
    [InlineData("diagnose", "onlyaname")]
    [InlineData("diagnose", "a/b", "--format", "xml")]
    [InlineData("diagnose", "a/b", "--timeout", "soon")]
    [InlineData("diagnose", "a/b", "--repo", "./absent")]
    [InlineData("diagnose", "a/b", "--apply", "delete")]
    [InlineData("diagnose", "a/b", "--apply", "pull-secret")]
    public void Wrong_use_is_said(params string[] arguments)
    {
        using var repository = new TemporaryRepository();
        var result = repository.Cli.Run(arguments);
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldStartWith("kubelint: ");
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public void No_kubeconfig_is_no_finding()
    {
        using var repository = new TemporaryRepository();
        var result = repository.Cli.Run("diagnose", "a/b", "--kubeconfig", "absent");
        result.ExitCode.ShouldBe(3);
        result.Error.ShouldStartWith("kubelint: The kubeconfig cannot be used: ");
    }

    private static string Deployment(params string[] images) =>
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec:\n  template:\n    spec:\n      containers:\n"
        + string.Concat(images.Select(image => $"        - image: {image}\n"));

    /// <summary>A registry of one repository, whose tags all have one digest but for those below 1.</summary>
    private sealed class LoopbackRegistry : IDisposable
    {
        private readonly LoopbackServer server;
        private readonly string[] tags;

        public LoopbackRegistry(params string[] tags)
        {
            this.tags = tags;
            server = new LoopbackServer(Answer);
        }

        public string Host => server.Host;

        public void Dispose() => server.Dispose();

        private void Answer(HttpListenerContext context)
        {
            var path = context.Request.Url!.AbsolutePath;
            var tag = path[(path.LastIndexOf('/') + 1)..];
            var body = "";
            if (path.EndsWith("/tags/list", StringComparison.Ordinal))
            {
                body = $$"""{"name":"team/app","tags":[{{string.Join(',', tags.Select(item => $"\"{item}\""))}}]}""";
            }
            else if (tags.Contains(tag))
            {
                context.Response.Headers["Docker-Content-Digest"] = tag.StartsWith("0.", StringComparison.Ordinal) ? Digest.Replace('1', '2') : Digest;
            }
            else
            {
                context.Response.StatusCode = 404;
                body = """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""";
            }

            if (context.Request.HttpMethod == "GET")
            {
                context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(body));
            }
        }
    }
}

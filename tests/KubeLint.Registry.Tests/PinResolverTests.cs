using KubeLint.Registry.Pins;

namespace KubeLint.Registry.Tests;

public class PinResolverTests
{
    private const string Now = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Old = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    [Fact]
    public async Task Latest_becomes_the_highest_version_with_the_same_digest()
    {
        await using var server = await StartAsync(("latest", Now), ("1.64.2", Old), ("1.65.0", Now), ("1.65", Now), ("1", Now), ("v1.65.0-beta.1", Now), ("1.9.9", Old), ("2.0.0", Old));
        using var client = server.Client();

        var (pin, _) = await new PinResolver(client).ResolveAsync(server.Image(tag: "latest"), null, default);

        pin.ShouldNotBeNull().TagWithDigest.ShouldBe($"1.65.0@{Now}");
    }

    [Fact]
    public async Task No_version_is_made_up_where_none_has_the_digest()
    {
        await using var server = await StartAsync(("latest", Now), ("1.64.2", Old), ("nightly", Now));
        using var client = server.Client();

        var (pin, _) = await new PinResolver(client).ResolveAsync(server.Image(tag: "latest"), null, default);

        pin.ShouldBe(new Pin(null, Now));
    }

    [Fact]
    public async Task An_image_that_cannot_be_asked_for_has_no_pin()
    {
        await using var server = await StartAsync(("1.64.2", Old));
        using var client = server.Client();

        var (pin, failure) = await new PinResolver(client).ResolveAsync(server.Image(tag: "latest"), null, default);

        pin.ShouldBeNull();
        failure.ShouldBeOfType<RegistryAnswer.NotFound>();
    }

    [Fact]
    public async Task The_number_of_comparisons_is_bounded()
    {
        await using var server = await StartAsync([("latest", Now), .. Enumerable.Range(0, 200).Select(i => ($"1.0.{i}", Old))]);
        using var client = server.Client();

        (await new PinResolver(client, mostChecks: 10).ResolveAsync(server.Image(tag: "latest"), null, default)).Pin.ShouldBe(new Pin(null, Now));
        server.Requests.Count(request => request.Method == "HEAD").ShouldBe(11);
    }

    [Theory]
    [InlineData("1.64.2", true)]
    [InlineData("v1.64.2", true)]
    [InlineData("v3", true)]
    [InlineData("1.64", true)]
    [InlineData("20240101", false)]
    [InlineData("1.64.2-alpine", false)]
    [InlineData("latest", false)]
    [InlineData("1.2.3.4", false)]
    [InlineData("", false)]
    public void Versions_are_told_from_other_tags(string tag, bool expected) => VersionTag.TryParse(tag, out _).ShouldBe(expected);

    [Fact]
    public void Versions_order_by_number_not_by_text()
    {
        VersionTag.TryParse("1.9.0", out var nine).ShouldBeTrue();
        VersionTag.TryParse("1.10.0", out var ten).ShouldBeTrue();
        (ten > nine).ShouldBeTrue();
    }

    private static Task<TestServer> StartAsync(params (string Tag, string Digest)[] tags) => TestServer.StartAsync(context =>
    {
        var path = context.Request.Path.Value!;
        if (path.EndsWith("/tags/list", StringComparison.Ordinal))
        {
            return TestServer.Json(context, 200, $$"""{"name":"team/app","tags":[{{string.Join(',', tags.Select(tag => $"\"{tag.Tag}\""))}}]}""");
        }

        var found = tags.FirstOrDefault(tag => path.EndsWith("/manifests/" + tag.Tag, StringComparison.Ordinal));
        return found.Tag is null
            ? TestServer.Json(context, 404, """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""")
            : TestServer.Manifest(context, found.Digest);
    });
}

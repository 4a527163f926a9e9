using KubeLint.Registry.Credentials;
using Microsoft.AspNetCore.Http;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KubeLint.Registry.Tests;

public class RegistryClientTests
{
    private const string Digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    [Fact]
    public async Task A_manifest_that_is_there_is_found_with_one_HEAD()
    {
        await using var server = await TestServer.StartAsync(context => TestServer.Manifest(context, Digest));
        using var client = server.Client();

        var answer = await client.CheckAsync(server.Image(), null, platforms: false, default);

        answer.ShouldBeOfType<RegistryAnswer.Exists>().Digest.ShouldBe(Digest);
        server.Requests.Select(request => $"{request.Method} {request.Path}").ShouldBe(["HEAD /v2/team/app/manifests/1.0.0"]);
    }

    [Fact]
    public async Task The_same_image_is_asked_for_once_however_often_it_is_checked()
    {
        await using var server = await TestServer.StartAsync(context => TestServer.Manifest(context, Digest));
        using var client = server.Client();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.CheckAsync(server.Image(), null, platforms: false, default)));

        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_digest_wins_over_the_tag()
    {
        await using var server = await TestServer.StartAsync(context => TestServer.Manifest(context, Digest));
        using var client = server.Client();

        await client.CheckAsync(server.Image(digest: Digest), null, platforms: false, default);

        server.Requests.Single().Path.ShouldBe($"/v2/team/app/manifests/{Digest}");
    }

    [Fact]
    public async Task The_platforms_of_an_index_leave_attestations_out()
    {
        await using var server = await TestServer.StartAsync(context => TestServer.Manifest(context, Digest, """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[
              {"digest":"sha256:a","platform":{"os":"linux","architecture":"amd64"}},
              {"digest":"sha256:b","platform":{"os":"linux","architecture":"arm","variant":"v7"}},
              {"digest":"sha256:c","platform":{"os":"unknown","architecture":"unknown"}}]}
            """));
        using var client = server.Client();

        var answer = (await client.CheckAsync(server.Image(), null, platforms: true, default)).ShouldBeOfType<RegistryAnswer.Exists>();

        answer.Platforms.Select(platform => platform.ToString()).ShouldBe(["linux/amd64", "linux/arm/v7"]);
        answer.Platforms.Any(platform => platform.Runs("linux", "arm64")).ShouldBeFalse();
    }

    /// <summary>Error answers in the form in which the big registries give them.</summary>
    [Theory]
    [InlineData(404, """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":"unknown tag=9.9.9"}]}""", "NotFound MANIFEST_UNKNOWN")]
    [InlineData(404, """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""", "NotFound MANIFEST_UNKNOWN")]
    [InlineData(404, """{"errors":[{"code":"MANIFEST_UNKNOWN","detail":{},"message":"manifest unknown"}]}""", "NotFound MANIFEST_UNKNOWN")]
    [InlineData(404, """{"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known to registry","detail":{"name":"team/app"}}]}""", "NotFound NAME_UNKNOWN repository")]
    [InlineData(404, "", "NotFound 404")]
    [InlineData(401, """{"errors":[{"code":"UNAUTHORIZED","message":"authentication required","detail":[{"Type":"repository","Class":"","Name":"team/app","Action":"pull"}]}]}""", "Denied 401")]
    [InlineData(401, """{"errors":[{"code":"UNAUTHORIZED","detail":{},"message":"access to the requested resource is not authorized"}]}""", "Denied 401")]
    [InlineData(403, """{"errors":[{"code":"DENIED","message":"requested access to the resource is denied"}]}""", "Denied 403")]
    [InlineData(429, """{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit"}]}""", "RateLimited")]
    [InlineData(429, """{"errors":[{"code":"TOOMANYREQUESTS","message":"retry-after: 214.834µs, allowed: 44000/minute"}]}""", "RateLimited")]
    [InlineData(429, "<html><body>429 Too Many Requests</body></html>", "RateLimited")]
    [InlineData(500, """{"errors":[{"code":"UNKNOWN","message":"unknown error"}]}""", "Unexpected 500")]
    [InlineData(200, "<!doctype html><title>Sign in</title>", "Unexpected 200")]
    public async Task Error_answers_are_told_apart(int status, string body, string expected)
    {
        await using var server = await TestServer.StartAsync(context =>
        {
            context.Response.Headers["ratelimit-remaining"] = "0;w=21600";
            return TestServer.Json(context, status, body);
        });
        using var client = server.Client();

        var answer = await client.CheckAsync(server.Image(), null, platforms: false, default);

        (answer switch
        {
            RegistryAnswer.NotFound found => $"NotFound {found.Code}{(found.RepositoryMissing ? " repository" : "")}",
            RegistryAnswer.Denied denied => $"Denied {denied.Status}",
            RegistryAnswer.RateLimited => "RateLimited",
            RegistryAnswer.Unexpected unexpected => $"Unexpected {unexpected.Status}",
            _ => answer.ToString(),
        }).ShouldBe(expected);
    }

    [Fact]
    public async Task A_web_page_that_says_404_is_no_registrys_word()
    {
        await using var server = await TestServer.StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            context.Response.ContentType = "text/html";
            return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync("<h1>Not Found</h1>");
        });
        using var client = server.Client();

        (await client.CheckAsync(server.Image(), null, platforms: false, default)).ShouldBeOfType<RegistryAnswer.Unexpected>().Status.ShouldBe(404);
    }

    [Fact]
    public async Task Docker_Hubs_limit_headers_are_read()
    {
        await using var server = await TestServer.StartAsync(context =>
        {
            context.Response.Headers["ratelimit-limit"] = "100;w=21600";
            context.Response.Headers["ratelimit-remaining"] = "76;w=21600";
            context.Response.Headers["docker-ratelimit-source"] = "192.0.2.7";
            return TestServer.Manifest(context, Digest);
        });
        using var client = server.Client();

        var answer = (await client.CheckAsync(server.Image(), null, platforms: false, default)).ShouldBeOfType<RegistryAnswer.Exists>();

        answer.RateLimit.ShouldBe(new RateLimit(100, 76, TimeSpan.FromHours(6)));
    }

    [Fact]
    public async Task A_request_is_repeated_after_the_time_that_the_registry_names()
    {
        var first = true;
        await using var server = await TestServer.StartAsync(context =>
        {
            if (first)
            {
                first = false;
                context.Response.Headers.RetryAfter = "1";
                return TestServer.Json(context, 429, "");
            }

            return TestServer.Manifest(context, Digest);
        });
        using var client = server.Client();

        (await client.CheckAsync(server.Image(), null, platforms: false, default)).ShouldBeOfType<RegistryAnswer.Exists>();
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_longer_wait_than_allowed_is_reported_instead()
    {
        await using var server = await TestServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "3600";
            return TestServer.Json(context, 429, "");
        });
        using var client = server.Client();

        (await client.CheckAsync(server.Image(), null, platforms: false, default))
            .ShouldBeOfType<RegistryAnswer.RateLimited>().RetryAfter.ShouldBe(TimeSpan.FromHours(1));
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_is_fetched_for_the_scope_and_used_again()
    {
        await using var server = await StartTokenServerAsync(anonymous: true);
        using var client = server.Client();

        foreach (var tag in (string[])["1.0.0", "1.1.0", "1.2.0"])
        {
            (await client.CheckAsync(server.Image(tag: tag), null, platforms: false, default)).ShouldBeOfType<RegistryAnswer.Exists>();
        }

        var tokens = server.Requests.Where(request => request.Path.StartsWith("/token", StringComparison.Ordinal)).ToList();
        tokens.Count.ShouldBe(1);
        tokens[0].Path.ShouldBe("/token?service=test-registry&scope=repository%3Ateam%2Fapp%3Apull");
        tokens[0].Authorization.ShouldBeEmpty();
    }

    [Fact]
    public async Task Credentials_go_to_the_token_server_and_the_token_to_the_registry()
    {
        await using var server = await StartTokenServerAsync(anonymous: false);
        using var client = server.Client();
        var credentials = Config(server.Authority, "robot", "correct horse");

        (await client.CheckAsync(server.Image(), null, platforms: false, default))
            .ShouldBe(new RegistryAnswer.Denied(401, false, "UNAUTHORIZED: authentication required"));
        (await client.CheckAsync(server.Image(), credentials, platforms: false, default)).ShouldBeOfType<RegistryAnswer.Exists>();

        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("robot:correct horse"));
        server.Requests.Where(request => request.Authorization == basic).ShouldAllBe(request => request.Path.StartsWith("/token"));
        server.Requests.ShouldContain(request => request.Authorization == basic);
    }

    [Fact]
    public async Task Refused_credentials_are_told_from_missing_ones()
    {
        await using var server = await StartTokenServerAsync(anonymous: false);
        using var client = server.Client();

        (await client.CheckAsync(server.Image(), Config(server.Authority, "robot", "wrong"), platforms: false, default))
            .ShouldBeOfType<RegistryAnswer.Denied>().WithCredentials.ShouldBeTrue();
    }

    [Fact]
    public async Task A_credential_for_another_registry_is_never_sent()
    {
        await using var server = await StartTokenServerAsync(anonymous: false);
        using var client = server.Client();

        (await client.CheckAsync(server.Image(), Config("ghcr.io", "robot", "correct horse"), platforms: false, default))
            .ShouldBeOfType<RegistryAnswer.Denied>().WithCredentials.ShouldBeFalse();
        server.Requests.ShouldAllBe(request => !request.Authorization.StartsWith("Basic"));
    }

    [Fact]
    public async Task A_redirect_to_another_host_carries_no_credential()
    {
        await using var store = await TestServer.StartAsync(context => TestServer.Manifest(context, Digest));
        await using var server = await TestServer.StartAsync(context =>
        {
            if (context.Request.Headers.Authorization.Count == 0)
            {
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"registry\"";
                return TestServer.Json(context, 401, "");
            }

            context.Response.Redirect($"http://{store.Authority}/elsewhere", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        using var client = server.Client();

        (await client.CheckAsync(server.Image(), Config(server.Authority, "robot", "secret"), platforms: false, default)).ShouldBeOfType<RegistryAnswer.Exists>();
        store.Requests.Single().Authorization.ShouldBeEmpty();
        server.Requests.Last().Authorization.ShouldStartWith("Basic ");
    }

    [Fact]
    public async Task Plain_HTTP_gets_no_request_unless_the_registry_is_listed()
    {
        await using var server = await TestServer.StartAsync(context => TestServer.Manifest(context, Digest));
        using var client = new RegistryClient(new RegistryClientOptions { Retries = 0 });

        (await client.CheckAsync(server.Image(), Config(server.Authority, "robot", "secret"), platforms: false, default))
            .ShouldBeOfType<RegistryAnswer.Unreachable>().Reason.ShouldBe(UnreachableReason.Tls);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_stops_the_request()
    {
        using var certificate = MakeCertificate();
        await using var server = await TestServer.StartAsync(context => TestServer.Manifest(context, Digest), certificate);
        using var strict = new RegistryClient(new RegistryClientOptions { Retries = 0 });
        using var lax = server.Client();

        (await strict.CheckAsync(server.Image(), Config(server.Authority, "robot", "secret"), platforms: false, default))
            .ShouldBeOfType<RegistryAnswer.Unreachable>().Reason.ShouldBe(UnreachableReason.UnknownAuthority);
        server.Requests.ShouldBeEmpty();
        (await lax.CheckAsync(server.Image(), null, platforms: false, default)).ShouldBeOfType<RegistryAnswer.Exists>();
    }

    [Fact]
    public async Task Network_trouble_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var client = new RegistryClient(new RegistryClientOptions { Retries = 0 });

        (await client.CheckAsync(new RegistryImage($"127.0.0.1:{port}", "a/b"), null, platforms: false, default))
            .ShouldBeOfType<RegistryAnswer.Unreachable>().Reason.ShouldBe(UnreachableReason.Refused);
        (await client.CheckAsync(new RegistryImage("registry.invalid", "a/b"), null, platforms: false, default))
            .ShouldBeOfType<RegistryAnswer.Unreachable>().Reason.ShouldBe(UnreachableReason.Dns);
    }

    [Fact]
    public async Task A_silent_registry_is_a_timeout()
    {
        var release = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(_ => release.Task);
        using var client = new RegistryClient(new RegistryClientOptions
        {
            Retries = 0,
            Timeout = TimeSpan.FromMilliseconds(300),
            Insecure = new HashSet<string> { server.Authority },
        });

        (await client.CheckAsync(server.Image(), null, platforms: false, default))
            .ShouldBeOfType<RegistryAnswer.Unreachable>().Reason.ShouldBe(UnreachableReason.Timeout);
        release.SetResult();
    }

    [Fact]
    public async Task Tags_are_read_page_by_page()
    {
        await using var server = await TestServer.StartAsync(context =>
        {
            if (context.Request.Query.ContainsKey("last"))
            {
                return TestServer.Json(context, 200, """{"name":"team/app","tags":["3.0.0"]}""");
            }

            context.Response.Headers.Link = "</v2/team/app/tags/list?last=2.0.0&n=2>; rel=\"next\"";
            return TestServer.Json(context, 200, """{"name":"team/app","tags":["1.0.0","2.0.0"]}""");
        });
        using var client = server.Client();

        (await client.ListTagsAsync(server.Image(), null, 10, default)).Tags.ShouldBe(["1.0.0", "2.0.0", "3.0.0"]);
        (await client.ListTagsAsync(server.Image(), null, 1, default)).Tags.ShouldBe(["1.0.0", "2.0.0"]);
    }

    internal static DockerConfig Config(string host, string user, string password) => DockerConfig.Parse(
        $$"""{"auths":{"{{host}}":{"auth":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}}"} } }""", "test");

    private static Task<TestServer> StartTokenServerAsync(bool anonymous) => TestServer.StartAsync(context =>
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (context.Request.Path == "/token")
        {
            var known = authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("robot:correct horse"));
            return authorization.Length > 0 && !known
                ? TestServer.Json(context, 401, """{"details":"incorrect username or password"}""")
                : TestServer.Json(context, 200, anonymous || known ? """{"token":"good","expires_in":300}""" : """{"token":"powerless","expires_in":300}""");
        }

        if (authorization == "Bearer good")
        {
            return TestServer.Manifest(context, Digest);
        }

        context.Response.Headers.WWWAuthenticate =
            $"Bearer realm=\"http://{context.Request.Host}/token\",service=\"test-registry\",scope=\"repository:team/app:pull\"";
        return TestServer.Json(context, 401, """{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}""");
    });

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}

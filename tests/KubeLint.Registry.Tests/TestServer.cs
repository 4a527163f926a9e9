using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace KubeLint.Registry.Tests;

/// <summary>A web server on a free loopback port that answers as a test says and remembers what it was asked.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private TestServer(WebApplication application, ConcurrentQueue<Request> requests)
    {
        this.application = application;
        Requests = requests;
        Authority = new Uri(application.Urls.Single()).Authority;
    }

    public ConcurrentQueue<Request> Requests { get; }

    public string Authority { get; }

    public static async Task<TestServer> StartAsync(RequestDelegate answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var requests = new ConcurrentQueue<Request>();
        var application = builder.Build();
        application.Run(context =>
        {
            requests.Enqueue(new Request(context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.Headers.Authorization.ToString()));
            return answer(context);
        });
        await application.StartAsync();
        return new TestServer(application, requests);
    }

    public static Task Json(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(json);
    }

    /// <summary>A manifest as a registry answers it: the digest in the header, no body for HEAD.</summary>
    public static Task Manifest(HttpContext context, string digest, string body = """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""")
    {
        context.Response.ContentType = "application/vnd.oci.image.index.v1+json";
        context.Response.Headers["Docker-Content-Digest"] = digest;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(body);
    }

    public RegistryClient Client(TimeProvider? time = null) => new(new RegistryClientOptions
    {
        Insecure = new HashSet<string> { Authority },
        Timeout = TimeSpan.FromSeconds(20),
        Time = time ?? TimeProvider.System,
    });

    public RegistryImage Image(string repository = "team/app", string? tag = "1.0.0", string? digest = null) => new(Authority, repository, tag, digest);

    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    internal sealed record Request(string Method, string Path, string Authorization);
}

using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using KubeLint.Registry.Pins;

namespace KubeLint.Registry.Tests;

/// <summary>Against the distribution project's own registry (Debian's package docker-registry), where it is installed.</summary>
public class DockerRegistryTests
{
    [SkippableFact]
    public async Task A_plain_registry_answers_what_was_pushed()
    {
        await using var registry = await DockerRegistry.StartAsync(password: null);
        var digest = await registry.PushAsync("team/app", "1.2.3", "amd64");
        using var client = registry.Client();

        var answer = (await client.CheckAsync(registry.Image("team/app", "1.2.3"), null, platforms: true, default)).ShouldBeOfType<RegistryAnswer.Exists>();

        answer.Digest.ShouldBe(digest);
        answer.MediaType.ShouldBe("application/vnd.oci.image.manifest.v1+json");
        answer.Platforms.ShouldBe([new Platform("linux", "amd64")]);
    }

    [SkippableFact]
    public async Task An_index_names_its_platforms()
    {
        await using var registry = await DockerRegistry.StartAsync(password: null);
        await registry.PushIndexAsync("team/app", "2.0.0", "amd64", "arm64");
        using var client = registry.Client();

        (await client.CheckAsync(registry.Image("team/app", "2.0.0"), null, platforms: true, default)).ShouldBeOfType<RegistryAnswer.Exists>()
            .Platforms.ShouldBe([new Platform("linux", "amd64"), new Platform("linux", "arm64")]);
    }

    [SkippableFact]
    public async Task A_missing_tag_and_a_missing_repository_are_both_definite()
    {
        await using var registry = await DockerRegistry.StartAsync(password: null);
        await registry.PushAsync("team/app", "1.2.3", "amd64");
        using var client = registry.Client();

        (await client.CheckAsync(registry.Image("team/app", "9.9.9"), null, platforms: false, default)).ShouldBeOfType<RegistryAnswer.NotFound>().Code.ShouldBe("MANIFEST_UNKNOWN");
        (await client.CheckAsync(registry.Image("team/none", "1.0.0"), null, platforms: false, default)).ShouldBeOfType<RegistryAnswer.NotFound>();
        (await client.ListTagsAsync(registry.Image("team/none", "1.0.0"), null, 3, default)).Failure.ShouldBeOfType<RegistryAnswer.NotFound>().RepositoryMissing.ShouldBeTrue();
    }

    [SkippableFact]
    public async Task Latest_is_pinned_to_the_version_that_it_is()
    {
        await using var registry = await DockerRegistry.StartAsync(password: null);
        await registry.PushAsync("team/app", "1.2.3", "amd64");
        var digest = await registry.PushAsync("team/app", "1.10.0", "arm64");
        await registry.PushAsync("team/app", "latest", "arm64");
        using var client = registry.Client();

        var (pin, _) = await new PinResolver(client).ResolveAsync(registry.Image("team/app", "latest"), null, default);

        pin.ShouldNotBeNull().TagWithDigest.ShouldBe($"1.10.0@{digest}");
    }

    [SkippableFact]
    public async Task A_registry_with_passwords_tells_no_credentials_from_wrong_ones()
    {
        await using var registry = await DockerRegistry.StartAsync("correct horse");
        await registry.PushAsync("team/app", "1.2.3", "amd64");
        using var client = registry.Client();
        var image = registry.Image("team/app", "1.2.3");

        (await client.CheckAsync(image, null, platforms: false, default)).ShouldBeOfType<RegistryAnswer.Denied>().WithCredentials.ShouldBeFalse();
        (await client.CheckAsync(image, RegistryClientTests.Config(registry.Authority, "robot", "wrong"), platforms: false, default))
            .ShouldBeOfType<RegistryAnswer.Denied>().WithCredentials.ShouldBeTrue();
        (await client.CheckAsync(image, RegistryClientTests.Config(registry.Authority, "robot", "correct horse"), platforms: false, default))
            .ShouldBeOfType<RegistryAnswer.Exists>();
    }
}

/// <summary>A docker-registry process with a storage of its own, on a free loopback port.</summary>
internal sealed class DockerRegistry : IAsyncDisposable
{
    // bcrypt of "correct horse": the only form of hash that the registry takes.
    private const string Htpasswd = "robot:$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";
    private readonly Process process;
    private readonly DirectoryInfo directory;
    private readonly HttpClient http = new();

    private DockerRegistry(Process process, DirectoryInfo directory, string authority, string? password)
    {
        this.process = process;
        this.directory = directory;
        Authority = authority;
        http.BaseAddress = new Uri($"http://{authority}");
        if (password is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("robot:" + password)));
        }
    }

    public string Authority { get; }

    public static async Task<DockerRegistry> StartAsync(string? password)
    {
        const string program = "/usr/bin/docker-registry";
        Skip.IfNot(File.Exists(program), "docker-registry is not installed (apt-get install docker-registry).");
        var directory = Directory.CreateTempSubdirectory("kubelint-registry-");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var authority = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        listener.Stop();
        var passwords = Path.Combine(directory.FullName, "htpasswd");
        await File.WriteAllTextAsync(passwords, Htpasswd + "\n");
        var configuration = Path.Combine(directory.FullName, "config.yml");
        await File.WriteAllTextAsync(configuration, $"""
            version: 0.1
            log: {"{"}level: error, accesslog: {"{"}disabled: true{"}"}{"}"}
            storage: {"{"}filesystem: {"{"}rootdirectory: {directory.FullName}/data{"}"}{"}"}
            http: {"{"}addr: "{authority}"{"}"}
            {(password is null ? "" : $"auth: {{htpasswd: {{realm: test, path: {passwords}}}}}")}

            """);
        var start = new ProcessStartInfo(program, ["serve", configuration]) { RedirectStandardError = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var registry = new DockerRegistry(process, directory, authority, password);
        for (var attempt = 0; attempt < 200; attempt++)
        {
            try
            {
                using var response = await registry.http.GetAsync("/v2/");
                return registry;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException("docker-registry does not answer.");
    }

    public RegistryImage Image(string repository, string tag) => new(Authority, repository, tag);

    public RegistryClient Client() => new(new RegistryClientOptions { Insecure = new HashSet<string> { Authority }, Timeout = TimeSpan.FromSeconds(30) });

    public async Task<string> PushAsync(string repository, string tag, string architecture)
    {
        var config = await PushBlobAsync(repository, $$"""{"os":"linux","architecture":"{{architecture}}","rootfs":{"type":"layers","diff_ids":[]},"config":{} }""");
        return await PushManifestAsync(repository, tag, "application/vnd.oci.image.manifest.v1+json", $$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{config.Digest}}","size":{{config.Size}}},"layers":[]}
            """);
    }

    public async Task PushIndexAsync(string repository, string tag, params string[] architectures)
    {
        var manifests = new List<string>();
        foreach (var architecture in architectures)
        {
            var digest = await PushAsync(repository, $"{tag}-{architecture}", architecture);
            manifests.Add($$"""{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{digest}}","size":300,"platform":{"os":"linux","architecture":"{{architecture}}"} }""");
        }

        await PushManifestAsync(repository, tag, "application/vnd.oci.image.index.v1+json",
            $$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{{string.Join(',', manifests)}}]}""");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        directory.Delete(recursive: true);
    }

    private async Task<(string Digest, int Size)> PushBlobAsync(string repository, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
        using var begun = await http.PostAsync($"/v2/{repository}/blobs/uploads/", null);
        begun.EnsureSuccessStatusCode();
        var location = begun.Headers.Location!.ToString();
        using var body = new ByteArrayContent(bytes);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var put = await http.PutAsync($"{location}&digest={Uri.EscapeDataString(digest)}", body);
        put.EnsureSuccessStatusCode();
        return (digest, bytes.Length);
    }

    private async Task<string> PushManifestAsync(string repository, string reference, string mediaType, string json)
    {
        using var body = new StringContent(json);
        body.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var put = await http.PutAsync($"/v2/{repository}/manifests/{reference}", body);
        put.EnsureSuccessStatusCode();
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
    }
}

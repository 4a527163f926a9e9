using KubeLint.Registry.Credentials;
using System.Text;

namespace KubeLint.Registry.Tests;

public class CredentialTests
{
    private const string Marker = "s3cr3t-marker";

    /// <summary>Cases of the kubelet's matching, as kubernetes.io's "Interpretation of config.json" gives them.</summary>
    [Theory]
    [InlineData("ghcr.io", "ghcr.io/team/app", true)]
    [InlineData("https://ghcr.io", "ghcr.io/team/app", true)]
    [InlineData("https://ghcr.io/v2/", "ghcr.io/team/app", true)]
    [InlineData("ghcr.io/team", "ghcr.io/team/app", true)]
    [InlineData("ghcr.io/other", "ghcr.io/team/app", false)]
    [InlineData("*.kubernetes.io", "abc.kubernetes.io/a/b", true)]
    [InlineData("*.*.kubernetes.io", "abc.kubernetes.io/a/b", false)]
    [InlineData("*.kubernetes.io", "prefix.abc.kubernetes.io/a/b", false)]
    [InlineData("*-good.kubernetes.io", "prefix-good.kubernetes.io/a/b", true)]
    [InlineData("registry.lan:5000", "registry.lan:5000/a/b", true)]
    [InlineData("registry.lan", "registry.lan:5000/a/b", false)]
    [InlineData("registry.lan:5001", "registry.lan:5000/a/b", false)]
    [InlineData("https://index.docker.io/v1/", "docker.io/library/nginx", true)]
    [InlineData("index.docker.io", "docker.io/library/nginx", true)]
    [InlineData("docker.io", "docker.io/library/nginx", true)]
    [InlineData("registry-1.docker.io", "docker.io/library/nginx", false)]
    [InlineData("gcr.io", "ghcr.io/team/app", false)]
    public void A_key_covers_what_the_kubelet_says_it_covers(string key, string name, bool expected)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        DockerConfig.Covers(key, new RegistryImage(name[..slash], name[(slash + 1)..])).ShouldBe(expected);
    }

    [Fact]
    public void The_longest_key_wins()
    {
        var config = DockerConfig.Parse("""{"auths":{"ghcr.io":{"username":"a","password":"x"},"ghcr.io/team":{"username":"b","password":"x"}}}""", "test");

        config.Find(new RegistryImage("ghcr.io", "team/app"))!.Credential!.Username.ShouldBe("b");
        config.Find(new RegistryImage("ghcr.io", "else/app"))!.Credential!.Username.ShouldBe("a");
    }

    [Theory]
    [InlineData("{\"auths\": {\"ghcr.io\": {\"auth\": \"" + Marker + "!\"}}}", "\"auth\" of ghcr.io is not base64.")]
    [InlineData("{\"auths\": {\"ghcr.io\": {\"auth\": \"czNjcjN0LW1hcmtlcg==\"}}}", "\"auth\" of ghcr.io is not \"user:password\" in base64.")]
    [InlineData("{\"auths\": [\"" + Marker + "\"]}", "\"auths\" is a list, not an object.")]
    [InlineData("{\"ghcr.io\": {\"password\": \"" + Marker + "\"}}", "The JSON has no \"auths\".")]
    [InlineData(Marker, "It is not JSON (line 1, column 1).")]
    [InlineData("{\"auths\":{\"ghcr.io\":\"" + Marker + "\"}}", "The entry of ghcr.io is a string, not an object.")]
    public void What_is_malformed_is_said_without_the_value(string json, string expected)
    {
        var config = DockerConfig.Parse(json, "test");

        config.Problems.ShouldBe([expected]);
        string.Concat(config.Problems).ShouldNotContain(Marker);
    }

    [Fact]
    public void A_credential_does_not_print_its_secret()
    {
        var credential = DockerConfig.Parse($$"""{"auths":{"ghcr.io":{"username":"u","password":"{{Marker}}","identitytoken":"{{Marker}}"} } }""", "test").Entries[0].Credential!;

        credential.Password.Reveal().ShouldBe(Marker);
        credential.ToString().ShouldNotContain(Marker);
    }

    [SkippableFact]
    public async Task A_helper_is_asked_once_for_the_registry_that_it_is_for()
    {
        Skip.If(OperatingSystem.IsWindows(), "The helper of this test is a shell script.");
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            var name = "kubelint-test-" + Guid.NewGuid().ToString("N");
            var script = Path.Combine(directory.FullName, "docker-credential-" + name);
            var log = Path.Combine(directory.FullName, "log");
            await File.WriteAllTextAsync(script, $$"""
                #!/bin/sh
                read server
                echo "$1 $server" >> {{log}}
                echo '{"ServerURL":"'"$server"'","Username":"helped","Secret":"{{Marker}}"}'
                """);
            if (OperatingSystem.IsWindows())
            {
                return;
            }

            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            Environment.SetEnvironmentVariable("PATH", Environment.GetEnvironmentVariable("PATH") + Path.PathSeparator + directory.FullName);
            var config = DockerConfig.Parse($$"""{"credHelpers":{"ghcr.io":"{{name}}"} }""", "test");
            var credentials = new LocalCredentials([config], TimeSpan.FromSeconds(30));

            (await credentials.FindAsync(new RegistryImage("quay.io", "a/b"), default)).ShouldBeNull();
            var first = await credentials.FindAsync(new RegistryImage("ghcr.io", "a/b"), default);
            var second = await credentials.FindAsync(new RegistryImage("ghcr.io", "c/d"), default);

            first.ShouldNotBeNull().Username.ShouldBe("helped");
            first.Password.Reveal().ShouldBe(Marker);
            second.ShouldBeSameAs(first);
            (await File.ReadAllTextAsync(log)).ShouldBe("get ghcr.io\n");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_helper_that_is_not_installed_or_no_name_gives_nothing()
    {
        (await CredentialHelper.GetAsync("kubelint-absent", "ghcr.io", TimeSpan.FromSeconds(5), default)).ShouldBeNull();
        (await CredentialHelper.GetAsync("../../bin/sh", "ghcr.io", TimeSpan.FromSeconds(5), default)).ShouldBeNull();
    }

    [Fact]
    public async Task The_files_of_docker_and_of_the_containers_tools_are_read()
    {
        var home = Directory.CreateTempSubdirectory();
        try
        {
            var docker = Directory.CreateDirectory(Path.Combine(home.FullName, ".docker"));
            var containers = Directory.CreateDirectory(Path.Combine(home.FullName, ".config", "containers"));
            await File.WriteAllTextAsync(Path.Combine(docker.FullName, "config.json"), Auth("ghcr.io", "docker"));
            await File.WriteAllTextAsync(Path.Combine(containers.FullName, "auth.json"), Auth("quay.io", "containers"));
            var credentials = LocalCredentials.Load(name => name == "HOME" ? home.FullName : null);

            (await credentials.FindAsync(new RegistryImage("ghcr.io", "a/b"), default))!.Username.ShouldBe("docker");
            (await credentials.FindAsync(new RegistryImage("quay.io", "a/b"), default))!.Username.ShouldBe("containers");
            (await credentials.FindAsync(new RegistryImage("docker.io", "a/b"), default)).ShouldBeNull();
        }
        finally
        {
            home.Delete(recursive: true);
        }

        static string Auth(string host, string user) =>
            $$"""{"auths":{"{{host}}":{"auth":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(user + ":x"))}}"} } }""";
    }
}

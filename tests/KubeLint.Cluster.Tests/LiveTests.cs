using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using KubeLint.Cli;

namespace KubeLint.Cluster.Tests;

/// <summary><c>--live</c>, the whole way: command line, kubeconfig, TLS, API server, rules, reports.</summary>
public sealed class LiveTests
{
    private const string Digest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private static readonly (string Path, string Text)[] Repository =
    [
        ("flux/shop.yaml", """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: shop
              namespace: flux-system
            spec:
              interval: 1h
              path: ./kubernetes/apps/shop
              prune: true
              sourceRef:
                kind: GitRepository
                name: flux-system
              postBuild:
                substituteFrom:
                  - kind: Secret
                    name: cluster-secrets
            """),
        ("kubernetes/apps/shop/cart.yaml", """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata:
              name: cart
              namespace: shop
            spec:
              interval: 1h
              chartRef:
                kind: OCIRepository
                name: app-template
              valuesFrom:
                - kind: Secret
                  name: cart-settings
                  valuesKey: token
                  targetPath: auth.token
              values:
                image:
                  repository: ghcr.io/acme/cart
                  tag: latest
                imagePullSecrets:
                  - name: registry
            """),
    ];

    [Theory]
    [InlineData("text")]
    [InlineData("concise")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("github")]
    [InlineData("gitlab")]
    [InlineData("junit")]
    [InlineData("markdown")]
    [InlineData("csv")]
    public async Task Findings_stand_at_their_lines_in_every_format_and_no_value_of_a_Secret_does(string format)
    {
        await using var server = await ApiServer.StartAsync(Troubled());
        using var repository = new TemporaryFolder(Repository);

        var (code, output, errors) = await RunAsync(repository, "--live", "--select", "live", "--kubeconfig", server.Kubeconfig, "--format", format);

        code.ShouldBe(1, errors);
        foreach (var id in new[] { "KL9002", "KL9003", "KL9006", "KL9008", "KL9009" })
        {
            output.ShouldContain(id);
        }

        output.ShouldContain("kubernetes/apps/shop/cart.yaml");
        output.ShouldContain("not found");
        foreach (var form in DiagnoseTests.Forms("MARKER-"))
        {
            (output + errors).ShouldNotContain(form, Case.Sensitive);
        }

        server.Requests.ShouldAllBe(request => request.StartsWith("GET "));
    }

    [Fact]
    public async Task Every_live_rule_has_its_place_over_HTTP()
    {
        await using var server = await ApiServer.StartAsync(Troubled());
        using var repository = new TemporaryFolder(Repository);

        var (_, output, _) = await RunAsync(repository, "--live", "--select", "live", "--kubeconfig", server.Kubeconfig, "--quiet", "--format", "concise");

        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(' ', line.Split(' ').Take(3))).ShouldBe(
        [
            "flux/shop.yaml:4:9: warning: KL9003",
            "flux/shop.yaml:4:9: warning: KL9005",
            "flux/shop.yaml:16:15: error: KL9012",
            "kubernetes/apps/shop/cart.yaml:4:9: error: KL9002",
            "kubernetes/apps/shop/cart.yaml:4:9: error: KL9010",
            "kubernetes/apps/shop/cart.yaml:19:12: warning: KL9006",
            "kubernetes/apps/shop/cart.yaml:19:12: error: KL9008",
            "kubernetes/apps/shop/cart.yaml:21:15: warning: KL9009",
        ], output);
    }

    [Fact]
    public async Task All_well_is_no_finding_and_one_namespace_can_be_looked_at_alone()
    {
        var objects = FixtureObjects.Load("healthy");
        await using var server = await ApiServer.StartAsync([.. objects, Object("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"cluster-secrets","namespace":"flux-system"},"data":{}}""")]);
        using var repository = new TemporaryFolder(Repository[0], (Repository[1].Path, Repository[1].Text.Replace("tag: latest", "tag: 2.4.0", StringComparison.Ordinal)));

        var (code, output, errors) = await RunAsync(repository, "--live", "--select", "live", "--kubeconfig", server.Kubeconfig, "--quiet");
        code.ShouldBe(0, output + errors);

        server.Requests.Clear();
        (await RunAsync(repository, "--live", "--select", "live", "--kubeconfig", server.Kubeconfig, "--namespace", "shop", "--quiet")).Code.ShouldBe(0);
        server.Requests.ShouldContain(request => request.StartsWith("GET /api/v1/namespaces/shop/pods"));
        server.Requests.ShouldNotContain(request => request.StartsWith("GET /api/v1/pods"));
    }

    [Theory]
    [InlineData("helmreleases", "HelmReleases")]
    [InlineData("pods", "Pods")]
    [InlineData("secrets", "Secret/shop/cart-settings")]
    [InlineData("kustomizations", "Kustomizations")]
    [InlineData("serviceaccounts", "ServiceAccounts")]
    public async Task What_may_not_be_read_is_told_and_not_taken_for_absent(string plural, string told)
    {
        await using var server = await ApiServer.StartAsync(FixtureObjects.Load("healthy"));
        server.Forbidden.Add(plural);
        using var repository = new TemporaryFolder(Repository);

        var (code, output, _) = await RunAsync(repository, "--live", "--select", "live", "--ignore", "KL9006,KL9012", "--kubeconfig", server.Kubeconfig, "--quiet", "--format", "concise");

        code.ShouldBe(1);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldAllBe(line => line.Contains("KL9099"));
        lines.ShouldContain(line => line.Contains($"Not checked: {told}"));
    }

    [Fact]
    public async Task Which_of_several_clusters_it_is_shows_in_the_paths()
    {
        await using var server = await ApiServer.StartAsync(FixtureObjects.Load("healthy"));
        var other = Repository[0].Text.Replace("apps/shop", "apps/other", StringComparison.Ordinal);
        using var repository = new TemporaryFolder(
            ("clusters/a/shop.yaml", Repository[0].Text),
            ("clusters/b/shop.yaml", other),
            Repository[1],
            ("kubernetes/apps/other/absent.yaml", Repository[1].Text.Replace("name: cart\n", "name: absent\n", StringComparison.Ordinal)));

        var (_, output, errors) = await RunAsync(repository, "--live", "--select", "KL9001", "--kubeconfig", server.Kubeconfig, "--quiet", "--format", "concise");
        output.ShouldBeEmpty(errors);

        (_, output, _) = await RunAsync(repository, "--live", "--select", "KL9001", "--kubeconfig", server.Kubeconfig, "--quiet", "--format", "concise", "--entry", "clusters/b/shop.yaml");
        output.ShouldContain("kubernetes/apps/other/absent.yaml:4:9: warning: KL9001");
    }

    [Fact]
    public async Task Wrong_use_and_a_cluster_that_is_not_there_are_told_apart()
    {
        await using var server = await ApiServer.StartAsync(FixtureObjects.Load("healthy"));
        using var repository = new TemporaryFolder(Repository);

        (await RunAsync(repository, "--context", "test")).Code.ShouldBe(2);
        (await RunAsync(repository, "--live", "--kubeconfig", "absent")).Code.ShouldBe(3);
        var (code, _, errors) = await RunAsync(repository, "--live", "--kubeconfig", server.Kubeconfig, "--context", "stranger");
        code.ShouldBe(3);
        errors.ShouldContain("does not accept the kubeconfig's credentials");
    }

    [Fact]
    public async Task A_moving_tag_is_pinned_to_what_runs()
    {
        var objects = FixtureObjects.Load("healthy");
        Replace(objects, "ghcr.io/acme/cart:2.4.0", "ghcr.io/acme/cart:latest");
        await using var server = await ApiServer.StartAsync(objects);
        using var repository = new TemporaryFolder(Repository);

        var (_, output, errors) = await RunAsync(repository, "registry", "check", "./kubernetes", "--pin", "--live", "--kubeconfig", server.Kubeconfig, "--insecure-registry", "127.0.0.1:9");
        output.ShouldContain($"-      tag: latest\n+      tag: latest@{Digest}\n", Case.Sensitive, errors);

        server.Change("Node", "worker-1", Object(JsonNode.Parse("""{"status":{"images":[{"names":["ghcr.io/acme/cart@DIGEST","ghcr.io/acme/cart:2.4.0"]}]}}""")!.ToJsonString().Replace("DIGEST", Digest, StringComparison.Ordinal)));
        (_, output, errors) = await RunAsync(repository, "--live", "--diff", "--select", "KL1001,KL9006", "--kubeconfig", server.Kubeconfig);
        output.ShouldContain($"-      tag: latest\n+      tag: 2.4.0@{Digest}\n", Case.Sensitive, errors);

        (await RunAsync(repository, "registry", "check", "--live")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task Schemas_of_custom_resources_are_laid_out_as_catalogues_do()
    {
        await using var server = await ApiServer.StartAsync(
        [
            Object("""
                {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"carts.shop.example.com"},
                 "spec":{"group":"shop.example.com","scope":"Namespaced","names":{"kind":"Cart","plural":"carts"},"versions":[
                   {"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","required":["spec"],"properties":{"metadata":{"type":"object"},"spec":{"type":"object","properties":{
                      "size":{"x-kubernetes-int-or-string":true},"note":{"type":"string","nullable":true},"open":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}}},
                   {"name":"v1alpha1","served":false,"storage":false,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
                """),
        ]);
        using var repository = new TemporaryFolder();

        var (code, output, errors) = await RunAsync(repository, "schemas", "pull", "schemas", "--kubeconfig", server.Kubeconfig);

        code.ShouldBe(0, errors);
        output.ShouldStartWith("1 schemas of 1 kinds");
        Directory.EnumerateFiles(repository.Path, "*.json", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(repository.Path, path))
            .ShouldBe([Path.Combine("schemas", "shop.example.com", "cart_v1.json")]);
        using var schema = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(repository.Path, "schemas/shop.example.com/cart_v1.json")));
        var spec = schema.RootElement.GetProperty("properties").GetProperty("spec");
        spec.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        spec.GetProperty("properties").GetProperty("size").GetProperty("anyOf").GetArrayLength().ShouldBe(2);
        spec.GetProperty("properties").GetProperty("note").GetProperty("type")[1].GetString().ShouldBe("null");
        spec.GetProperty("properties").GetProperty("open").TryGetProperty("additionalProperties", out _).ShouldBeFalse();
        schema.RootElement.GetProperty("properties").GetProperty("apiVersion").GetProperty("type").GetString().ShouldBe("string");

        server.Forbidden.Add("customresourcedefinitions");
        (await RunAsync(repository, "schemas", "pull", "--kubeconfig", server.Kubeconfig)).Code.ShouldBe(3);
        (await RunAsync(repository, "schemas", "push")).Code.ShouldBe(2);
    }

    [SkippableFact]
    public async Task Commits_that_the_cluster_has_not_fetched_are_counted()
    {
        using var repository = new TemporaryFolder(Repository);
        Skip.IfNot(Git(repository, "init", "--quiet", "--initial-branch=main") is not null, "needs git");
        var first = Commit(repository, "one");
        Commit(repository, "two");
        Commit(repository, "three");
        var objects = FixtureObjects.Load("healthy");
        Replace(objects, "main@sha1:1111111", $"main@sha1:{first}");
        await using var server = await ApiServer.StartAsync(objects);

        var (_, output, errors) = await RunAsync(repository, "--live", "--select", "KL9004", "--kubeconfig", server.Kubeconfig, "--quiet", "--format", "concise");

        output.ShouldContain($"flux/shop.yaml:4:9: warning: KL9004", Case.Sensitive, errors);
        output.ShouldContain($"runs main@sha1:{first}, which HEAD is 2 commits ahead of");
    }

    /// <summary>Several troubles at once, and a value of a Secret in the words of a condition.</summary>
    private static List<JsonObject> Troubled()
    {
        var objects = FixtureObjects.Load("tag-not-found-containerd");
        foreach (var item in objects)
        {
            switch (item["kind"]!.GetValue<string>(), item["metadata"]!["name"]!.GetValue<string>())
            {
                case ("HelmRelease", _):
                    item["status"]!["conditions"] = JsonNode.Parse("""[{"type":"Ready","status":"False","reason":"UpgradeFailed","message":"Helm upgrade failed: the token MARKER-token is wrong;\nTUFSS0VSLXRva2Vu"}]""");
                    break;
                case ("Kustomization", _):
                    item["spec"]!["suspend"] = true;
                    item["status"]!["inventory"] = JsonNode.Parse("""{"entries":[{"id":"shop_cart_helm.toolkit.fluxcd.io_HelmRelease","v":"v2"},{"id":"shop_gone__ConfigMap","v":"v1"}]}""");
                    break;
                case ("Secret", "registry"):
                    item["type"] = "Opaque";
                    break;
            }
        }

        objects.RemoveAll(item => item["kind"]!.GetValue<string>() == "ServiceAccount");
        return objects;
    }

    private static void Replace(List<JsonObject> objects, string text, string other)
    {
        for (var i = 0; i < objects.Count; i++)
        {
            objects[i] = Object(objects[i].ToJsonString().Replace(text, other, StringComparison.Ordinal));
        }
    }

    private static JsonObject Object(string json) => JsonNode.Parse(json)!.AsObject();

    private static async Task<(int Code, string Output, string Errors)> RunAsync(TemporaryFolder folder, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        using var input = new MemoryStream();
        var code = await CliApplication.RunAsync(arguments, new CliHost { Input = input, Output = output, Error = errors, CurrentDirectory = folder.Path });
        return (code, output.ToString(), errors.ToString());
    }

    private static string Commit(TemporaryFolder folder, string text)
    {
        File.WriteAllText(Path.Combine(folder.Path, "note.txt"), text);
        Git(folder, "add", "-A");
        Git(folder, "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "-m", text);
        return Git(folder, "rev-parse", "HEAD")!;
    }

    private static string? Git(TemporaryFolder folder, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo("git") { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
            Array.ForEach(arguments, start.ArgumentList.Add);
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public TemporaryFolder(params (string Path, string Text)[] files)
        {
            Path = Directory.CreateTempSubdirectory("kubelint-live-").FullName;
            Directory.CreateDirectory(System.IO.Path.Combine(Path, ".git"));
            foreach (var (path, text) in files)
            {
                var full = System.IO.Path.Combine(Path, path);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
                File.WriteAllText(full, text + "\n", new UTF8Encoding(false));
            }
        }

        public string Path { get; }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

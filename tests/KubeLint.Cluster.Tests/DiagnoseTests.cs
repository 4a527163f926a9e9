using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLint.Cluster.Reports;

namespace KubeLint.Cluster.Tests;

/// <summary>The whole way: kubeconfig, official client, TLS, API server, diagnosis, output.</summary>
public class DiagnoseTests
{
    public static TheoryData<string> Fixtures => new(FixtureObjects.Names);

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task The_root_cause_is_named_first(string fixture)
    {
        await using var server = await ApiServer.StartAsync(FixtureObjects.Load(fixture));

        var (code, output, errors) = await RunAsync(server, options => options with { Format = ReportFormat.Json });

        errors.ShouldBeEmpty();
        using var report = JsonDocument.Parse(output);
        var causes = report.RootElement.GetProperty("causes").EnumerateArray().Select(cause => cause.GetProperty("code").GetString()!).ToArray();
        (causes.Length == 0 ? ["healthy"] : causes).ShouldBe(FixtureObjects.Expected(fixture), $"{output}");
        code.ShouldBe(causes.Length == 0 ? DiagnoseRun.Healthy : DiagnoseRun.CauseFound);
        server.Requests.ShouldAllBe(request => request.StartsWith("GET "));
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task No_value_of_a_Secret_is_in_any_output(string fixture)
    {
        await using var server = await ApiServer.StartAsync(FixtureObjects.Load(fixture));
        server.Logs["cart-6b7f-x2x2x"] = "starting with token MARKER-token\n";
        var bundle = Path.GetTempFileName();
        try
        {
            var all = new StringBuilder();
            foreach (var format in Enum.GetValues<ReportFormat>())
            {
                var (_, output, errors) = await RunAsync(server, options => options with { Format = format, Bundle = bundle });
                all.Append(output).Append(errors);
            }

            using (var zip = ZipFile.OpenRead(bundle))
            {
                zip.Entries.ShouldContain(entry => entry.FullName == "report.txt");
                foreach (var entry in zip.Entries)
                {
                    using var reader = new StreamReader(entry.Open());
                    all.Append(entry.FullName).Append(await reader.ReadToEndAsync());
                }
            }

            foreach (var form in Forms("MARKER-"))
            {
                all.ToString().ShouldNotContain(form, Case.Sensitive);
            }
        }
        finally
        {
            File.Delete(bundle);
        }
    }

    [Fact]
    public async Task The_log_of_a_running_container_is_in_the_bundle_without_the_values_of_its_Secrets()
    {
        await using var server = await ApiServer.StartAsync(FixtureObjects.Load("healthy"));
        server.Logs["cart-6b7f-x2x2x"] = "starting with token MARKER-token\n";
        var bundle = Path.GetTempFileName();
        try
        {
            await RunAsync(server, options => options with { Bundle = bundle });
            using var zip = ZipFile.OpenRead(bundle);
            using var reader = new StreamReader(zip.GetEntry("logs/cart-6b7f-x2x2x-app.log").ShouldNotBeNull().Open());
            (await reader.ReadToEndAsync()).ShouldBe("starting with token ***\n");
        }
        finally
        {
            File.Delete(bundle);
        }
    }

    [Theory]
    [InlineData("secrets")]
    [InlineData("nodes")]
    [InlineData("helmreleases")]
    [InlineData("events")]
    [InlineData("networkpolicies")]
    public async Task What_may_not_be_read_is_not_checked_and_never_fine(string plural)
    {
        await using var server = await ApiServer.StartAsync(FixtureObjects.Load("tag-not-found-containerd"));
        server.Forbidden.Add(plural);

        var (code, output, _) = await RunAsync(server, options => options with { Format = ReportFormat.Json });

        code.ShouldBe(DiagnoseRun.CauseFound);
        using var report = JsonDocument.Parse(output);
        report.RootElement.GetProperty("rootCause").GetString().ShouldBe("tag-not-found");
        report.RootElement.GetProperty("looks").EnumerateArray()
            .ShouldContain(look => look.GetProperty("state").GetString() == "unknown" && look.GetProperty("text").GetString()!.Contains("not allowed to read"), output);
    }

    [Fact]
    public async Task A_secret_that_may_not_be_read_is_not_missing()
    {
        await using var server = await ApiServer.StartAsync(FixtureObjects.Load("pull-secret-missing"));
        server.Forbidden.Add("secrets");

        var (_, output, _) = await RunAsync(server);

        output.ShouldNotContain("pull-secret-missing");
        output.ShouldContain("? registry (on pod and service account): may not be read");
    }

    [Fact]
    public async Task A_HelmRelease_leads_to_its_pods_as_well()
    {
        await using var server = await ApiServer.StartAsync(FixtureObjects.Load("tag-not-found-containerd"));

        var (_, output, _) = await RunAsync(server, options => options with { Kind = "helmrelease" });

        output.ShouldContain("Root cause: tag-not-found");
        output.ShouldContain("✓ HelmRelease shop/cart: ready");
    }

    [Fact]
    public async Task Wrong_names_and_contexts_are_said()
    {
        await using var server = await ApiServer.StartAsync(FixtureObjects.Load("healthy"));

        (await RunAsync(server, options => options with { Name = "absent" })).Output.ShouldContain("There is no workload absent in namespace shop.");
        (await RunAsync(server, options => options with { Namespace = "absent" })).Output.ShouldContain("There is no namespace absent");
        var (code, _, errors) = await RunAsync(server, options => options with { Context = "stranger" });
        code.ShouldBe(DiagnoseRun.CouldNotLook);
        errors.ShouldContain("does not accept the kubeconfig's credentials");
        (await RunAsync(server, options => options with { Kubeconfig = "/does/not/exist" })).Code.ShouldBe(DiagnoseRun.CouldNotLook);
        (await RunAsync(server, options => options with { Apply = "delete" })).Code.ShouldBe(DiagnoseRun.WrongUse);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_an_error_not_a_finding()
    {
        string path;
        await using (var server = await ApiServer.StartAsync(FixtureObjects.Load("healthy")))
        {
            path = Path.GetTempFileName();
            File.Copy(server.Kubeconfig, path, overwrite: true);
        }

        using var output = new StringWriter();
        using var errors = new StringWriter();
        (await new DiagnoseRun(new DiagnoseOptions { Namespace = "shop", Name = "cart", Kubeconfig = path, Offline = true }, output, errors, _ => false, TimeProvider.System).RunAsync(default))
            .ShouldBe(DiagnoseRun.CouldNotLook);
        errors.ToString().ShouldContain("cannot be reached");
        File.Delete(path);
    }

    [Fact]
    public async Task Reconcile_annotates_source_Kustomization_and_release_in_this_order_after_asking()
    {
        await using var server = await ApiServer.StartAsync(FixtureObjects.Load("tag-not-found-containerd"));

        (await RunAsync(server, options => options with { Apply = "reconcile" })).Errors.ShouldContain("nothing was changed");
        server.Requests.ShouldAllBe(request => request.StartsWith("GET "));

        await RunAsync(server, options => options with { Apply = "reconcile", Yes = true });
        server.Requests.Where(request => request.StartsWith("PATCH", StringComparison.Ordinal)).Select(request => request.Split('?')[0]).ShouldBe(
        [
            "PATCH /apis/source.toolkit.fluxcd.io/v1/namespaces/shop/ocirepositories/app-template",
            "PATCH /apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/flux-system",
            "PATCH /apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/shop",
            "PATCH /apis/helm.toolkit.fluxcd.io/v2/namespaces/shop/helmreleases/cart",
        ]);
        server.Find("HelmRelease", "cart")["metadata"]!["annotations"]!["reconcile.fluxcd.io/requestedAt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Restart_annotates_the_pod_template()
    {
        await using var server = await ApiServer.StartAsync(FixtureObjects.Load("tag-not-found-containerd"));

        var (_, output, _) = await RunAsync(server, options => options with { Apply = "restart", Yes = true });

        output.ShouldContain("done: restart Deployment shop/cart");
        server.Find("Deployment", "cart")["spec"]!["template"]!["metadata"]!["annotations"]!["kubectl.kubernetes.io/restartedAt"].ShouldNotBeNull();
        server.Find("Deployment", "cart")["spec"]!["replicas"]!.GetValue<long>().ShouldBe(1);
    }

    [Theory]
    [InlineData("CronJob", "batch/v1", "its next run makes a new pod")]
    [InlineData("Job", "batch/v1", "a Job's template never changes")]
    [InlineData("Pod", "v1", "made by nothing")]
    public async Task What_has_no_rollout_is_not_restarted(string kind, string version, string why)
    {
        var spec = """{"containers":[{"name":"app","image":"ghcr.io/acme/cart:1"}]}""";
        await using var server = await ApiServer.StartAsync(
        [
            JsonNode.Parse("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop","uid":"1"}}""")!.AsObject(),
            JsonNode.Parse($$"""{"apiVersion":"{{version}}","kind":"{{kind}}","metadata":{"name":"cart","namespace":"shop","uid":"2"},"spec":{{spec}} }""")!.AsObject(),
        ]);

        var (code, _, errors) = await RunAsync(server, options => options with { Apply = "restart", Yes = true });

        code.ShouldBe(DiagnoseRun.WrongUse);
        errors.ShouldContain(why);
        server.Requests.ShouldAllBe(request => request.StartsWith("GET "));
    }

    [Fact]
    public async Task Pods_that_may_not_be_read_are_never_fine()
    {
        await using var server = await ApiServer.StartAsync(FixtureObjects.Load("healthy"));
        server.Forbidden.Add("pods");

        var (code, output, _) = await RunAsync(server);

        code.ShouldBe(DiagnoseRun.CouldNotLook);
        output.ShouldContain("shop/cart: not known: pods: not allowed to read");
        output.ShouldNotContain("all well");
    }

    [Fact]
    public async Task What_never_arrived_leads_to_the_Kustomization_that_would_bring_it()
    {
        var objects = FixtureObjects.Load("healthy");
        objects.RemoveAll(item => item["metadata"]!["namespace"]?.GetValue<string>() == "shop");
        objects.Single(item => item["kind"]!.GetValue<string>() == "Kustomization")["spec"]!["suspend"] = true;
        await using var server = await ApiServer.StartAsync(objects);
        var repository = Directory.CreateTempSubdirectory("kubelint-repo-").FullName;
        Directory.CreateDirectory(Path.Combine(repository, ".git"));
        Directory.CreateDirectory(Path.Combine(repository, "kubernetes/apps/shop"));
        await File.WriteAllTextAsync(Path.Combine(repository, "kubernetes/apps/shop/cart.yaml"), "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: cart\n  namespace: shop\nspec: {interval: 1h}\n");

        var (code, output, _) = await RunAsync(server, options => options with { Repository = repository });

        code.ShouldBe(DiagnoseRun.CauseFound);
        output.ShouldContain("Root cause: flux-not-applied");
        output.ShouldContain("Kustomization flux-system/shop is suspended: HelmRelease cart of the repository never arrived.");
        output.ShouldContain("kubernetes/apps/shop/cart.yaml:4");
        output.ShouldContain("Also: workload-not-found");
        Directory.Delete(repository, recursive: true);
    }

    [Fact]
    public async Task A_pull_secret_of_an_earlier_try_is_made_anew()
    {
        var objects = FixtureObjects.Load("repository-private");
        objects.Add(JsonNode.Parse("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"kubelint-pull-secret","namespace":"shop","uid":"9"},"type":"kubernetes.io/dockerconfigjson","data":{".dockerconfigjson":"e30="}}""")!.AsObject());
        await using var server = await ApiServer.StartAsync(objects);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{"auths":{"ghcr.io":{"username":"u","password":"MARKER-applied"}}}""");

        var (_, output, errors) = await RunAsync(server, options => options with { Apply = "pull-secret", FromDockerConfig = file, Yes = true });

        errors.ShouldBeEmpty();
        output.ShouldContain("done: add it to imagePullSecrets");
        server.Find("Secret", "kubelint-pull-secret")["data"]![".dockerconfigjson"]!.GetValue<string>().ShouldNotBe("e30=");
        File.Delete(file);
    }

    [Fact]
    public async Task A_pull_secret_is_made_and_named_beside_those_that_are_there()
    {
        await using var server = await ApiServer.StartAsync(FixtureObjects.Load("repository-private"));
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{"auths":{"ghcr.io":{"username":"u","password":"MARKER-applied"}}}""");

        var (_, output, errors) = await RunAsync(server, options => options with { Apply = "pull-secret", FromDockerConfig = file, Yes = true });

        errors.ShouldBeEmpty();
        output.ShouldContain("for ghcr.io");
        Forms("MARKER-applied").ShouldAllBe(form => !output.Contains(form));
        server.Find("ServiceAccount", "cart")["imagePullSecrets"]!.ToJsonString().ShouldBe("""[{"name":"registry"},{"name":"kubelint-pull-secret"}]""");
        server.Find("Secret", "kubelint-pull-secret")["type"]!.GetValue<string>().ShouldBe("kubernetes.io/dockerconfigjson");
        File.Delete(file);
    }

    [Fact]
    public async Task A_watch_ends_when_all_is_well()
    {
        await using var server = await ApiServer.StartAsync(FixtureObjects.Load("tag-not-found-containerd"));
        var healthy = FixtureObjects.Load("healthy").Single(item => item["metadata"]!["name"]!.GetValue<string>() == "cart-6b7f-x2x2x");
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var run = new DiagnoseRun(Options(server) with { Watch = true, WatchLimit = TimeSpan.FromMinutes(2) }, output, errors, _ => false, TimeProvider.System).RunAsync(default);

        while (!server.Requests.Any(request => request.Contains("watch=true", StringComparison.Ordinal)))
        {
            await Task.Delay(20);
        }

        server.Change("Pod", "cart-6b7f-x2x2x", new JsonObject { ["status"] = healthy["status"]!.DeepClone() });

        (await run).ShouldBe(DiagnoseRun.Healthy);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[9..]).ToList();
        lines.ShouldBe(["shop/cart: tag-not-found: The tag 2.4.0 does not exist in ghcr.io/acme/cart.", "shop/cart: all well"]);
    }

    internal static async Task<(int Code, string Output, string Errors)> RunAsync(ApiServer server, Func<DiagnoseOptions, DiagnoseOptions>? change = null)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var options = change is null ? Options(server) : change(Options(server));
        var code = await new DiagnoseRun(options, output, errors, _ => false, TimeProvider.System).RunAsync(default);
        return (code, output.ToString(), errors.ToString());
    }

    private static DiagnoseOptions Options(ApiServer server) => new() { Namespace = "shop", Name = "cart", Kubeconfig = server.Kubeconfig, Offline = true };

    /// <summary>A text as it is, and in base64 wherever it may begin within a group of three bytes.</summary>
    internal static IEnumerable<string> Forms(string text)
    {
        yield return text;
        for (var shift = 0; shift < 3; shift++)
        {
            var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', shift) + text));

            // Only the part that stands for the text alone, whatever is before and behind it.
            var start = shift == 0 ? 0 : 4;
            yield return encoded[start..((shift + text.Length) / 3 * 4)];
        }
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;

namespace KubeLint.Cli.Tests;

/// <summary>The commands that show what the clusters get.</summary>
public sealed partial class ShowCommandsTests
{
    private static readonly (string, string)[] Files =
    [
        ("clusters/prod/flux-system/gotk-sync.yaml", """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: flux-system
              namespace: flux-system
            spec:
              path: ./clusters/prod
              sourceRef:
                kind: GitRepository
                name: flux-system
            """),
        ("clusters/prod/apps.yaml", """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: apps
              namespace: flux-system
            spec:
              path: ./apps
              targetNamespace: shop
              dependsOn:
                - name: infrastructure
              sourceRef:
                kind: GitRepository
                name: flux-system
              postBuild:
                substitute:
                  TAG: "1.2"
            """),
        ("apps/release.yaml", """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata:
              name: web
            spec:
              chart:
                spec:
                  chart: web
                  version: 1.x
                  sourceRef:
                    kind: HelmRepository
                    name: acme
              values:
                image:
                  repository: ghcr.io/acme/web
                  tag: v${TAG}
            """),
        ("apps/unused/.keep", ""),
        ("lost/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: lost\n"),
    ];

    [Fact]
    public void The_tree_goes_from_the_entry_point_to_the_releases()
    {
        using var repository = new TemporaryRepository(Files);
        var result = repository.Cli.Run("tree");
        result.Error.ShouldBeEmpty();
        result.Output.ShouldBe(
            """
            clusters/prod  Flux 2.9, 2 Kustomizations, 1 HelmReleases, 3 objects
            └─ flux-system/flux-system  ./clusters/prod  (2 Kustomization)
               └─ flux-system/apps  ./apps  (1 HelmRelease)  after flux-system/infrastructure
                  └─ HelmRelease shop/web  web 1.x

            1 files with objects are not reached:
              lost/cm.yaml: no kustomization names it

            """);
    }

    [Fact]
    public void Verbose_tells_clusters_what_is_not_built_and_what_is_not_reached_with_reasons()
    {
        var (path, apps) = Files[1];
        using var repository = new TemporaryRepository(
        [
            .. Files,
            (path.Replace("apps", "gone", StringComparison.Ordinal), apps.Replace("name: apps", "name: gone", StringComparison.Ordinal).Replace("./apps", "./gone", StringComparison.Ordinal)),
            (path.Replace("apps", "other", StringComparison.Ordinal), apps.Replace("name: apps", "name: other", StringComparison.Ordinal).Replace("name: flux-system\n  postBuild", "name: elsewhere\n  postBuild", StringComparison.Ordinal)),
            ("clusters/prod/elsewhere.yaml", "apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: elsewhere, namespace: flux-system}\nspec: {url: https://example.com/other}\n"),
            ("templates/a.yaml", "{{ if x }}\na: 1\n{{ end }}\n"),
            (".kubelint.yaml", "fluxVersion: \"2.9\"\n"),
        ]);
        var result = repository.Cli.Run("--verbose", "--select", "image-latest-tag");
        result.ExitCode.ShouldBe(0);
        Milliseconds().Replace(result.Error, "(N ms)").ShouldBe(
            """
            Configuration: .kubelint.yaml
            Reading files: 9 files (N ms)
              skipped templates/a.yaml: The file is a template, not YAML, and is not linted
            Building what the clusters get: 1 clusters, 7 objects (N ms)
              cluster clusters/prod: Flux 2.9, 4 Kustomizations, 1 HelmReleases, 6 objects
                Kustomization/flux-system/gone: its path is not in the source
                Kustomization/flux-system/other: its source GitRepository/flux-system/elsewhere is not this repository
              not reached: lost/cm.yaml: no kustomization names it
            Running rules: 7 rules, 0 findings (N ms)

            """);
        repository.Cli.Run("--verbose", "--select", "yaml-syntax").Error.ShouldContain("\n  nothing is built: the rules that are on look at files only\n");
    }

    [GeneratedRegex(@"\(\d+ ms\)")]
    private static partial Regex Milliseconds();

    [Fact]
    public void The_tree_is_there_as_JSON()
    {
        using var repository = new TemporaryRepository(Files);
        using var json = JsonDocument.Parse(repository.Cli.Run("tree", "--format", "json").Output);
        var kustomizations = json.RootElement.GetProperty("clusters")[0].GetProperty("kustomizations");
        kustomizations.GetArrayLength().ShouldBe(2);
        kustomizations[1].GetProperty("appliedBy").GetString().ShouldBe("flux-system/flux-system");
        kustomizations[1].GetProperty("helmReleases")[0].GetProperty("where").GetString().ShouldBe("apps/release.yaml:1:1");
        json.RootElement.GetProperty("unreached")[0].GetProperty("file").GetString().ShouldBe("lost/cm.yaml");
    }

    [Fact]
    public void Images_stand_with_their_places()
    {
        using var repository = new TemporaryRepository(Files);
        repository.Cli.Run("images", "--format", "csv").Output.ShouldBe(
            """
            cluster,registry,repository,tag,digest,pullPolicy,pullSecrets,object,where
            clusters/prod,ghcr.io,acme/web,v1.2,,,,HelmRelease/shop/web,apps/release.yaml:15:19

            """);
        repository.Cli.Run("images").Output.ShouldContain("v1.2");
        repository.Cli.Run("images", "--format", "markdown").Output.ShouldStartWith("| CLUSTER | ");
        using var json = JsonDocument.Parse(repository.Cli.Run("images", "--format", "json").Output);
        json.RootElement[0].GetProperty("tag").GetString().ShouldBe("v1.2");
    }

    [Fact]
    public void A_Flux_Kustomization_is_built_as_Flux_applies_it()
    {
        using var repository = new TemporaryRepository(Files);
        var result = repository.Cli.Run("build", ".", "--kustomization", "flux-system/apps", "--origins");
        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("  namespace: shop ");
        result.Output.ShouldContain("tag: v1.2 ");
        result.Output.ShouldMatch(@"namespace: shop +# clusters/prod/apps\.yaml:8:20");
        var unknown = repository.Cli.Run("build", ".", "--kustomization", "flux-system/app");
        unknown.ExitCode.ShouldBe(2);
        unknown.Error.ShouldContain("did you mean flux-system/apps?");
    }

    [Fact]
    public void All_folders_are_built_in_order_components_aside_and_a_broken_one_does_not_end_the_run()
    {
        using var repository = new TemporaryRepository(
            ("b/kustomization.yaml", "namePrefix: x-\nresources: [../cm.yaml]\n"),
            ("a/kustomization.yaml", "resources: [missing.yaml]\n"),
            ("c/Kustomization", "resources: [../cm.yaml]\n"),
            ("d/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"),
            ("cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: lost\n"));
        var result = repository.Cli.Run("build", "--all", ".");
        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("a/kustomization.yaml:1:13");
        result.Output.ShouldBe(
            """
            # a
            # b
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: x-lost
            # c
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: lost

            """);
        repository.Cli.Run("build", "--all", "--kustomization", "a/b").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void A_folder_is_built_as_kustomize_builds_it()
    {
        using var repository = new TemporaryRepository([.. Files, ("k/kustomization.yaml", "namePrefix: x-\nresources: [../lost/cm.yaml]\n")]);
        repository.Cli.Run("build", "k").Output.ShouldBe("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x-lost\n");
        var failed = repository.Cli.Run("build", "apps");
        failed.ExitCode.ShouldBe(1);
        failed.Error.ShouldContain("kustomization.yaml");
    }

    [Fact]
    public void A_service_account_serves_no_pod_of_another_cluster()
    {
        const string Api = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: shop}\n"
            + "spec: {template: {spec: {containers: [{name: api, image: registry.example.net/shop/api:1.4.2}]}}}\n";
        const string Account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default, namespace: shop}\nimagePullSecrets: [{name: registry}]\n";
        var sync = Files[0].Item2;
        using var repository = new TemporaryRepository(
            (".kubelint.yaml", "registries: {private: [registry.example.net/*]}\n"),
            ("clusters/east/flux-system/gotk-sync.yaml", sync.Replace("prod", "east", StringComparison.Ordinal)),
            ("clusters/west/flux-system/gotk-sync.yaml", sync.Replace("prod", "west", StringComparison.Ordinal)),
            ("clusters/east/account.yaml", Account),
            ("clusters/east/api.yaml", Api),
            ("clusters/west/api.yaml", Api));
        var lines = repository.Cli.Run("lint", "--select", "KL1003", "--format", "concise").Output.Split('\n');
        lines.Where(line => line.Contains("KL1003", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith("clusters/west/api.yaml:");
    }

    // Else most edges would lead to the one repository that nearly everything is read from.
    [Fact]
    public void The_graph_shows_a_source_only_where_it_is_another_one_than_the_parents()
    {
        using var repository = new TemporaryRepository(Files);
        var lines = repository.Cli.Run("graph").Output.Split('\n').Where(line => line.Contains("-. source .-", StringComparison.Ordinal)).ToList();
        lines.Count.ShouldBe(2);
        lines[0].ShouldStartWith("    c0n0 ");
    }

    [Theory]
    [InlineData("mermaid", "flowchart LR", "-. dependsOn .->")]
    [InlineData("dot", "digraph flux {", "style=dashed")]
    [InlineData("svg", "<svg", "infrastructure")]
    public void The_graph_names_what_is_missing(string format, string first, string part)
    {
        using var repository = new TemporaryRepository(Files);
        var result = repository.Cli.Run("graph", "--format", format);
        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain(first);
        result.Output.ShouldContain(part);
        result.Output.ShouldContain("shop/web");
    }

    [Theory]
    [InlineData("flux-system/apps")]
    [InlineData("clusters/prod/apps.yaml")]
    public void An_entry_point_can_be_named(string entry)
    {
        using var repository = new TemporaryRepository(Files);
        var tree = repository.Cli.Run("tree", "--entry", entry, ".");
        tree.Error.ShouldBeEmpty();
        tree.Output.ShouldStartWith("clusters/prod/apps.yaml  Flux 2.9, 1 Kustomizations, 1 HelmReleases, 1 objects\n");
        repository.Cli.Run("graph", "--entry", entry).Output.ShouldContain("cluster0[\"clusters/prod/apps.yaml\"]");
        repository.Cli.Run("images", "--entry", entry, "--format", "csv").Output.ShouldContain("clusters/prod/apps.yaml,ghcr.io");
        repository.Cli.Run("build", "--kustomization", "flux-system/apps", "--entry", entry).Output.ShouldContain("tag: v1.2");
        repository.Cli.Run("lint", "-v", "--entry", entry, ".").Error.ShouldContain("1 clusters");
    }

    // The outer repository has clusters of its own, and an entry point without a cluster's layout counts only where there is none.
    [Theory]
    [InlineData("examples/home")]
    [InlineData("examples/home/kubernetes")]
    [InlineData("examples/home/kubernetes/apps/cm.yaml")]
    public void A_repository_inside_another_one_begins_where_it_does(string path)
    {
        const string Apps = """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: inner
              namespace: flux-system
            spec:
              path: ./kubernetes/apps
              sourceRef:
                kind: GitRepository
                name: flux-system
            """;
        using var repository = new TemporaryRepository(
        [
            .. Files, ("examples/home/kubernetes/flux/cluster.yaml", Apps), ("examples/home/kubernetes/apps/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"),
        ]);
        var inner = repository.Cli.Run("tree", path).Output;
        inner.ShouldContain("flux-system/inner  ./kubernetes/apps  (1 ConfigMap)");
        inner.ShouldNotContain("clusters/prod");
        var outer = repository.Cli.Run("tree", "clusters").Output;
        outer.ShouldContain("clusters/prod  Flux");
        outer.ShouldNotContain("inner");
        repository.Cli.Run("tree").Output.ShouldContain("clusters/prod  Flux");
    }

    [Fact]
    public void Several_entry_points_are_clusters_each()
    {
        using var repository = new TemporaryRepository(Files);
        var result = repository.Cli.Run("tree", "--entry", "flux-system/apps", "--entry=clusters/prod", ".");
        result.Output.ShouldContain("clusters/prod/apps.yaml  Flux");
        result.Output.ShouldContain("clusters/prod  Flux");
    }

    [Fact]
    public void Entry_points_of_the_command_line_override_the_configured_ones()
    {
        using var repository = new TemporaryRepository([.. Files, (".kubelint.yaml", "entryPoints: [clusters/prod]\n")]);
        repository.Cli.Run("tree").Output.ShouldStartWith("clusters/prod  ");
        repository.Cli.Run("tree", "--entry", "flux-system/apps").Output.ShouldStartWith("clusters/prod/apps.yaml  ");
    }

    [Fact]
    public void An_entry_point_that_is_nowhere_is_told()
    {
        using var repository = new TemporaryRepository(Files);
        foreach (var verb in (string[])["lint", "tree", "graph", "images"])
        {
            var result = repository.Cli.Run(verb, "--entry", "flux-system/app");
            result.ExitCode.ShouldBe(2);
            result.Error.ShouldContain("did you mean flux-system/apps?");
            repository.Cli.Run(verb, "--help").Output.ShouldContain("--entry ENTRY");
        }
    }

    [Theory]
    [InlineData("build", ".", "--entry", "clusters/prod")]
    [InlineData("tree", "--format", "xml")]
    [InlineData("images", "--format", "xml")]
    [InlineData("graph", "--format", "png")]
    [InlineData("tree", "nowhere")]
    [InlineData("build", ".", "--kustomization", "x")]
    [InlineData("build", ".", "--cluster", "x")]
    public void Wrong_use_is_told(params string[] arguments)
    {
        using var repository = new TemporaryRepository(Files);
        var result = repository.Cli.Run(arguments);
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldStartWith("kubelint: ");
        result.Output.ShouldBeEmpty();
    }
}

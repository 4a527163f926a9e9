using KubeLint.Testing;

namespace KubeLint.Flux.Tests.Knowledge;

public sealed class ClusterKnowledgeTests
{
    private const string Sync = """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: flux-system, namespace: flux-system}
        spec: {path: ./clusters/home, sourceRef: {kind: GitRepository, name: flux-system}}
        """;

    private const string Apps = """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: apps, namespace: flux-system}
        spec: {path: ./apps, sourceRef: {kind: GitRepository, name: flux-system}}
        """;

    private const string Release = """
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: web, namespace: shop}
        spec: {chartRef: {kind: OCIRepository, name: web}}
        """;

    [Theory]
    [InlineData(FluxGroups.Helm, "HelmRelease", "shop", "web", Presence.Present, UnseenMaker.None)]
    [InlineData(FluxGroups.Helm, "HelmRelease", "shop", "wbe", Presence.Missing, UnseenMaker.None)]
    [InlineData(FluxGroups.Kustomize, "Kustomization", "flux-system", "flux-system", Presence.Present, UnseenMaker.None)]
    [InlineData(FluxGroups.Kustomize, "Kustomization", "flux-system", "app", Presence.Missing, UnseenMaker.None)]
    [InlineData(FluxGroups.Source, "GitRepository", "flux-system", "flux-system", Presence.MayExist, UnseenMaker.Bootstrap)]
    [InlineData(FluxGroups.Source, "GitRepository", "flux-system", "other", Presence.Missing, UnseenMaker.None)]
    [InlineData("", "Secret", "shop", "web-tls", Presence.MayExist, UnseenMaker.NamedRelease)]
    [InlineData("", "Secret", "shop", "token", Presence.MayExist, UnseenMaker.AnyRelease)]
    [InlineData("", "Secret", "other", "token", Presence.Missing, UnseenMaker.None)]
    [InlineData("", "ConfigMap", "other", "kube-root-ca.crt", Presence.MayExist, UnseenMaker.Kubernetes)]
    [InlineData("", "ServiceAccount", "other", "default", Presence.MayExist, UnseenMaker.Kubernetes)]
    [InlineData("", "Secret", "flux-system", "sops-age", Presence.MayExist, UnseenMaker.Bootstrap)]
    public void A_chart_makes_no_flux_objects_but_may_make_others(string group, string kind, string ns, string name, Presence presence, UnseenMaker by)
    {
        var found = Cluster(("apps/web.yaml", Release)).Knowledge.Find(group, kind, ns, name);

        found.Presence.ShouldBe(presence);
        found.By.ShouldBe(by);
    }

    [Theory]
    [InlineData("external-secrets.io/v1", "ExternalSecret", "spec: {target: {name: token}}")]
    [InlineData("external-secrets.io/v1", "ClusterExternalSecret", "spec: {externalSecretName: token}")]
    [InlineData("bitnami.com/v1alpha1", "SealedSecret", "spec: {template: {metadata: {name: token}}}")]
    [InlineData("cert-manager.io/v1", "Certificate", "spec: {secretName: token}")]
    [InlineData("example.com/v1", "Database", "spec: {connection: {secret: token}}")]
    [InlineData("fluxcd.controlplane.io/v1", "ResourceSet", "spec: {inputsFrom: [{name: x}], resources: [{apiVersion: v1, kind: Secret, metadata: {name: \"<< inputs.name >>en\"}}]}")]
    public void Secrets_are_made_by_many(string version, string kind, string spec)
    {
        var maker = $"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: maker, namespace: other}}\n{spec}\n";

        Cluster(("apps/maker.yaml", maker)).Knowledge.Find("", "Secret", "other", "token").Presence.ShouldBe(Presence.MayExist);
        Cluster(("apps/maker.yaml", maker)).Knowledge.Find("", "Secret", "other", "unlike").Presence.ShouldBe(Presence.Missing);
    }

    [Fact]
    public void An_object_of_a_failing_build_is_failing_and_a_lost_file_may_hold_what_its_path_names()
    {
        var failing = Cluster(("apps/kustomization.yaml", "resources: [web.yaml]\npatches: [{path: gone.yaml}, {patch: 'x: [', target: {kind: HelmRelease}}]\n"), ("apps/web.yaml", Release));
        failing.Knowledge.Find(FluxGroups.Helm, "HelmRelease", "shop", "web").Presence.ShouldBe(Presence.Failing);

        var lost = Cluster(("apps/kustomization.yaml", "resources: [web/release.yaml]\n"));
        lost.Knowledge.Find(FluxGroups.Helm, "HelmRelease", "shop", "web").By.ShouldBe(UnseenMaker.Build);
        lost.Knowledge.Find(FluxGroups.Helm, "HelmRelease", "shop", "mail").Presence.ShouldBe(Presence.Missing);
    }

    [Theory]
    [InlineData("https://github.com/upstream/operator//manifests?ref=v1", Presence.Missing, UnseenMaker.OtherProject)]
    [InlineData("https://github.com/upstream/fleet//apps?ref=v1", Presence.MayExist, UnseenMaker.Build)]
    public void A_remote_base_of_another_project_brings_no_flux_objects(string address, Presence presence, UnseenMaker maker)
    {
        var cluster = Cluster(("apps/kustomization.yaml", $"resources: ['{address}']\n"));

        cluster.Knowledge.Find(FluxGroups.Kustomize, "Kustomization", "flux-system", "gone").Presence.ShouldBe(presence);
        cluster.Knowledge.Find("", "ServiceAccount", "any", "gone").By.ShouldBe(maker);
    }

    [Theory]
    [InlineData("GitRepository", Presence.Missing)]
    [InlineData("${SOURCE_KIND}", Presence.MayExist)]
    public void What_a_source_brings_that_is_missing_is_known_and_one_that_a_variable_names_may_bring_anything(string kind, Presence presence)
    {
        var cluster = Cluster(("clusters/home/more.yaml", $$"""
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: more, namespace: flux-system}
            spec: {path: ./more, sourceRef: {kind: "{{kind}}", name: gone} }
            """));

        cluster.Knowledge.Find(FluxGroups.Kustomize, "Kustomization", "flux-system", "lost").Presence.ShouldBe(presence);
    }

    [Fact]
    public void Keys_are_known_where_all_of_them_are_written()
    {
        var cluster = Cluster(
            ("apps/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\ndata: {x: '1'}\nbinaryData: {y: aGk=}\n"),
            ("apps/b.yaml", "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: b, namespace: shop}\nspec: {data: [{secretKey: z}]}\n"),
            ("apps/c.yaml", "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: c, namespace: shop}\nspec: {dataFrom: [{extract: {key: k}}]}\n"));

        var written = cluster.Knowledge.KeysOf("ConfigMap", "shop", "a");
        written.Names.ShouldBe(["x"]);
        written.Binary.ShouldBe(["y"]);
        written.AreAll.ShouldBeTrue();
        var made = cluster.Knowledge.KeysOf("Secret", "shop", "b");
        made.Names.ShouldBe(["z"]);
        made.AreAll.ShouldBeTrue();
        cluster.Knowledge.KeysOf("Secret", "shop", "c").AreAll.ShouldBeFalse();
        cluster.Knowledge.KeysOf("Secret", "shop", "none").AreAll.ShouldBeFalse();
    }

    [Theory]
    [InlineData("web-api-tls", "web")]
    [InlineData("api-tls", "api")]
    [InlineData("tls", "api")]
    public void Of_releases_that_may_make_an_object_the_first_of_those_is_named_that_begin_its_name(string name, string maker)
    {
        var cluster = Cluster(("apps/b.yaml", NamedRelease("web")), ("apps/c.yaml", NamedRelease("web-api")), ("apps/d.yaml", NamedRelease("api")));

        cluster.Knowledge.Find("", "Secret", "shop", name).Maker!.Name.ShouldBe(maker);
    }

    [Fact]
    public void What_needs_an_object_does_not_make_it()
    {
        var cluster = Cluster(("apps/a.yaml", NamedRelease("web")));
        var asker = cluster.Releases.Single().Object;

        cluster.Knowledge.Find("", "Secret", "shop", "web-tls").By.ShouldBe(UnseenMaker.NamedRelease);
        cluster.Knowledge.Find("", "Secret", "shop", "web-tls", asker).Presence.ShouldBe(Presence.Missing);
    }

    [Theory]
    [InlineData("Secret", "main", true)]
    [InlineData("Secret", "main-rw", true)]
    [InlineData("Secret", "pooler.main", false)]
    [InlineData("Secret", "pooler-main", true)]
    [InlineData("Secret", "mainly", false)]
    [InlineData("ConfigMap", "main", true)]
    [InlineData("ConfigMap", "main-rw", false)]
    public void An_operator_names_what_it_makes_after_its_resource(string kind, string name, bool mayExist)
    {
        var cluster = Cluster(("apps/a.yaml", "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: main, namespace: data}\nspec: {instances: 3}\n"));

        cluster.Knowledge.Find("", kind, "data", name).By.ShouldBe(mayExist ? UnseenMaker.CustomResource : UnseenMaker.None);
    }

    [Theory]
    [InlineData("settngs", "settings")]
    [InlineData("SETTINGS", "settings")]
    [InlineData("other", null)]
    public void The_nearest_name_of_the_namespace_is_told(string name, string? nearest)
    {
        var cluster = Cluster(
            ("apps/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\n"),
            ("apps/b.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settng, namespace: bar}\n"));

        cluster.Knowledge.Nearest("", "ConfigMap", "shop", name).ShouldBe(nearest);
    }

    private static string NamedRelease(string name) =>
        $"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {{name: {name}, namespace: shop}}\nspec: {{chartRef: {{kind: OCIRepository, name: chart}}}}\n";

    private static FluxCluster Cluster(params (string Path, string Text)[] files)
    {
        var source = TestRepository.Source([("clusters/home/flux-system/gotk-sync.yaml", Sync), ("clusters/home/apps.yaml", Apps), .. files]);
        return RepositoryModelBuilder.Build(Workspace.Load(source, new WorkspaceOptions { BaseDirectory = TestRepository.Directory })).Clusters.Single();
    }
}

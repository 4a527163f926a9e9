using KubeLint.Testing;

namespace KubeLint.Flux.Tests;

public sealed class ClusterTests
{
    private const string Sync = """
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: GitRepository
        metadata: {name: flux-system, namespace: flux-system}
        spec: {url: "ssh://git@github.com/acme/fleet", ref: {branch: main}}
        ---
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: flux-system, namespace: flux-system}
        spec:
          path: ./clusters/prod
          sourceRef: {kind: GitRepository, name: flux-system}
        """;

    [Fact]
    public void Variables_come_from_objects_of_the_cluster()
    {
        var kustomization = Build(
            ("clusters/prod/flux-system/gotk-sync.yaml", Sync),
            ("clusters/prod/vars.yaml", ConfigMap("vars", "  HOST: example.org\n  PATH_NAME: web\n")),
            ("clusters/prod/secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: keys, namespace: flux-system}\nstringData: {TOKEN: \"ENC[AES256_GCM,data:x]\"}\nsops: {}\n"),
            ("clusters/prod/apps.yaml", Kustomization("apps", "./apps/${PATH_NAME}", "  postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}\n")),
            ("apps/web/cm.yaml", ConfigMap("out", "  host: ${HOST}\n  token: ${TOKEN}\n  other: ${NONE:-x}\n")))
            .Kustomizations.Single(item => item.Id.Name == "apps");
        kustomization.State.ShouldBe(KustomizationState.MissingPath);

        var cluster = Build(
            ("clusters/prod/flux-system/gotk-sync.yaml", Sync),
            ("clusters/prod/vars.yaml", ConfigMap("vars", "  HOST: example.org\n")),
            ("clusters/prod/secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: keys, namespace: flux-system}\nstringData: {TOKEN: \"ENC[AES256_GCM,data:x]\"}\nsops: {}\n"),
            ("clusters/prod/apps.yaml", Kustomization("apps", "./apps/web", "  postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}, {kind: Secret, name: keys}]}\n")),
            ("apps/web/cm.yaml", ConfigMap("out", "  host: ${HOST}\n  token: ${TOKEN}\n  other: ${NONE:-x}\n  bad: ${NONE}\n")));
        var data = cluster.Find("", "ConfigMap", "flux-system", "out")!.Object.Root["data"]!;
        data.GetString("host").ShouldBe("example.org");
        data.Get("host")!.Derivation!.Inputs.Single().Location.ToString().ShouldBe("clusters/prod/vars.yaml:5:9");
        data.Get("token")!.IsUnknown.ShouldBeTrue();
        data.GetString("other").ShouldBe("x");
        data.Get("bad")!.IsUnknown.ShouldBeTrue();
    }

    [Fact]
    public void A_parent_substitutes_and_patches_its_children_before_they_are_built()
    {
        var cluster = Build(
            ("clusters/prod/flux-system/gotk-sync.yaml", Sync.Replace("path: ./clusters/prod", "path: ./clusters/prod\n  postBuild: {substitute: {APP: web}}\n  patches:\n"
                + "    - patch: |\n        apiVersion: kustomize.toolkit.fluxcd.io/v1\n        kind: Kustomization\n        metadata: {name: _}\n        spec: {targetNamespace: shop}\n"
                + "      target: {kind: Kustomization, name: apps}", StringComparison.Ordinal)),
            ("clusters/prod/apps.yaml", Kustomization("apps", "./apps/${APP}")),
            ("apps/web/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: out}\n"));
        var made = cluster.Find("", "ConfigMap", "shop", "out").ShouldNotBeNull();
        made.Object.Root.Get("metadata", "namespace")!.Location.Text.Path.ShouldBe("clusters/prod/flux-system/gotk-sync.yaml");
    }

    [Fact]
    public void Flux_edits_the_kustomization_in_place()
    {
        var cluster = Build(
            ("clusters/prod/flux-system/gotk-sync.yaml", Sync),
            ("clusters/prod/apps.yaml", Kustomization(
                "apps",
                "../../apps/web",
                "  targetNamespace: shop\n  namePrefix: x-\n  nameSuffix: -y\n  images: [{name: nginx, newTag: \"2\"}]\n  components: [../part]\n"
                + "  commonMetadata: {labels: {team: a}, annotations: {note: b}}\n")),
            ("apps/web/kustomization.yaml", "namespace: gone\nresources: [pod.yaml]\nimages: [{name: nginx, newName: mirror/nginx, digest: \"sha256:1\"}]\n"),
            ("apps/web/pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: c, image: nginx}]}\n"),
            ("apps/part/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [cm.yaml]\n"),
            ("apps/part/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: part}\n"));
        var pod = cluster.Find("", "Pod", "shop", "x-web-y").ShouldNotBeNull().Object;
        pod.Root.Get("spec", "containers")!.AsSequence()!.Items[0].GetString("image").ShouldBe("mirror/nginx:2");
        pod.Label("team").ShouldBe("a");
        pod.Annotation("note").ShouldBe("b");
        cluster.Find("", "ConfigMap", "shop", "x-part-y").ShouldNotBeNull();
    }

    [Fact]
    public void Without_a_kustomization_file_all_YAML_below_is_applied()
    {
        var cluster = Build(
            ("clusters/prod/flux-system/gotk-sync.yaml", Sync),
            ("clusters/prod/a/one.yml", ConfigMap("one", "  a: b\n")),
            ("clusters/prod/a/kept/kustomization.yaml", "resources: [two.yaml]\n"),
            ("clusters/prod/a/kept/two.yaml", ConfigMap("two", "  a: b\n")),
            ("clusters/prod/a/kept/three.yaml", ConfigMap("three", "  a: b\n")),
            ("clusters/prod/.sops.yaml", "creation_rules: []\n"),
            ("clusters/prod/notes.json", "{}"));
        cluster.Kustomizations.Single().Objects.Select(item => item.Object.Name).ShouldBe(["two", "one", "flux-system", "flux-system"], ignoreOrder: true);
    }

    [Fact]
    public void A_directory_with_other_YAML_fails_as_in_Flux()
    {
        var cluster = Build(
            ("clusters/prod/flux-system/gotk-sync.yaml", Sync),
            ("clusters/prod/values.yaml", "image: x\n"));
        var root = cluster.Kustomizations.Single();
        root.Problems.ShouldContain(problem => problem.Where.Text.Path == "clusters/prod/values.yaml");
        root.IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void Paths_never_leave_the_source_and_missing_ones_are_problems_at_the_path()
    {
        var cluster = Build(
            ("clusters/prod/flux-system/gotk-sync.yaml", Sync),
            ("clusters/prod/a.yaml", Kustomization("a", "../../../../apps/a")),
            ("clusters/prod/b.yaml", Kustomization("b", "./apps/none")),
            ("apps/a/cm.yaml", ConfigMap("a", "  x: y\n")));
        cluster.Kustomizations.Single(item => item.Id.Name == "a").State.ShouldBe(KustomizationState.Built);
        var missing = cluster.Kustomizations.Single(item => item.Id.Name == "b");
        missing.State.ShouldBe(KustomizationState.MissingPath);
        missing.Problems.Single().Where.ToString().ShouldBe("clusters/prod/b.yaml:5:9");
    }

    [Fact]
    public void What_an_outside_source_makes_is_unknown_unless_it_is_mapped()
    {
        (string, string)[] files =
        [
            ("clusters/prod/flux-system/gotk-sync.yaml", Sync),
            ("clusters/prod/source.yaml", "apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: apps, namespace: flux-system}\nspec: {url: \"https://github.com/acme/apps\"}\n"),
            ("clusters/prod/same.yaml", "apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: same, namespace: flux-system}\nspec: {url: \"https://github.com/acme/fleet.git\"}\n"),
            ("clusters/prod/a.yaml", Kustomization("a", "./deploy", source: "apps")),
            ("clusters/prod/b.yaml", Kustomization("b", "./deploy", source: "same")),
            ("deploy/cm.yaml", ConfigMap("x", "  x: y\n")),
            ("other/deploy/cm.yaml", ConfigMap("z", "  x: y\n")),
        ];
        var cluster = Build(files);
        cluster.Kustomizations.Single(item => item.Id.Name == "a").State.ShouldBe(KustomizationState.ExternalSource);
        cluster.Kustomizations.Single(item => item.Id.Name == "b").State.ShouldBe(KustomizationState.Built);
        var options = new FluxOptions { Sources = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("GitRepository/flux-system/apps", TestRepository.Directory + "/other") };
        Model(options, files).Clusters.Single().Find("", "ConfigMap", "flux-system", "z").ShouldNotBeNull();
    }

    [Fact]
    public void A_ResourceSet_with_inputs_of_its_own_is_rendered()
    {
        const string Set = """
            apiVersion: fluxcd.controlplane.io/v1
            kind: ResourceSet
            metadata: {name: set, namespace: flux-system}
            spec:
              inputs:
                - tenant: a
                - tenant: b
              resources:
                - apiVersion: v1
                  kind: ConfigMap
                  metadata: {name: "cm-<< inputs.tenant >>", namespace: flux-system}
            """;
        var cluster = Build(("clusters/prod/flux-system/gotk-sync.yaml", Sync), ("clusters/prod/set.yaml", Set));
        var name = cluster.Find("", "ConfigMap", "flux-system", "cm-b").ShouldNotBeNull().Object.Root.Get("metadata", "name")!;
        name.Location.ToString().ShouldBe("clusters/prod/set.yaml:11:25");
        name.Derivation!.Inputs.Single().Location.ToString().ShouldBe("clusters/prod/set.yaml:7:15");
        cluster.Kustomizations.Single().Objects.ShouldNotContain(item => item.Object.Kind == "ConfigMap");
        Build(("clusters/prod/flux-system/gotk-sync.yaml", Sync), ("clusters/prod/set.yaml", Set.Replace("<< inputs.tenant >>", "<< inputs.tenant | slugify >>", StringComparison.Ordinal)))
            .Kustomizations.Single().IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void Patches_of_a_FluxInstance_change_what_its_sync_makes()
    {
        var cluster = Build(
            ("clusters/prod/instance.yaml", """
                apiVersion: fluxcd.controlplane.io/v1
                kind: FluxInstance
                metadata: {name: flux, namespace: flux-system}
                spec:
                  distribution: {version: 2.8.x}
                  sync: {kind: GitRepository, url: "https://github.com/acme/fleet", ref: refs/heads/main, path: clusters/prod}
                  kustomize:
                    patches:
                      - target: {kind: Kustomization}
                        patch: |
                          - op: add
                            path: /spec/postBuild
                            value: {substitute: {A: known}}
                      - target: {kind: GitRepository}
                        patch: |
                          apiVersion: source.toolkit.fluxcd.io/v1
                          kind: GitRepository
                          metadata: {name: all}
                          spec: {ignore: "/docs"}
                """),
            ("clusters/prod/cm.yaml", ConfigMap("x", "  a: ${A}\n")));
        cluster.Version.ShouldBe(new FluxVersion(2, 8));
        cluster.Find("", "ConfigMap", "flux-system", "x")!.Object.Root.GetString("data", "a").ShouldBe("known");
        var source = cluster.Bootstrapped.Single();
        source.Name.ShouldBe("flux-system");
        source.Root.Get("spec", "ignore")!.Location.ToString().ShouldBe("clusters/prod/instance.yaml:19:26");
        source.Root.GetString("spec", "ref", "name").ShouldBe("refs/heads/main");
    }

    [Fact]
    public void The_root_of_another_source_holds_nothing_of_this_repository()
    {
        var model = Model(
            null,
            ("clusters/prod/flux-system/gotk-sync.yaml", Sync),
            ("clusters/prod/tool.yaml", "apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: tool, namespace: flux-system}\nspec: {url: \"oci://ghcr.io/x/tool\"}\n---\n"
                + Kustomization("tool", "./", source: "tool").Replace("kind: GitRepository", "kind: OCIRepository", StringComparison.Ordinal)));
        var cluster = model.Clusters.ShouldHaveSingleItem();
        cluster.Name.ShouldBe("clusters/prod");
        cluster.Kustomizations.Single(item => item.Id.Name == "tool").State.ShouldBe(KustomizationState.ExternalSource);
    }

    [Fact]
    public void The_root_of_a_source_that_stands_in_a_library_of_bases_is_not_this_repository()
    {
        var model = Model(
            null,
            ("bases/releases/source.yaml", "apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: releases, namespace: flux}\nspec: {url: 'https://git.example.org/releases'}\n"),
            ("bases/releases/releases.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: releases, namespace: flux}\nspec: {prune: true, sourceRef: {kind: GitRepository, name: releases}}\n"),
            ("bases/releases/kustomization.yaml", "resources: [releases.yaml, source.yaml]\n"));

        model.Clusters.SelectMany(cluster => cluster.Kustomizations).ShouldHaveSingleItem().State.ShouldBe(KustomizationState.ExternalSource);
    }

    [Fact]
    public void Repositories_side_by_side_are_told_apart()
    {
        var model = Model(
            null,
            ("one/clusters/prod/flux-system/gotk-sync.yaml", Sync),
            ("one/clusters/prod/apps.yaml", Kustomization("apps", "../apps")),
            ("one/apps/cm.yaml", ConfigMap("one", "  x: y\n")),
            ("two/clusters/prod/flux-system/gotk-sync.yaml", "# written by bootstrap\n"),
            ("two/clusters/prod/cm.yaml", ConfigMap("two", "  x: y\n")));
        model.Clusters.Select(cluster => $"{cluster.Name}: {string.Join(' ', cluster.Objects().Where(item => item.Object.Kind == "ConfigMap").Select(item => item.Object.Name))}")
            .ShouldBe(["one/clusters/prod: one", "two/clusters/prod: two"]);
        model.Clusters.SelectMany(cluster => cluster.Kustomizations).ShouldAllBe(item => item.State == KustomizationState.Built);
    }

    [Fact]
    public void Loops_end()
    {
        var cluster = Build(
            ("clusters/prod/flux-system/gotk-sync.yaml", Sync),
            ("clusters/prod/a.yaml", Kustomization("a", "./apps/a")),
            ("apps/a/b.yaml", Kustomization("b", "./apps/b")),
            ("apps/b/a.yaml", Kustomization("a", "./apps/a")));
        cluster.Kustomizations.Select(item => item.Id.Name).ShouldBe(["flux-system", "a", "b"]);
        cluster.Objects().Count(item => item.Object.Name == "a").ShouldBe(2);
    }

    [Fact]
    public void Patches_of_the_cluster_directory_change_the_entry_point_itself()
    {
        var cluster = Build(
            ("clusters/prod/flux-system/gotk-sync.yaml", Sync),
            ("clusters/prod/flux-system/kustomization.yaml",
                "resources: [gotk-sync.yaml]\npatches:\n  - patch: |\n      apiVersion: kustomize.toolkit.fluxcd.io/v1\n      kind: Kustomization\n      metadata: {name: _}\n      spec: {postBuild: {substitute: {A: known}}}\n    target: {kind: Kustomization, name: flux-system}\n"),
            ("clusters/prod/cm.yaml", ConfigMap("x", "  a: ${A}\n")));
        cluster.Find("", "ConfigMap", "flux-system", "x")!.Object.Root.GetString("data", "a").ShouldBe("known");
    }

    [Fact]
    public void Two_clusters_share_what_they_get_alike()
    {
        var model = Model(
            null,
            ("clusters/a/flux-system/gotk-sync.yaml", Sync.Replace("clusters/prod", "clusters/a", StringComparison.Ordinal)),
            ("clusters/b/flux-system/gotk-sync.yaml", Sync.Replace("clusters/prod", "clusters/b", StringComparison.Ordinal)),
            ("clusters/a/web.yaml", Kustomization("web", "./apps/web")),
            ("clusters/b/web.yaml", Kustomization("web", "./apps/web")),
            ("apps/web/cm.yaml", ConfigMap("x", "  x: y\n")));
        model.Clusters.Select(cluster => cluster.Name).ShouldBe(["clusters/a", "clusters/b"]);
        model.EffectiveObjects.Count(item => item.Object.Name == "x").ShouldBe(2);
        model.Objects.Count(item => item.Name == "x").ShouldBe(1);
    }

    [Fact]
    public void Files_that_nothing_reaches_have_a_reason()
    {
        var model = Model(
            null,
            ("clusters/prod/flux-system/gotk-sync.yaml", Sync),
            ("clusters/prod/kustomization.yaml", "resources:\n  - flux-system\n  # - off.yaml\n"),
            ("clusters/prod/off.yaml", ConfigMap("off", "  x: y\n")),
            ("clusters/prod/lost.yaml", ConfigMap("lost", "  x: y\n")),
            ("apps/kustomization.yaml", "resources: [x.yaml]\n"),
            ("apps/x.yaml", ConfigMap("x", "  x: y\n")),
            ("apps/.old/y.yaml", ConfigMap("y", "  x: y\n")));
        model.UnreachedFiles.Select(file => $"{file.File.DisplayPath} {file.Reason} {file.By}".TrimEnd()).ShouldBe(
        [
            "apps/.old/y.yaml Hidden",
            "apps/x.yaml NotBuilt apps/kustomization.yaml",
            "clusters/prod/lost.yaml NotNamed",
            "clusters/prod/off.yaml CommentedOut clusters/prod/kustomization.yaml:3:3",
        ]);
    }

    [Fact]
    public void A_path_that_its_source_leaves_out_is_not_built()
    {
        var cluster = Build(
            ("clusters/prod/flux-system/gotk-sync.yaml", Sync.Replace("{branch: main}}", "{branch: main}, ignore: \"/*\\n!/clusters/\\n!/apps/**\\n\"}", StringComparison.Ordinal)),
            ("clusters/prod/apps.yaml", Kustomization("apps", "./apps") + "---\n" + Kustomization("infra", "./infra")),
            ("apps/cm.yaml", ConfigMap("out", "  a: b\n")),
            ("infra/cm.yaml", ConfigMap("lost", "  a: b\n")));
        cluster.Kustomizations.Single(item => item.Id.Name == "apps").Objects.Length.ShouldBe(1);
        var infra = cluster.Kustomizations.Single(item => item.Id.Name == "infra");
        infra.State.ShouldBe(KustomizationState.MissingPath);
        infra.Problems.Single().Message.ShouldContain("spec.ignore");
    }

    [Fact]
    public void Generated_kustomizations_leave_out_what_the_source_does()
    {
        (string, string)[] files =
        [
            ("clusters/prod/flux-system/gotk-sync.yaml", Sync),
            ("clusters/prod/apps.yaml", Kustomization("apps", "./apps")),
            ("apps/cm.yaml", ConfigMap("out", "  a: b\n")),
            ("apps/draft/cm.yaml", ConfigMap("draft", "  a: b\n")),
            ("apps/test.yaml", ConfigMap("test", "  a: b\n")),
        ];
        Built(files).ShouldBe(["out", "draft", "test"], ignoreOrder: true);
        Built([.. files, (".sourceignore", "draft/\n"), ("apps/.sourceignore", "/test.yaml\n")]).ShouldBe(["out"]);
        Built([.. files, (".sourceignore", "apps/*\n!apps/draft/cm.yaml\n")]).ShouldBe(["draft"]);

        static IEnumerable<string> Built((string, string)[] files) =>
            Build(files).Kustomizations.Single(item => item.Id.Name == "apps").Objects.Select(item => item.Id.Name);
    }

    private static FluxCluster Build(params (string Path, string Text)[] files) => Model(null, files).Clusters.Single();

    private static RepositoryModel Model(FluxOptions? options, params (string Path, string Text)[] files) =>
        RepositoryModelBuilder.Build(Workspace.Load(TestRepository.Source(files), new WorkspaceOptions { BaseDirectory = TestRepository.Directory }), options);

    private static string ConfigMap(string name, string data) =>
        $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}, namespace: flux-system}}\ndata:\n{data}";

    private static string Kustomization(string name, string path, string more = "", string source = "flux-system") =>
        $"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {{name: {name}, namespace: flux-system}}\nspec:\n  path: {path}\n"
        + $"  sourceRef: {{kind: GitRepository, name: {source}}}\n{more}";
}

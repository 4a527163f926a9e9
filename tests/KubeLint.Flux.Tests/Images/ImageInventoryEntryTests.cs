using KubeLint.Flux.Images;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Flux.Tests.Images;

public class ImageInventoryEntryTests
{
    [Fact]
    public void Lists_only_what_names_an_image()
    {
        const string Text = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: app, namespace: shop}
            spec:
              values:
                global: {imageRegistry: mirror.example.com, imagePullSecrets: [creds, creds]}
                web: {image: {registry: quay.io, repository: org/web, tag: "${TAG}", pullPolicy: Always}}
                api: {image: "ghcr.io/org/api:v1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}
                job: {image: {tag: v3}}
                other: {imagePullPolicy: Always}
              postRenderers: [{kustomize: {images: [{name: a, newTag: v1}]}}]
            """;
        var item = KubernetesObject.From(YamlParser.Parse(new SourceText("a.yaml", Text)).Documents[0].Root)!;

        var rows = ContainerImages.Of(item).Select(ImageInventoryEntry.From).OfType<ImageInventoryEntry>();

        rows.Select(row => $"{row.Registry}|{row.Repository}|{row.Tag}|{row.Digest?[..10]}|{row.PullPolicy}|{string.Join(',', row.PullSecrets)}|{row.Location}").ShouldBe(
        [
            "quay.io|org/web|${TAG}||Always|creds|a.yaml:7:50",
            "ghcr.io|org/api|v1|sha256:012||creds|a.yaml:8:18",
            "||v3|||creds|a.yaml:9:24",
        ]);
    }

    [Fact]
    public void Rows_are_what_the_cluster_gets_each_at_the_line_that_a_person_wrote()
    {
        var model = RepositoryModelBuilder.Build(Workspace.Load(
            TestRepository.Source(
                ("clusters/home/ks.yaml", """
                    apiVersion: kustomize.toolkit.fluxcd.io/v1
                    kind: Kustomization
                    metadata: {name: apps, namespace: flux-system}
                    spec:
                      interval: 1h
                      path: ./apps
                      prune: true
                      sourceRef: {kind: GitRepository, name: flux-system}
                      targetNamespace: shop
                      images: [{name: org/api, newTag: v2}]
                    """),
                ("apps/kustomization.yaml", "resources: [release.yaml, api.yaml]\nconfigMapGenerator: [{name: web, files: [values.yaml], options: {disableNameSuffixHash: true}}]\n"),
                ("apps/values.yaml", "image:\n  repository: org/web\n  tag: v1\n"),
                ("apps/release.yaml", """
                    apiVersion: helm.toolkit.fluxcd.io/v2
                    kind: HelmRelease
                    metadata: {name: web}
                    spec:
                      interval: 1h
                      chartRef: {kind: OCIRepository, name: web}
                      valuesFrom: [{kind: ConfigMap, name: web}]
                      values: {image: {pullPolicy: Always}}
                    """),
                ("apps/api.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: api}\nspec: {containers: [{name: api, image: 'org/api:v1'}]}\n"),
                ("old/pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: old}\nspec: {containers: [{name: old, image: 'org/old:v1'}]}\n")),
            new WorkspaceOptions { BaseDirectory = TestRepository.Directory }));

        model.EffectiveObjects.SelectMany(item => model.ImagesOf(item.Object)).Select(ImageInventoryEntry.From).OfType<ImageInventoryEntry>()
            .Select(row => $"{row.Repository}:{row.Tag} {row.PullPolicy} {row.Location}").Order(StringComparer.Ordinal).ShouldBe(
        [
            "org/api:v2  clusters/home/ks.yaml:10:36",
            "org/web:v1 Always apps/values.yaml:2:15",
        ]);
    }
}

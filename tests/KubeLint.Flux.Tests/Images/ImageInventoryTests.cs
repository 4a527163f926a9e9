using KubeLint.Flux.Images;
using KubeLint.Yaml;

namespace KubeLint.Flux.Tests.Images;

public class ImageInventoryTests
{
    [Fact]
    public void Lists_what_names_an_image_ordered_by_name()
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

        var rows = ImageInventory.Create([.. ContainerImages.Of(item), .. ContainerImages.Of(item)]);

        rows.Select(row => $"{row.Registry}|{row.Repository}|{row.Tag}|{row.Digest?[..10]}|{row.PullPolicy}|{string.Join(',', row.PullSecrets)}|{row.Owner}|{row.Path}|{row.Location}").ShouldBe(
        [
            "||v3|||creds|HelmRelease/shop/app|spec.values.job.image|a.yaml:9:24",
            "ghcr.io|org/api|v1|sha256:012||creds|HelmRelease/shop/app|spec.values.api.image|a.yaml:8:18",
            "quay.io|org/web|${TAG}||Always|creds|HelmRelease/shop/app|spec.values.web.image|a.yaml:7:50",
        ]);
    }
}

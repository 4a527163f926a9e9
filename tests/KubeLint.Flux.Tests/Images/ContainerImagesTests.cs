using System.Collections.Immutable;

using KubeLint.Flux.Images;
using KubeLint.Yaml;

namespace KubeLint.Flux.Tests.Images;

public class ContainerImagesTests
{
    private const string Sha = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("v1", "Pod", "spec")]
    [InlineData("apps/v1", "Deployment", "spec.template.spec")]
    [InlineData("apps/v1", "StatefulSet", "spec.template.spec")]
    [InlineData("apps/v1", "DaemonSet", "spec.template.spec")]
    [InlineData("apps/v1", "ReplicaSet", "spec.template.spec")]
    [InlineData("v1", "ReplicationController", "spec.template.spec")]
    [InlineData("batch/v1", "Job", "spec.template.spec")]
    [InlineData("batch/v1", "CronJob", "spec.jobTemplate.spec.template.spec")]
    public void ReadsAllImagesOfAWorkload(string apiVersion, string kind, string path)
    {
        var spec = """
            {serviceAccountName: runner, imagePullSecrets: [{name: regcred}],
             containers: [{name: a, image: "ghcr.io/org/a:v1", imagePullPolicy: Always}],
             initContainers: [{name: b, image: b}],
             ephemeralContainers: [{name: c, image: "c:latest"}],
             volumes: [{name: v, emptyDir: {}}, {name: m, image: {reference: "quay.io/models/m:v2", pullPolicy: IfNotPresent}}]}
            """.ReplaceLineEndings(" ");
        foreach (var key in path.Split('.').Reverse())
        {
            spec = $"{{{key}: {spec}}}";
        }

        var images = Of($"apiVersion: {apiVersion}\nkind: {kind}\nmetadata: {{name: x}}\nspec: {spec[1..^1]["spec: ".Length..]}\n");

        images.Select(image => $"{image.Path} {image.DisplayName} {image.Tag.Text} {image.PullPolicy.Text}").ShouldBe(
        [
            $"{path}.containers[0].image ghcr.io/org/a v1 Always",
            $"{path}.initContainers[0].image b  ",
            $"{path}.ephemeralContainers[0].image c latest ",
            $"{path}.volumes[1].image.reference quay.io/models/m v2 IfNotPresent",
        ]);
        images.ShouldAllBe(image => image.TagDefaultsToLatest && image.Credentials.ServiceAccount.Value == "runner");
        images[0].Credentials.PullSecrets.ShouldHaveSingleItem().Value.ShouldBe("regcred");
        images[1].Name.ShouldBe("docker.io/library/b");
    }

    [Fact]
    public void EachPartKnowsItsToken()
    {
        const string Text = """
            apiVersion: v1
            kind: Pod
            spec:
              containers:
                - name: a
                  image: "ghcr.io/org/a:v1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                - name: b
                  image: 'nginx:latest'
            """;
        var images = Of(Text);

        Token(images[0].Registry).ShouldBe("ghcr.io");
        Token(images[0].Repository).ShouldBe("org/a");
        Token(images[0].Tag).ShouldBe("v1");
        Token(images[0].Digest).ShouldBe(Sha);
        Token(images[1].Tag).ShouldBe("latest");
        images[1].Tag.Location!.Value.ToString().ShouldBe("test.yaml:8:21");
    }

    [Theory]
    [InlineData("image: {registry: quay.io, repository: org/app, tag: v1, digest: 'sha256:ab', pullPolicy: Always}", "image|quay.io|org/app|v1|sha256:ab|Always")]
    [InlineData("image: 'ghcr.io/org/app:v1'", "image|ghcr.io|org/app|v1||")]
    [InlineData("image: nginx", "image||nginx|<latest>||")]
    [InlineData("web: {image: {repository: org/app, tag: 1.0}}", "web.image||org/app|1.0||")]
    [InlineData("web: {image: {repository: org/app}}", "web.image||org/app|||")]
    [InlineData("image: {registry: quay.io/, repository: org/app}", "image|quay.io|org/app|||")]
    [InlineData("image: {registry: quay.io/}", "image|quay.io||||")]
    [InlineData("image: {registry: 'docker.io/democraticcsi/democratic-csi', tag: next}", "image|docker.io|democraticcsi/democratic-csi|next||")]
    [InlineData("image: {tag: v1, sha: 0123abcd}", "image|||v1|0123abcd|")]
    [InlineData("image: {tag: v1}", "image|||v1||")]
    [InlineData("image: {repository: org/app, tag: 'v1@" + Sha + "'}", "image||org/app|v1|" + Sha + "|")]
    [InlineData("image: {repository: 'org/app@sha256', tag: 0123abcd}", "image||org/app||0123abcd|")]
    [InlineData("image: {repository: 'org/app:v1'}", "image||org/app|v1||")]
    [InlineData("image: {repository: org/app, tag: ''}", "image||org/app|||")]
    [InlineData("image: {repository: org/app, tag: ~}", "image||org/app|||")]
    [InlineData("image: {name: org/app, tag: v1}", "image||org/app|v1||")]
    [InlineData("image: {repo: org/app, tag: v1}", "image||org/app|v1||")]
    [InlineData("redis: {repository: public.ecr.aws/docker/library/redis, tag: 8.6.2}", "redis|public.ecr.aws|docker/library/redis|8.6.2||")]
    [InlineData("api: {imageRepository: ghcr.io/1password/connect-api}", "api.imageRepository|ghcr.io|1password/connect-api|||")]
    [InlineData("imageRepository: org/app\nimageTag: v2\nimagePullPolicy: Always", "imageRepository||org/app|v2||Always")]
    [InlineData("sidecarImageRepository: org/side\nsidecarImageTag: v3", "sidecarImageRepository||org/side|v3||")]
    [InlineData("image: nginx\nimageTag: v1\nimagePullPolicy: Never", "||nginx|v1||Never")]
    [InlineData("repository: ghcr.io/org\nimage: app\ntag: v1", "|ghcr.io|org/app|v1||")]
    [InlineData("web: {image: {repository: org/app, tag: v1}, imagePullPolicy: Always}", "web.image||org/app|v1||Always")]
    [InlineData("connect: {imagePullPolicy: Always}", "connect.imagePullPolicy|||||Always")]
    [InlineData("driver: {image: {pullPolicy: Always}}", "driver.image|||||Always")]
    [InlineData("global: {imageRegistry: mirror.gcr.io}", "global.imageRegistry|mirror.gcr.io||||")]
    [InlineData("global: {image: {registry: quay.io}}", "global.image|quay.io||||")]
    [InlineData("global: {imageRegistry: mirror.gcr.io}\nimage: {repository: a/b, tag: v1}", "global.imageRegistry|mirror.gcr.io||||", "image|mirror.gcr.io|a/b|v1||")]
    [InlineData("template: {spec: {containers: [{name: r, image: runner}]}}", "template.spec.containers[0].image||runner|<latest>||")]
    [InlineData("extraInitContainers: [{name: r, image: 'alpine:3.24', imagePullPolicy: Always}]", "extraInitContainers[0].image||alpine|3.24||Always")]
    [InlineData("initContainers: {wait: {image: busybox}}", "initContainers.wait.image||busybox|<latest>||")]
    [InlineData("sidecars: {vpn: {image: 'qdm12/gluetun:latest'}}", "sidecars.vpn.image||qdm12/gluetun|latest||")]
    [InlineData("a-instance: {instance: {spec: {image: 'ghcr.io/a/b:v2'}}}", "a-instance.instance.spec.image|ghcr.io|a/b|v2||")]
    [InlineData("cluster: {imageName: 'ghcr.io/cloudnative-pg/postgresql:17.5'}", "cluster.imageName|ghcr.io|cloudnative-pg/postgresql|17.5||")]
    [InlineData("kubectlImage: 'bitnami/kubectl:latest'", "kubectlImage||bitnami/kubectl|latest||")]
    [InlineData("hookImage: {repository: org/hook, tag: v1}", "hookImage||org/hook|v1||")]
    [InlineData("images: {a: 'org/a:v1', b: {repository: org/b, tag: v2}}", "images.a||org/a|v1||", "images.b||org/b|v2||")]
    [InlineData("image: {repository: '${R}/jetstack/app', tag: '${T}'}", "image|?|jetstack/app|?|?|")]
    [InlineData("image: '${R}/velero/plugin:${V}'", "image|?|velero/plugin|?|?|")]
    [InlineData("persistence: {models: {type: image, image: quay.io/a/m, pullPolicy: Always}}", "persistence.models.image|quay.io|a/m|<latest>||Always")]
    [InlineData("controllers: {web: {containers: {app: {image: {repository: org/app, tag: v1}}}}}", "controllers.web.containers.app.image||org/app|v1||")]
    [InlineData("controllers: {web: {initContainers: {app: {image: {repository: org/app}}}}}", "controllers.web.initContainers.app.image||org/app|<latest>||")]
    [InlineData("controllers: {web: {containers: {app: {image: 'org/app'}}}}", "controllers.web.containers.app.image||org/app|<latest>||")]
    [InlineData("x: {<<: {image: {repository: org/app, tag: v1}}}", "x.image||org/app|v1||")]
    [InlineData("a: &a {repository: org/app, tag: v1}\nweb: {image: *a}", "a||org/app|v1||", "web.image||org/app|v1||")]
    [InlineData("extra: [{apiVersion: v1, kind: Pod, spec: {containers: [{name: a, image: 'a:v1'}]}}]", "extra[0].spec.containers[0].image||a|v1||")]
    public void ReadsTheShapesOfChartValues(string values, params string[] expected) => Values(values).ShouldBe(expected);

    [Theory]
    [InlineData("image: {tls: {enabled: true}}")]
    [InlineData("image: {flavor: fpm}")]
    [InlineData("image: [spec, image]")]
    [InlineData("image: true")]
    [InlineData("image: ''")]
    [InlineData("image: ~")]
    [InlineData("image: https://example.org/logo.png")]
    [InlineData("background: {image: backgrounds/sea.jpg}")]
    [InlineData("backgroundImage: sea/blue")]
    [InlineData("CRAWLER_DOWNLOAD_BANNER_IMAGE: true")]
    [InlineData("env: {image: 'a:latest', SIDECAR_IMAGE: 'a:latest'}")]
    [InlineData("repository: {signing: {key: x}}")]
    [InlineData("persistence: {repository: {type: nfs}}")]
    [InlineData("service: {registry: {nodePort: 29999}}")]
    [InlineData("git: {repository: 'https://github.com/a/b.git', tag: v1}")]
    [InlineData("git: {repository: 'git@github.com:a/b.git', tag: v1}")]
    [InlineData("dependency: {repository: a/b, chart: c, tag: latest}")]
    [InlineData("cephBlockPools: [{parameters: {imageFormat: '2', imageFeatures: layering}}]")]
    [InlineData("metrics: {labelsFromPath: {image: [spec, image]}}")]
    [InlineData("config: {image_proxy: true, imageSet: {name: x}}")]
    [InlineData("extra: [{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, spec: {image: ghcr.io/a/b}}]")]
    public void LookAlikesAreNoImages(string values) => Values(values).ShouldBeEmpty();

    [Theory]
    [InlineData("web: {config: {ui: {image: mountain}}}")]
    [InlineData("web: {image: app, version: v1}")]
    [InlineData("controllers: {web: {containers: {app: {image: {repository: org/app}}}}}\ndefaultContainerOptions: {image: {tag: v1}}")]
    public void AMissingTagIsNotTakenForLatestWhereSomethingElseMaySayIt(string values) =>
        Read(values).ShouldAllBe(image => !image.TagDefaultsToLatest);

    [Theory]
    [InlineData("imagePullSecrets: [{name: a}]", "a")]
    [InlineData("imagePullSecrets: [a, b]", "a b")]
    [InlineData("global: {imagePullSecrets: [a]}", "a")]
    [InlineData("web: {image: {pullSecrets: [a]}}", "a")]
    [InlineData("dockerPullSecret: {create: false, name: a}", "a")]
    [InlineData("imagePullSecret: a", "a")]
    [InlineData("imagePullSecret: ''", "")]
    [InlineData("imagePullSecrets: []", "")]
    [InlineData("imageCredentials: {registry: r, password: s3cret}", "?")]
    [InlineData("template: {spec: {imagePullSecrets: [{name: a}]}}", "a")]
    public void FindsPullSecretsInAnyShape(string values, string expected)
    {
        var credentials = Read(values + "\nmain: {image: {repository: org/app, tag: v1}}")[^1].Credentials;

        string.Join(' ', credentials.PullSecrets.Select(part => part.Value ?? "?")).ShouldBe(expected);
        credentials.PullSecrets.ShouldAllBe(part => part.Text != "s3cret");
    }

    [Theory]
    [InlineData("defaultPodOptions: {imagePullSecrets: [{name: a}]}", "a", "")]
    [InlineData("controllers: {web: {pod: {imagePullSecrets: [{name: b}]}}}\ndefaultPodOptions: {imagePullSecrets: [{name: a}]}", "b", "")]
    [InlineData("controllers: {other: {pod: {imagePullSecrets: [{name: b}]}}}", "", "")]
    [InlineData("controllers: {web: {serviceAccount: {name: own}}}", "", "own")]
    [InlineData("controllers: {web: {serviceAccount: {identifier: own}}}\nserviceAccount: {own: {}}", "", "?")]
    [InlineData("serviceAccount: {create: true}", "", "?")]
    [InlineData("serviceAccount: {create: false, name: own}", "", "own")]
    public void KnowsWhatReachesAPodOfTheAppTemplate(string values, string secrets, string account)
    {
        // Two mappings of one name would be a duplicate key, so the container is put into the given one.
        const string Container = "containers: {app: {image: {repository: org/app, tag: v1}}}";
        values = values.Contains("web: {", StringComparison.Ordinal) ? values.Replace("web: {", $"web: {{{Container}, ", StringComparison.Ordinal)
            : values.Contains("controllers: {", StringComparison.Ordinal) ? values.Replace("controllers: {", $"controllers: {{web: {{{Container}}}, ", StringComparison.Ordinal)
            : $"{values}\ncontrollers: {{web: {{{Container}}}}}";
        var credentials = Read(values).Single().Credentials;

        string.Join(' ', credentials.PullSecrets.Select(part => part.Value ?? "?")).ShouldBe(secrets);
        (credentials.ServiceAccount.State == PartState.Unknown ? "?" : credentials.ServiceAccount.Text).ShouldBe(account);
    }

    [Fact]
    public void AReferenceInAnAnchorStandsAtItsAnchor()
    {
        var images = Read("a: &tag latest\nweb: {image: {repository: org/a, tag: *tag}}\napi: {image: {repository: org/b, tag: *tag}}");

        images.Length.ShouldBe(2);
        images.ShouldAllBe(image => image.Tag.Location!.Value.Start.Line == 5);
    }

    [Fact]
    public void ReadsKustomizeTransformers()
    {
        var images = ContainerImages.OfKustomizationFile((YamlMapping)Parse(
            "images:\n- name: a\n  newName: ghcr.io/org/a\n  newTag: latest\n- name: b\n  digest: sha256:ab\n- name: c\n"));

        images.Select(Show).ShouldBe(["images[0]|ghcr.io|org/a|latest||", "images[1]||b||sha256:ab|", "images[2]||c|||"]);
        images.ShouldAllBe(image => image.Shape == ImageShape.KustomizeTransformer && !image.TagDefaultsToLatest);
        Of("apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: {images: [{name: a, newTag: v1}]}").Select(Show).ShouldBe(["spec.images[0]||a|v1||"]);
        Of("apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec: {postRenderers: [{kustomize: {images: [{name: a, newTag: v1}]}}]}")
            .Select(Show).ShouldBe(["spec.postRenderers[0].kustomize.images[0]||a|v1||"]);
    }

    [Theory]
    [InlineData("postgresql.cnpg.io/v1", "Cluster", "{imageName: 'ghcr.io/a/b:17', imagePullPolicy: Always}", "spec.imageName|ghcr.io|a/b|17||Always")]
    [InlineData("postgresql.cnpg.io/v1", "ImageCatalog", "{images: [{major: 17, image: 'a/b:17'}]}", "spec.images[0].image||a/b|17||")]
    [InlineData("monitoring.coreos.com/v1", "Prometheus", "{image: 'quay.io/a/b:v3', containers: [{name: c, image: c}]}", "spec.image|quay.io|a/b|v3||", "spec.containers[0].image||c|<latest>||")]
    [InlineData("gateway.envoyproxy.io/v1alpha1", "EnvoyProxy", "{provider: {kubernetes: {envoyDeployment: {container: {image: 'a/b:v1'}}}}}", "spec.provider.kubernetes.envoyDeployment.container.image||a/b|v1||")]
    [InlineData("tailscale.com/v1alpha1", "DNSConfig", "{nameserver: {image: {repo: a/b, tag: unstable}}}", "spec.nameserver.image||a/b|unstable||")]
    [InlineData("upgrade.cattle.io/v1", "Plan", "{upgrade: {image: a/b}}", "spec.upgrade.image||a/b|||")]
    [InlineData("argoproj.io/v1alpha1", "Workflow", "{templates: [{name: x}, {container: {image: 'a:v1'}}]}", "spec.templates[1].container.image||a|v1||")]
    [InlineData("image.toolkit.fluxcd.io/v1", "ImageRepository", "{image: a/b}")]
    [InlineData("apiextensions.k8s.io/v1", "CustomResourceDefinition", "{versions: [{schema: {openAPIV3Schema: {properties: {image: {type: string}}}}}]}")]
    [InlineData("v1", "ConfigMap", "{image: 'a:latest'}")]
    public void ReadsWellKnownCustomResourcesAndNoOthers(string apiVersion, string kind, string spec, params string[] expected) =>
        Of($"apiVersion: {apiVersion}\nkind: {kind}\nspec: {spec}").Select(Show).ShouldBe(expected);

    private static string[] Values(string values) =>
        [.. Read(values).Select(image => Show(image with { Path = image.Path["spec.values".Length..].TrimStart('.') }))];

    private static ImmutableArray<ContainerImage> Read(string values) => Of(
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  values:\n    " + values.Replace("\n", "\n    ", StringComparison.Ordinal));

    private static string Show(ContainerImage image)
    {
        var tag = image is { Tag.State: PartState.Absent, Digest.State: PartState.Absent, TagDefaultsToLatest: true } ? "<latest>" : Text(image.Tag);
        return string.Join('|', image.Path, Text(image.Registry), Text(image.Repository), tag, Text(image.Digest), Text(image.PullPolicy));

        static string Text(ImagePart part) => part.State == PartState.Unknown ? "?" : part.Text;
    }

    private static string Token(ImagePart part)
    {
        var location = part.Location!.Value;
        return location.Text.Content.Substring(location.Span.Start, location.Span.Length);
    }

    private static ImmutableArray<ContainerImage> Of(string text) => ContainerImages.Of(KubernetesObject.From(Parse(text))!);

    private static YamlNode Parse(string text)
    {
        var file = YamlParser.Parse(new SourceText("test.yaml", text));
        file.Problems.ShouldBeEmpty();
        return file.Documents.Single().Root!;
    }
}

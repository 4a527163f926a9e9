using KubeLint.Flux.Images;
using KubeLint.Yaml;

namespace KubeLint.Flux.Tests.Images;

public class RegistrySecretTests
{
    [Theory]
    [InlineData("""{"auths": {"registry.example.com": {"auth": "s3cret"}, "https://index.docker.io/v1/": {}}}""", "registry.example.com docker.io", true)]
    [InlineData("""{"auths": {"ghcr.io/org": {"auth": "{{ printf "%s:%s" .user .password | b64enc }}"}}}""", "ghcr.io/org", true)]
    [InlineData("""{"auths": {"${HOST}": {}, "quay.io": {}}}""", "quay.io", false)]
    [InlineData("{{ .config }}", "", false)]
    [InlineData("ENC[AES256_GCM,data:abc,type:str]", "", false)]
    [InlineData("[]", "", false)]
    public void Only_the_registries_of_the_content_are_kept(string content, string registries, bool known)
    {
        var secret = RegistrySecret.From(Object(
            $"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: |\n    {content}\n")).ShouldNotBeNull();

        string.Join(' ', secret.Registries).ShouldBe(registries);
        secret.AreRegistriesKnown.ShouldBe(known);
        secret.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public void Encoded_data_is_read()
    {
        var encoded = Convert.ToBase64String("""{"auths": {"quay.io": {}}}"""u8);

        RegistrySecret.From(Object($"apiVersion: v1\nkind: Secret\ntype: kubernetes.io/dockerconfigjson\ndata: {{.dockerconfigjson: {encoded}}}\n"))!
            .IsFor("quay.io").ShouldBeTrue();
    }

    [Theory]
    [InlineData("external-secrets.io/v1", "ExternalSecret", "{target: {name: b, template: {type: kubernetes.io/dockerconfigjson}}}", "b", false)]
    [InlineData("external-secrets.io/v1", "ExternalSecret", "{target: {template: {type: kubernetes.io/dockerconfigjson, metadata: {annotations: {replicator.v1.mittwald.de/replicate-to: '*'}}}}}", "a", true)]
    [InlineData("external-secrets.io/v1", "ClusterExternalSecret", "{externalSecretSpec: {target: {name: c, template: {type: kubernetes.io/dockerconfigjson}}}}", "c", true)]
    [InlineData("bitnami.com/v1alpha1", "SealedSecret", "{template: {type: kubernetes.io/dockerconfigjson}}", "a", false)]
    public void What_makes_such_a_secret_is_known(string apiVersion, string kind, string spec, string name, bool isCopied)
    {
        var secret = RegistrySecret.From(Object($"apiVersion: {apiVersion}\nkind: {kind}\nmetadata: {{name: a}}\nspec: {spec}")).ShouldNotBeNull();

        (secret.Name, secret.IsCopied, secret.AreRegistriesKnown).ShouldBe((name, isCopied, false));
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: Secret\ntype: Opaque\nstringData: {.dockerconfigjson: '{}'}")]
    [InlineData("apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nspec: {target: {name: a}}")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\ntype: kubernetes.io/dockerconfigjson")]
    public void Other_objects_are_none(string text) => RegistrySecret.From(Object(text)).ShouldBeNull();

    private static KubernetesObject Object(string text) => KubernetesObject.From(YamlParser.Parse(new SourceText("a.yaml", text)).Documents[0].Root)!;
}

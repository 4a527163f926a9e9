using System.Text;

using KubeLint.Kustomize.Output;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Tests;

/// <summary>Annotations come out as kustomize prints them: strings, whatever they were, at whatever step they became so.</summary>
public class AnnotationTests
{
    // The printed forms are what kustomize 5.8.1 gives.
    [Theory]
    [InlineData("true", "", "a: \"true\"")]
    [InlineData("012", "", "a: \"012\"")]
    [InlineData("", "", "a: \"\"")]
    [InlineData("~", "", "a: \"~\"")]
    [InlineData("~", "patches: [{target: {kind: ConfigMap}, patch: '[{\"op\": \"test\", \"path\": \"/kind\", \"value\": \"ConfigMap\"}]'}]\n", "a: \"null\"")]
    [InlineData("x", "patches: [{target: {kind: ConfigMap}, patch: '{apiVersion: v1, kind: ConfigMap, metadata: {name: one, annotations: {a: null}}}'}]\n", "a: \"null\"")]
    [InlineData("x", "patches: [{patch: '{apiVersion: v1, kind: ConfigMap, metadata: {name: one, annotations: {a: null, b: c}}}'}]\n", "b: c")]
    public void They_are_strings(string value, string fields, string expected)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["/work/repo/kustomization.yaml"] = Encoding.UTF8.GetBytes("resources: [one.yaml]\n" + fields),
            ["/work/repo/one.yaml"] = Encoding.UTF8.GetBytes($"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  annotations:\n    a: {value}\n"),
        };

        var result = new KustomizeBuilder(new YamlFileCache(new OverlayFileSource(files), "/work/repo")).Build("/work/repo");

        result.Problems.ShouldBeEmpty();
        KustomizeYamlWriter.Write(result.Objects).ShouldBe($"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    {expected}\n  name: one\n");
    }
}

using System.Collections.Concurrent;

using KubeLint.Kustomize.Output;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Flux.Tests;

/// <summary>Real repositories, read without any configuration. The numbers were counted by hand in the files.</summary>
public sealed class CorpusTests(CorpusTests.Corpora corpora) : IClassFixture<CorpusTests.Corpora>
{
    [SkippableTheory]
    [InlineData("onedr0p", "kubernetes/flux/cluster: 79 Kustomizations, 68 HelmReleases", 3)]
    [InlineData("bjw-s", "kubernetes/flux/cluster: 94 Kustomizations, 79 HelmReleases", 1)]
    [InlineData("rcdailey", "kubernetes/flux/cluster: 85 Kustomizations, 70 HelmReleases", 4)]
    [InlineData("tyriis", "kubernetes/main/flux: 140 Kustomizations, 115 HelmReleases; kubernetes/utility/flux: 37 Kustomizations, 28 HelmReleases", 13)]
    [InlineData(
        "radix",
        "clusters/c2-production: 29 Kustomizations, 16 HelmReleases; clusters/c3: 29 Kustomizations, 16 HelmReleases; "
        + "clusters/development: 30 Kustomizations, 18 HelmReleases; clusters/monitoring: 14 Kustomizations, 7 HelmReleases; "
        + "clusters/playground: 30 Kustomizations, 17 HelmReleases; clusters/production: 29 Kustomizations, 16 HelmReleases",
        18)]
    [InlineData("stargate", "kubernetes/flux/cluster: 110 Kustomizations, 67 HelmReleases", 70)]
    [InlineData("kustomize-helm-example", "clusters/production: 4 Kustomizations, 3 HelmReleases; clusters/staging: 4 Kustomizations, 3 HelmReleases", 0)]
    [InlineData("multi-tenancy", "clusters/production: 6 Kustomizations, 0 HelmReleases; clusters/staging: 6 Kustomizations, 0 HelmReleases", 0)]
    public void Clusters_are_found_without_configuration(string corpus, string expected, int unreached)
    {
        var model = Load(corpus);
        string.Join("; ", model.Clusters.Select(cluster => $"{cluster.Name}: {cluster.Kustomizations.Length} Kustomizations, {cluster.Releases.Length} HelmReleases"))
            .ShouldBe(expected);
        model.UnreachedFiles.Length.ShouldBe(unreached);
    }

    [SkippableTheory]
    [InlineData("onedr0p")]
    [InlineData("bjw-s")]
    [InlineData("rcdailey")]
    [InlineData("tyriis")]
    [InlineData("radix")]
    [InlineData("stargate")]
    [InlineData("kustomize-helm-example")]
    [InlineData("multi-tenancy")]
    public void A_Kustomization_that_edits_and_substitutes_nothing_is_what_kustomize_prints(string corpus)
    {
        string[] edits = ["postBuild", "targetNamespace", "namePrefix", "nameSuffix", "patches", "components", "images", "commonMetadata"];
        var root = TestPaths.Shared("corpora", corpus);
        var compared = 0;
        foreach (var kustomization in Load(corpus).Clusters.SelectMany(cluster => cluster.Kustomizations))
        {
            if (kustomization.Directory is not { } directory || edits.Any(edit => kustomization.Object.Spec?.ContainsKey(edit) == true))
            {
                continue;
            }

            var expected = TestPaths.Shared("conformance", "corpora", corpus, Path.GetRelativePath(root, directory).Replace("/", "__", StringComparison.Ordinal) + ".yaml");
            if (File.Exists(expected))
            {
                KustomizeYamlWriter.Write(kustomization.Objects.Select(item => item.Object.Root)).ShouldBe(File.ReadAllText(expected), kustomization.Id.ToString());
                compared++;
            }
        }

        // In some repositories a parent's patch gives every Kustomization variables: there is none to compare.
        Skip.If(compared == 0, "no Kustomization without edits and variables");
    }

    [SkippableTheory]
    [InlineData("onedr0p")]
    [InlineData("bjw-s")]
    [InlineData("rcdailey")]
    [InlineData("tyriis")]
    [InlineData("radix")]
    [InlineData("stargate")]
    [InlineData("kustomize-helm-example")]
    [InlineData("multi-tenancy")]
    public void Every_release_and_Kustomization_is_reached_or_listed_with_a_reason(string corpus)
    {
        var model = Load(corpus);
        var known = model.UnreachedFiles.Select(file => file.File.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var kustomization in model.Clusters.SelectMany(cluster => cluster.Kustomizations))
        {
            known.UnionWith(kustomization.Build?.Inputs.Select(input => input.Path) ?? []);
        }

        foreach (var path in Directory.EnumerateFiles(TestPaths.Shared("corpora", corpus), "*.y*ml", SearchOption.AllDirectories))
        {
            if (File.ReadLines(path).Any(line => line is "kind: HelmRelease" || line.StartsWith("apiVersion: kustomize.toolkit.fluxcd.io", StringComparison.Ordinal)))
            {
                known.ShouldContain(path.Replace('\\', '/'));
            }
        }
    }

    [SkippableFact]
    public void A_patch_inside_a_patch_gives_every_release_its_retries()
    {
        var releases = Load("onedr0p").Clusters.Single().Releases;
        releases.Length.ShouldBe(68);
        foreach (var release in releases)
        {
            var retries = release.Object.Root.Get("spec", "upgrade", "remediation", "retries").ShouldBeOfType<YamlScalar>();
            retries.Value.ShouldBe("2");
            retries.Location.ToString().ShouldBe("kubernetes/flux/cluster/ks.yaml:44:32");
        }
    }

    [SkippableTheory]
    [InlineData("radix", "2.9")]
    [InlineData("stargate", "2.6")]
    [InlineData("bjw-s", "2.9")]
    public void The_version_is_the_one_that_the_repository_installs(string corpus, string version) =>
        Load(corpus).Clusters.ShouldAllBe(cluster => cluster.Version.ToString() == version);

    [SkippableFact]
    public void Feature_gates_in_the_values_of_the_flux_instance_chart_count()
    {
        var cluster = Load("onedr0p").Clusters.Single();
        cluster.IsGateEnabled("helm-controller", "DefaultToRetryOnFailure", byDefault: false).ShouldBeTrue();
        cluster.IsGateEnabled("source-controller", "DefaultToRetryOnFailure", byDefault: false).ShouldBeFalse();
    }

    [SkippableFact]
    public void Only_a_variable_that_no_known_key_gives_is_undefined()
    {
        var undefined = Load("stargate").Clusters.Single().Kustomizations.SelectMany(kustomization => kustomization.VariableUses)
            .Where(use => use is { State: VariableState.Undefined, HasDefault: false }).ToList();
        undefined.ShouldAllBe(use => use.Name == "TAILSCALE_IP");
        undefined.Select(use => use.Where.ToString()).Distinct().ShouldBe(["kubernetes/components/tailscale/ingress.yaml:10:32"]);
    }

    [SkippableTheory]
    [InlineData("rcdailey")]
    [InlineData("onedr0p")]
    [InlineData("bjw-s")]
    [InlineData("tyriis")]
    [InlineData("radix")]
    public void Variables_that_bootstrap_or_another_object_brings_are_not_undefined(string corpus) =>
        Load(corpus).Clusters.SelectMany(cluster => cluster.Kustomizations).SelectMany(kustomization => kustomization.VariableUses)
            .Where(use => use is { State: VariableState.Undefined, HasDefault: false }).Select(use => use.Where.ToString()).ShouldBeEmpty();

    [SkippableTheory]
    [InlineData("onedr0p")]
    [InlineData("bjw-s")]
    [InlineData("rcdailey")]
    [InlineData("tyriis")]
    [InlineData("radix")]
    [InlineData("kustomize-helm-example")]
    [InlineData("multi-tenancy")]
    public void No_path_is_missing(string corpus) =>
        Load(corpus).Clusters.SelectMany(cluster => cluster.Kustomizations).ShouldAllBe(kustomization => kustomization.State != KustomizationState.MissingPath);

    [SkippableFact]
    public void A_component_of_the_Flux_Kustomization_may_complete_what_kustomize_alone_cannot_build()
    {
        var echo = Load("tyriis").Clusters[0].Kustomizations.Single(kustomization => kustomization.Id.Name == "echo-server");
        echo.Problems.ShouldBeEmpty();
        echo.Objects.ShouldNotBeEmpty();
    }

    [SkippableFact]
    public void Values_from_a_generated_ConfigMap_stand_in_the_values_file()
    {
        var release = Load("stargate").Clusters.Single().Releases.Single(release => release.Id.Name == "flux-instance");
        release.Layers.Single().State.ShouldBe(ValuesLayerState.Known);
        var version = release.Values!.Get("instance", "distribution", "version")!;
        version.Location.ToString().ShouldBe("kubernetes/apps/flux-system/flux-instance/app/helm/values.yaml:5:14");
    }

    private RepositoryModel Load(string corpus) => corpora.Load(corpus);

    /// <summary>Each corpus is built once for all tests.</summary>
    public sealed class Corpora
    {
        private readonly ConcurrentDictionary<string, RepositoryModel> models = new(StringComparer.Ordinal);

        internal RepositoryModel Load(string corpus) => models.GetOrAdd(corpus, static name =>
            RepositoryModelBuilder.Build(Workspace.Load(new DiskFileSource(), new WorkspaceOptions { BaseDirectory = TestPaths.Shared("corpora", name) })));
    }
}

using KubeLint.Testing;

namespace KubeLint.Flux.Tests;

/// <summary>Small repositories of the layouts that are found in the wild.</summary>
public sealed class FixtureTests
{
    [Fact]
    public void Three_clusters_share_bases()
    {
        var model = Load("shared-bases");
        Describe(model).ShouldBe(
            """
            clusters/dev 2.9
              flux-system ./clusters/dev Built 4
              apps ./apps/staging Built 1
              infrastructure ./infrastructure Built 1
            clusters/eu 2.9
              flux-system ./clusters/eu Built 4
              apps ./apps/production Built 1
              infrastructure ./infrastructure Built 1
            clusters/us 2.9
              flux-system ./clusters/us Built 4
              apps ./apps/production Built 1
              infrastructure ./infrastructure Built 1
            """);
        model.UnreachedFiles.ShouldBeEmpty();
        var images = model.Clusters.Select(cluster => cluster.Find("apps", "Deployment", "shop", "web")!.Object.Root)
            .Select(root => $"{root.GetString("spec", "replicas")} {root.Get("spec", "template", "spec", "containers")!.AsSequence()!.Items[0].GetString("image")}");
        images.ShouldBe(["1 ghcr.io/acme/web:1.3.0-rc.1", "3 ghcr.io/acme/web:1.2.0", "3 ghcr.io/acme/web:1.2.0"]);
    }

    [Fact]
    public void An_OCI_artifact_of_a_folder_is_the_root()
    {
        var model = Load("oci-root");
        Describe(model).ShouldBe(
            """
            kubernetes/clusters/main 2.7
              flux-system ./clusters/main Built 4
              apps ./apps Built 1
              partner ./apps ExternalSource 0
            """);
        model.Clusters[0].Bootstrapped.Single().Root.GetString("spec", "ref", "tag").ShouldBe("latest");
        model.UnreachedFiles.ShouldBeEmpty();
    }

    [Fact]
    public void A_repository_needs_no_kustomization_file_and_no_bootstrap()
    {
        var model = Load("plain");
        Describe(model).ShouldBe(
            """
            flux 2.9
              apps ./deploy/apps Built 2
              monitoring ./deploy/monitoring Built 1
            """);
        model.UnreachedFiles.ShouldBeEmpty();
    }

    [Fact]
    public void Environments_complete_an_entry_point_by_patches_of_their_own()
    {
        var model = Load("environments");
        Describe(model).ShouldBe(
            """
            clusters/prod/00 2.9
              flux-system ./clusters/prod/00 Built 3
              web ./apps/web/prod/base Built 1
            clusters/prod/01 2.9
              flux-system ./clusters/prod/01 Built 3
              web ./apps/web/prod/base Built 1
            clusters/test/00 2.9
              flux-system ./clusters/test/00 Built 3
              web ./apps/web/test/base Built 1
            clusters/test/01 2.9
              flux-system ./clusters/test/01 Built 3
              web ./apps/web/test/base Built 1
            """);
        model.UnreachedFiles.ShouldBeEmpty();
        var web = model.Clusters[0].Kustomizations[1];
        web.Object.Root.Get("spec", "path")!.Location.ToString().ShouldBe("apps/web/base/kustomize.yaml:7:9");
        web.Object.Root.Get("spec", "interval")!.Location.ToString().ShouldBe("apps/defaults.yaml:6:13");
    }

    [Fact]
    public void An_entry_point_may_be_named()
    {
        var model = Load("shared-bases", new FluxOptions { EntryPoints = [TestRepository.Directory + "/clusters/eu"], Version = new FluxVersion(2, 6) });
        Describe(model).ShouldBe(
            """
            clusters/eu 2.6
              flux-system ./clusters/eu Built 4
              apps ./apps/production Built 1
              infrastructure ./infrastructure Built 1
            """);
    }

    // In memory, since the fixtures themselves lie in a git repository.
    private static RepositoryModel Load(string name, FluxOptions? options = null)
    {
        var directory = TestPaths.Fixture("flux", name);
        var files = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(path => (Path.GetRelativePath(directory, path).Replace('\\', '/'), File.ReadAllText(path))).ToArray();
        return RepositoryModelBuilder.Build(
            Workspace.Load(TestRepository.Source(files), new WorkspaceOptions { BaseDirectory = TestRepository.Directory }), options);
    }

    private static string Describe(RepositoryModel model) => string.Join('\n', model.Clusters.SelectMany(cluster =>
        cluster.Kustomizations.Select(item => $"  {item.Id.Name} {item.Object.Root.GetString("spec", "path")} {item.State} {item.Objects.Length}")
            .Prepend($"{cluster.Name} {cluster.Version}")));
}

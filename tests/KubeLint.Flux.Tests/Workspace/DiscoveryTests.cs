using KubeLint.Yaml;

namespace KubeLint.Flux.Tests.Workspaces;

public class DiscoveryTests
{
    [Fact]
    public void Finds_yaml_files_in_ordinal_order_and_nothing_else() =>
        TestFiles.Find(TestFiles.Empty("b.yaml", "a/z.yml", "a/B.yaml", "a/readme.md", "a-b/c.YAML", "k/Kustomization", "x.yaml.j2"), ".")
            .ShouldBe(["a-b/c.YAML", "a/B.yaml", "a/z.yml", "b.yaml", "k/Kustomization"]);

    [Fact]
    public void Skips_git_and_node_modules_and_looks_into_other_hidden_directories() =>
        TestFiles.Find(TestFiles.Empty(".git/a.yaml", "x/node_modules/a.yaml", ".github/workflows/ci.yaml", ".sops.yaml", ".taskfiles/a.yml"), ".")
            .ShouldBe([".github/workflows/ci.yaml", ".sops.yaml", ".taskfiles/a.yml"]);

    [Fact]
    public void A_file_that_two_paths_name_is_found_once() =>
        TestFiles.Find(TestFiles.Empty("a/b.yaml", "a/c.yaml"), "a/b.yaml", "./a", "a/../a/c.yaml").ShouldBe(["a/b.yaml", "a/c.yaml"]);

    [Theory]
    [InlineData("kubernetes/**/ks.yaml", new[] { "kubernetes/a/b/ks.yaml", "kubernetes/a/ks.yaml", "kubernetes/ks.yaml" })]
    [InlineData("kubernetes/*/ks.yaml", new[] { "kubernetes/a/ks.yaml" })]
    [InlineData("./kubernetes/a/*", new[] { "kubernetes/a/b/ks.yaml", "kubernetes/a/b/x.yml", "kubernetes/a/ks.yaml" })]
    [InlineData("**/[xy].yml", new[] { "kubernetes/a/b/x.yml" })]
    public void Globs_are_relative_to_the_base(string glob, string[] expected) =>
        TestFiles.Find(TestFiles.Empty("kubernetes/ks.yaml", "kubernetes/a/ks.yaml", "kubernetes/a/b/ks.yaml", "kubernetes/a/b/x.yml", "ks.yaml"), glob)
            .ShouldBe(expected);

    [Fact]
    public void Gitignore_files_count_from_the_git_root_to_the_file()
    {
        var source = TestFiles.InMemory(
            (".git/HEAD", ""),
            (".git/info/exclude", "private.yaml\n"),
            (".gitignore", "*.dec.yaml\n/out/\n!keep.dec.yaml\n"),
            ("a/.gitignore", "!shown.dec.yaml\nlocal/\n"),
            ("a/x.dec.yaml", ""),
            ("a/shown.dec.yaml", ""),
            ("a/keep.dec.yaml", ""),
            ("a/out/a.yaml", ""),
            ("a/private.yaml", ""),
            ("a/local/keep.dec.yaml", ""),
            ("b/local/a.yaml", ""),
            ("b/shown.dec.yaml", ""),
            ("out/keep.dec.yaml", ""));

        TestFiles.Find(source, ".").ShouldBe(["a/keep.dec.yaml", "a/out/a.yaml", "a/shown.dec.yaml", "b/local/a.yaml"]);
        TestFiles.Find(source, "a").ShouldBe(["a/keep.dec.yaml", "a/out/a.yaml", "a/shown.dec.yaml"]);
        TestFiles.Find(source, "a/x.dec.yaml", "out").ShouldBe(["a/x.dec.yaml", "out/keep.dec.yaml"]);
        TestFiles.Find(source, TestFiles.Options("out", "b") with { RespectGitIgnore = false })
            .ShouldBe(["b/local/a.yaml", "b/shown.dec.yaml", "out/keep.dec.yaml"]);
    }

    [Fact]
    public void Exclude_holds_for_named_files_too()
    {
        var source = TestFiles.Empty("a.yaml", "gen/b.yaml", "x/gen/c.yaml", "x/d.yaml");
        TestFiles.Find(source, TestFiles.Options(".", "gen/b.yaml", "gen") with { Exclude = ["gen/", "!x/gen"] }).ShouldBe(["a.yaml", "x/d.yaml", "x/gen/c.yaml"]);
    }

    [Fact]
    public void A_path_that_is_not_there_is_an_error_with_the_nearest_name()
    {
        var found = Discovery.Find(TestFiles.Empty("kubernetes/apps/a.yaml"), TestFiles.Options("kubernets/apps", "kubernetes/Apps/b", "zzz", "kubernetes/**/x.yaml", ""));
        found.Files.ShouldBeEmpty();
        found.Errors.Select(error => error.Message).ShouldBe(
        [
            "There is no file or directory 'kubernets'; did you mean 'kubernetes'?",
            "There is no file or directory 'kubernetes/Apps'; did you mean 'kubernetes/apps'?",
            "There is no file or directory 'zzz'",
            "No YAML file matches this pattern",
            "This is no path",
        ]);
    }

    [Fact]
    public void A_directory_without_yaml_is_a_note() =>
        Discovery.Find(TestFiles.Empty("docs/readme.md"), TestFiles.Options("docs")).Notes
            .ShouldBe([new WorkspaceNote("docs", "No YAML file is in this directory")]);

    [SkippableFact]
    public void Symbolic_links_are_followed_within_the_repository_only()
    {
        Skip.If(OperatingSystem.IsWindows(), "symbolic links need a privilege on Windows");
        using var folder = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        outside.Write("secret/a.yaml", "a: 1\n");
        folder.Write("repo/.git/HEAD", "");
        folder.Write("repo/b/x.yaml", "a: 1\n");
        folder.Write("repo/.hidden/y.yaml", "a: 1\n");
        var repo = Path.Combine(folder.Path, "repo");
        Directory.CreateSymbolicLink(Path.Combine(repo, "b", "loop"), repo);
        Directory.CreateSymbolicLink(Path.Combine(repo, "a-link"), Path.Combine(repo, "b"));
        Directory.CreateSymbolicLink(Path.Combine(repo, "c-out"), Path.Combine(outside.Path, "secret"));
        File.CreateSymbolicLink(Path.Combine(repo, "d.yaml"), Path.Combine(outside.Path, "secret", "a.yaml"));
        File.CreateSymbolicLink(Path.Combine(repo, "e.yaml"), Path.Combine("b", "x.yaml"));
        File.CreateSymbolicLink(Path.Combine(repo, "f.yaml"), "nowhere.yaml");

        var found = Discovery.Find(new DiskFileSource(), new WorkspaceOptions { BaseDirectory = repo });

        found.Files.Select(path => Path.GetRelativePath(repo, path)).ShouldBe([".hidden/y.yaml", "b/x.yaml", "e.yaml"]);
        found.Notes.Select(note => $"{note.Path}: {note.Message}").ShouldBe(
        [
            "c-out: The symbolic link leads out of the repository and is not followed",
            "d.yaml: The symbolic link leads out of the repository and is not followed",
            "f.yaml: The symbolic link leads nowhere",
        ]);
    }

    [Fact]
    public void Many_directories_are_found_in_order_with_their_own_patterns()
    {
        const int Count = 100;
        var files = Enumerable.Range(0, Count).SelectMany(i => new (string, string)[]
        {
            ($"d{i:D3}/.gitignore", $"x{i % 2}.yaml\n"), ($"d{i:D3}/x0.yaml", ""), ($"d{i:D3}/x1.yaml", ""), ($"d{i:D3}/below/x0.yaml", ""),
        });
        var source = new Unreadable("/repo/d050", TestFiles.InMemory([.. files, (".git/HEAD", "")]));

        var found = Discovery.Find(source, TestFiles.Options(".", "d007"));

        found.Files.ShouldBe(Enumerable.Range(0, Count).Where(i => i != 50).SelectMany(i =>
            i % 2 == 0 ? (string[])[$"/repo/d{i:D3}/x1.yaml"] : [$"/repo/d{i:D3}/below/x0.yaml", $"/repo/d{i:D3}/x0.yaml"]));
        found.Notes.ShouldHaveSingleItem().Path.ShouldBe("d050");
    }

    [SkippableFact]
    public void A_directory_to_which_only_links_lead_is_known_by_the_first_of_the_shortest()
    {
        Skip.If(OperatingSystem.IsWindows(), "symbolic links need a privilege on Windows");
        using var folder = new TemporaryFolder();
        folder.Write(".git/HEAD", "");
        folder.Write(".gitignore", "/real/\n");
        folder.Write("real/x.yaml", "a: 1\n");
        folder.Write("a/b.yaml", "a: 1\n");
        foreach (var link in (string[])["a/link", "c-link", "b-link"])
        {
            Directory.CreateSymbolicLink(Path.Combine(folder.Path, link), Path.Combine(folder.Path, "real"));
        }

        var found = Discovery.Find(new DiskFileSource(), new WorkspaceOptions { BaseDirectory = folder.Path });

        found.Files.Select(path => Path.GetRelativePath(folder.Path, path)).ShouldBe(["a/b.yaml", "b-link/x.yaml"]);
    }

    [Fact]
    public void A_directory_that_cannot_be_read_is_a_note()
    {
        var found = Discovery.Find(new Unreadable("/repo/b", TestFiles.Empty("a.yaml", "b/c.yaml")), TestFiles.Options("."));
        found.Files.ShouldBe(["/repo/a.yaml"]);
        found.Notes.ShouldBe([new WorkspaceNote("b", "The directory cannot be read, so nothing in it is looked at")]);
    }

    [Fact]
    public void Cancellation_ends_the_search()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => Discovery.Find(TestFiles.Empty("a.yaml"), TestFiles.Options("."), cancelled.Token));
    }

    private sealed class Unreadable(string directory, IFileSource below) : IFileSource
    {
        public bool FileExists(string path) => below.FileExists(path);

        public bool DirectoryExists(string path) => below.DirectoryExists(path);

        public IReadOnlyList<string> List(string directory) => below.List(directory);

        public IReadOnlyList<DirectoryEntry> Enumerate(string path) =>
            path == directory ? throw new UnauthorizedAccessException() : below.Enumerate(path);

        public long GetLength(string path) => below.GetLength(path);

        public byte[] ReadAllBytes(string path) => below.ReadAllBytes(path);
    }
}

namespace KubeLint.Flux.Tests.Workspaces;

public class WorkspaceTests
{
    private const string Deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n";

    [Fact]
    public void Says_what_each_document_is()
    {
        var source = TestFiles.InMemory(
            ("objects.yaml", $"# nothing\n---\n{Deployment}---\n---\nreplicas: 1\n---\nkind: Deployment\n"),
            ("kustomization.yaml", "resources: [a.yaml]\n"),
            ("component/x.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"),
            ("flux.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"),
            ("list.yaml", "- 1\n"));
        var workspace = Workspace.Load(source, TestFiles.Options("."));

        workspace.SelectedFiles.Select(file => $"{file.DisplayPath}: {string.Join(", ", file.Classification.Documents)}").ShouldBe(
        [
            "component/x.yaml: KustomizationFile",
            "flux.yaml: KubernetesObject",
            "kustomization.yaml: KustomizationFile",
            "list.yaml: Other",
            "objects.yaml: KubernetesObject, Empty, Other, Other",
        ]);
        workspace.SelectedFiles[^1].Objects().Single().Name.ShouldBe("a");
        workspace.Notes.ShouldBeEmpty();
        workspace.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void A_template_is_one_note_and_no_problem()
    {
        var source = TestFiles.InMemory(
            ("chart/Chart.yaml", "name: a\n"),
            ("chart/templates/deep/a.yaml", Deployment + "{{- if .Values.x }}\nspec: 1\n{{- end }}\n"),
            ("chart/templates/plain.yaml", Deployment),
            ("templates/a.yaml", "a: [\n"),
            ("control.yaml", "{% if x %}\na: b\n{% endif %}\n"),
            ("values.yaml", "a: {{ a }}\nb: {{ b }}\nlist:\n  - {{ c }}\n"),
            ("mistake.yaml", Deployment + "spec: {{ x }}\n"),
            ("quoted.yaml", "a: '{{ x }}'\nb: [\n"),
            ("x.yaml.j2", "a: 1\n"));
        var workspace = Workspace.Load(source, TestFiles.Options(".", "x.yaml.j2"));

        workspace.Notes.Select(note => $"{note.Path}: {note.Message}").ShouldBe(
        [
            "chart/templates/deep/a.yaml: The file is a Helm chart's template, not YAML, and is not linted",
            "control.yaml: The file is a template, not YAML, and is not linted",
            "values.yaml: The file is a template, not YAML, and is not linted",
        ]);
        workspace.SelectedFiles.Where(file => !file.Problems.IsEmpty).Select(file => file.DisplayPath).ShouldBe(["mistake.yaml", "quoted.yaml", "templates/a.yaml"]);
        workspace.SelectedFiles.Where(file => file.Objects().Any()).Select(file => file.DisplayPath).ShouldBe(["mistake.yaml"]);
        workspace.SelectedFiles.Where(file => file.Classification.Template != TemplateKind.None).Select(file => file.DisplayPath)
            .ShouldBe(["chart/templates/deep/a.yaml", "chart/templates/plain.yaml", "control.yaml", "values.yaml", "x.yaml.j2"]);
    }

    [Fact]
    public void Parses_each_file_once_and_in_order()
    {
        var source = TestFiles.Empty([.. Enumerable.Range(0, 500).Select(i => $"d{i % 7}/f{i:000}.yaml")]);
        var workspace = Workspace.Load(source, TestFiles.Options("."));
        workspace.SelectedFiles.Select(file => file.Path).ShouldBe(workspace.SelectedFiles.Select(file => file.Path).Order(StringComparer.Ordinal));
        workspace.SelectedFiles.Length.ShouldBe(500);
        workspace.SelectedFiles.ShouldAllBe(file => ReferenceEquals(file.Yaml, workspace.Files.Parse(file.Path)));
    }

    [Theory]
    [InlineData("/repo", "kubernetes", "/repo")]
    [InlineData("/repo/kubernetes", ".", "/repo")]
    [InlineData("/elsewhere", "/repo/kubernetes/a.yaml", "/repo")]
    [InlineData("/repo/kubernetes", "missing/x", "/repo")]
    public void The_repository_is_the_one_that_git_knows(string baseDirectory, string path, string expected)
    {
        var source = TestFiles.Empty(".git/HEAD", "kubernetes/a.yaml");
        Workspace.Load(source, new WorkspaceOptions { BaseDirectory = baseDirectory, Paths = [path] }).RepositoryRoot.ShouldBe(expected);
    }

    [Theory]
    [InlineData("/repo", "kubernetes", "/repo")]
    [InlineData("/elsewhere", "/repo/kubernetes", "/repo/kubernetes")]
    public void Without_git_it_is_the_base_or_the_path(string baseDirectory, string path, string expected)
    {
        var source = TestFiles.Empty("kubernetes/a.yaml");
        Workspace.Load(source, new WorkspaceOptions { BaseDirectory = baseDirectory, Paths = [path] }).RepositoryRoot.ShouldBe(expected);
    }

    [Fact]
    public void A_file_that_is_gone_when_it_is_read_is_a_problem_and_the_others_are_read()
    {
        var files = TestFiles.InMemory(("a.yaml", "kind: A\napiVersion: v1\n"), ("b.yaml", "kind: B\napiVersion: v1\n"));
        var workspace = Workspace.Load(new Vanishing(files, "/repo/a.yaml"), TestFiles.Options("."));
        workspace.SelectedFiles.Select(file => file.DisplayPath).ShouldBe(["a.yaml", "b.yaml"]);
        workspace.SelectedFiles[0].Problems.ShouldHaveSingleItem().Message.ShouldBe("The file cannot be read: There is no such file");
        workspace.SelectedFiles[1].Problems.ShouldBeEmpty();
        workspace.SelectedFiles[1].Objects().ShouldHaveSingleItem();
    }

    [SkippableTheory]
    [InlineData("stargate")]
    [InlineData("onedr0p")]
    [InlineData("radix")]
    [InlineData("multi-tenancy")]
    public void Real_repositories_have_no_syntax_problem_and_objects(string name)
    {
        var root = Testing.TestPaths.Shared("corpora", name);
        var workspace = Workspace.Load(new Yaml.DiskFileSource(), new WorkspaceOptions { BaseDirectory = root });
        workspace.SelectedFiles.Where(file => !file.Problems.IsEmpty).Select(file => $"{file.Problems[0].Message} {file.DisplayPath}").ShouldBeEmpty();
        workspace.SelectedFiles.Sum(file => file.Objects().Count()).ShouldBeGreaterThan(10);
        workspace.Errors.ShouldBeEmpty();
    }

    // Lists a file that somebody deletes before it is read.
    private sealed class Vanishing(Yaml.IFileSource files, string gone) : Yaml.IFileSource
    {
        public bool FileExists(string path) => files.FileExists(path);

        public bool DirectoryExists(string path) => files.DirectoryExists(path);

        public IReadOnlyList<string> List(string directory) => files.List(directory);

        public long GetLength(string path) => path == gone ? throw new FileNotFoundException("There is no such file", path) : files.GetLength(path);

        public byte[] ReadAllBytes(string path) => path == gone ? throw new FileNotFoundException("There is no such file", path) : files.ReadAllBytes(path);
    }
}

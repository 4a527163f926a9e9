using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace KubeLint.Yaml.Tests;

public sealed class KnownPathsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kubelint-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableFact]
    public void What_lies_in_a_directory_that_was_looked_into_is_not_asked_again()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "elsewhere a file has several names");
        var (source, known) = Counted("a.yaml", "d/b.yaml");
        known.Enumerate($"{folder}/d").Select(entry => entry.Path).ShouldBe([$"{folder}/d/b.yaml"]);
        known.Enumerate(folder).Count.ShouldBe(2);
        source.Asked.Clear();

        known.FileExists($"{folder}/a.yaml").ShouldBeTrue();
        known.FileExists($"{folder}/d").ShouldBeFalse();
        known.FileExists($"{folder}/c.yaml").ShouldBeFalse();
        known.FileExists($"{folder}/d/b.yaml").ShouldBeTrue();
        known.FileExists($"{folder}/a.yaml/below").ShouldBeFalse();
        known.FileExists($"{folder}/no/such/file").ShouldBeFalse();
        known.DirectoryExists($"{folder}/d").ShouldBeTrue();
        known.DirectoryExists($"{folder}/a.yaml").ShouldBeFalse();
        known.DirectoryExists($"{folder}/D").ShouldBeFalse();
        known.List(folder).ShouldBe([$"{folder}/a.yaml", $"{folder}/d"]);
        known.Enumerate(folder).Count.ShouldBe(2);
        source.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void What_lies_elsewhere_is_asked_once()
    {
        var (source, known) = Counted("a.yaml", "d/b.yaml");
        known.Enumerate(folder);
        source.Asked.Clear();

        for (var i = 0; i < 2; i++)
        {
            known.FileExists($"{folder}/d/b.yaml").ShouldBeTrue();
            known.FileExists($"{folder}/d/c.yaml").ShouldBeFalse();
            known.DirectoryExists(Path.GetDirectoryName(folder)!).ShouldBeTrue();
        }

        source.Asked.ShouldBe([$"{folder}/d/b.yaml", $"{folder}/d/c.yaml", Path.GetDirectoryName(folder)!], ignoreOrder: true);
    }

    [SkippableFact]
    public void Every_path_has_the_answer_that_the_disk_gives()
    {
        Skip.If(OperatingSystem.IsWindows(), "symbolic links need a privilege on Windows");
        var (_, known) = Counted("a.yaml", "d/b.yaml", "d/e/c.yaml", ".h/x.yaml");
        File.CreateSymbolicLink($"{folder}/to-file", "a.yaml");
        File.CreateSymbolicLink($"{folder}/to-nowhere", "nowhere");
        File.CreateSymbolicLink($"{folder}/to-itself", "to-itself");
        Directory.CreateSymbolicLink($"{folder}/to-directory", "d");
        var disk = new DiskFileSource();
        var paths = new List<string> { folder, "/" };
        foreach (var name in (string[])["a.yaml", "b.yaml", "d", "d/b.yaml", "d/e", "d/e/c.yaml", ".h", ".h/x.yaml", "to-file", "to-nowhere", "to-itself", "to-directory", "to-directory/b.yaml", "to-directory/e"])
        {
            foreach (var form in (string[])["{0}", "{0}/", "./{0}", "/{0}", "d/../{0}", "{0}/.", "{0}/..", "{0}/../a.yaml", "{0}/x", "{0}x", "x/{0}"])
            {
                paths.Add($"{folder}/{string.Format(null, form, name)}");
            }
        }

        foreach (var directory in (string[])["/", folder, $"{folder}/d", $"{folder}/to-directory", $"{folder}/.h"])
        {
            Compare();
            known.Enumerate(directory);
            Compare();
        }

        void Compare()
        {
            foreach (var path in paths)
            {
                known.FileExists(path).ShouldBe(disk.FileExists(path), path);
                known.DirectoryExists(path).ShouldBe(disk.DirectoryExists(path), path);
            }
        }
    }

    [Fact]
    public void A_file_that_changes_or_goes_after_it_was_seen_is_read_as_it_is()
    {
        var (_, known) = Counted("a.yaml", "b.yaml");
        known.Enumerate(folder);
        File.WriteAllText($"{folder}/a.yaml", new string('x', 100_000));
        File.Delete($"{folder}/b.yaml");

        known.ReadAllBytes($"{folder}/a.yaml").Length.ShouldBe(100_000);
        known.GetLength($"{folder}/a.yaml").ShouldBe(100_000);
        Should.Throw<FileNotFoundException>(() => known.ReadAllBytes($"{folder}/b.yaml"));
        new YamlFileCache(known, folder).Parse($"{folder}/b.yaml").Problems.ShouldHaveSingleItem().Message.ShouldStartWith("The file cannot be read: Could not find file");
    }

    [SkippableFact]
    public void A_link_or_a_pipe_in_the_place_of_a_file_that_was_seen_is_taken_for_what_it_is()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs mkfifo");
        var (_, known) = Counted("a.yaml", "b.yaml", "c.yaml");
        known.Enumerate(folder);
        File.Delete($"{folder}/a.yaml");
        File.CreateSymbolicLink($"{folder}/a.yaml", "b.yaml");
        File.Delete($"{folder}/c.yaml");
        using (var made = Process.Start("mkfifo", [$"{folder}/c.yaml"]))
        {
            made.WaitForExit();
        }

        Encoding.UTF8.GetString(known.ReadAllBytes($"{folder}/a.yaml")).ShouldBe("b.yaml");
        known.RealPath($"{folder}/a.yaml").ShouldEndWith("/b.yaml");
        known.ReadAllBytes($"{folder}/c.yaml").ShouldBeEmpty();
    }

    [Fact]
    public void A_directory_that_cannot_be_read_is_asked_again()
    {
        var known = new KnownPaths(new DiskFileSource());
        Should.Throw<DirectoryNotFoundException>(() => known.Enumerate($"{folder}/later"));
        known.List($"{folder}/later").ShouldBeEmpty();
        Directory.CreateDirectory($"{folder}/later");
        known.Enumerate($"{folder}/later").ShouldBeEmpty();
    }

    // Files that hold their own path.
    private (Counting Source, KnownPaths Known) Counted(params string[] files)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName($"{folder}/{file}")!);
            File.WriteAllText($"{folder}/{file}", file);
        }

        var source = new Counting(new DiskFileSource());
        return (source, new KnownPaths(source));
    }

    private sealed class Counting(IFileSource source) : IFileSource
    {
        public ConcurrentBag<string> Asked { get; } = [];

        public bool FileExists(string path) => source.FileExists(Ask(path));

        public bool DirectoryExists(string path) => source.DirectoryExists(Ask(path));

        public IReadOnlyList<string> List(string directory) => source.List(Ask(directory));

        public IReadOnlyList<DirectoryEntry> Enumerate(string directory) => source.Enumerate(Ask(directory));

        public string RealPath(string path) => source.RealPath(Ask(path));

        public long GetLength(string path) => source.GetLength(Ask(path));

        public byte[] ReadAllBytes(string path) => source.ReadAllBytes(Ask(path));

        private string Ask(string path)
        {
            Asked.Add(path);
            return path;
        }
    }
}

using System.Diagnostics;
using System.Text;

namespace KubeLint.Yaml.Tests;

public class YamlFileCacheTests
{
    [Fact]
    public void A_file_is_parsed_once_and_shown_relative_to_the_base()
    {
        var cache = Cache(("/r/x/a.yaml", "a: 1"u8.ToArray()));
        cache.Parse("/r/x/a.yaml").ShouldBeSameAs(cache.Parse("/r/x/a.yaml"));
        cache.Parse("/r/x/a.yaml").Text.Path.ShouldBe("x/a.yaml");
        cache.Display("/s/b.yaml").ShouldBe("../s/b.yaml");
    }

    [Fact]
    public void Keys_of_many_files_are_one_string()
    {
        var cache = Cache(("/r/a.yaml", "metadata: 1"u8.ToArray()), ("/r/b.yaml", "metadata: 2"u8.ToArray()));
        Key("/r/a.yaml").ShouldBeSameAs(Key("/r/b.yaml"));

        string Key(string path) => cache.Parse(path).Documents[0].Root!.AsMapping()!.Entries[0].Name!;
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', (byte)':', (byte)' ', 0xC3, 0x28 }, "1:4", "The file is not valid UTF-8: the byte 0xC3 cannot stand here")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'a', (byte)'\n', 0xFF }, "2:1", "The file is not valid UTF-8: the byte 0xFF cannot stand here")]
    [InlineData(new byte[] { (byte)'a', 0xE2, 0x82 }, "1:2", "The file is not valid UTF-8: the byte 0xE2 cannot stand here")]
    [InlineData(new byte[] { (byte)'a', 0xED, 0xA0, 0x80 }, "1:2", "The file is not valid UTF-8: the byte 0xED cannot stand here")]
    [InlineData(new byte[] { 0x1F, 0x8B, 0x08 }, "1:2", "The file is not valid UTF-8: the byte 0x8B cannot stand here")]
    [InlineData(new byte[] { (byte)'a', 0, (byte)'b', 0 }, "1:2", "The file holds a NUL byte, so it is no text")]
    [InlineData(new byte[] { 0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 0 }, "1:5", "The file holds a NUL byte, so it is no text")]
    public void Bytes_that_are_no_text_are_a_problem_where_they_stand(byte[] bytes, string position, string message)
    {
        var file = Cache(("/r/a.yaml", bytes)).Parse("/r/a.yaml");
        file.Documents.ShouldBeEmpty();
        var problem = file.Problems.ShouldHaveSingleItem();
        (file.Text.GetPosition(problem.Span.Start).ToString(), problem.Kind, problem.Message).ShouldBe((position, YamlProblemKind.Limit, message));
    }

    [Fact]
    public void Broken_utf16_is_a_problem() =>
        Cache(("/r/a.yaml", [0xFF, 0xFE, 0x00, 0xD8])).Parse("/r/a.yaml").Problems.ShouldHaveSingleItem().Message.ShouldStartWith("The file is not valid UTF-16");

    [Fact]
    public void A_file_over_the_limit_is_not_read()
    {
        var cache = new YamlFileCache(new Huge(), "/r", new YamlLimits { MaxFileBytes = 1000 });
        cache.Parse("/r/a.yaml").Problems.ShouldHaveSingleItem().Message.ShouldBe("The file has 104,857,600 bytes, more than the limit of 1,000");
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_problem() =>
        Cache().Parse("/r/a.yaml").Problems.ShouldHaveSingleItem().Message.ShouldStartWith("The file cannot be read");

    [Fact]
    public void Files_laid_over_others_hide_them_and_are_listed_with_them()
    {
        var below = Overlay(("/r/a.yaml", "a: 1"u8.ToArray()), ("/r/d/b.yaml", []));
        var source = new OverlayFileSource(new Dictionary<string, byte[]> { ["/r/a.yaml"] = "a: 2"u8.ToArray(), ["/r/d/c/e.yaml"] = [] }, below);
        source.List("/r").ShouldBe(["/r/a.yaml", "/r/d"]);
        source.List("/r/d").ShouldBe(["/r/d/b.yaml", "/r/d/c"]);
        source.List("/").ShouldBe(["/r"]);
        source.Enumerate("/r/d").ShouldBe([new DirectoryEntry("/r/d/b.yaml", false, false), new DirectoryEntry("/r/d/c", true, false)]);
        source.List("/r/x").ShouldBeEmpty();
        source.DirectoryExists("/r/d/c").ShouldBeTrue();
        source.DirectoryExists("/r/a.yaml").ShouldBeFalse();
        Encoding.UTF8.GetString(source.ReadAllBytes("/r/a.yaml")).ShouldBe("a: 2");
        source.GetLength("/r/d/b.yaml").ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_text_that_is_asked_for_beside_its_tree_is_the_same(bool isTextFirst)
    {
        var cache = Cache(("/r/a.yaml", "a: 1"u8.ToArray()));
        var first = isTextFirst ? cache.ReadText("/r/a.yaml") : cache.Parse("/r/a.yaml").Text;
        cache.Parse("/r/a.yaml").Text.ShouldBeSameAs(first);
        cache.ReadText("/r/a.yaml").ShouldBeSameAs(first);
    }

    [Fact]
    public void A_file_over_the_limit_is_read_as_a_text_all_the_same()
    {
        var cache = new YamlFileCache(Overlay(("/r/a.yaml", "a: 1"u8.ToArray())), "/r", new YamlLimits { MaxFileBytes = 3 });
        cache.Parse("/r/a.yaml").Problems.ShouldHaveSingleItem().Message.ShouldBe("The file has 4 bytes, more than the limit of 3");
        cache.ReadText("/r/a.yaml").Content.ShouldBe("a: 1");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(1024 * 1024)]
    [InlineData(1024 * 1024 + 1)]
    public void A_file_on_disk_is_read_whole(int length)
    {
        var folder = Directory.CreateTempSubdirectory("kubelint-");
        try
        {
            var path = Path.Combine(folder.FullName, "a.yaml");
            File.WriteAllText(path, new string('a', length));
            var source = new DiskFileSource();
            using var content = source.Read(path, length);
            (content.Length, content.IsTooLong, content.Bytes.Count((byte)'a')).ShouldBe((length, false, length));
            source.ReadAllBytes(path).Length.ShouldBe(length);
            new YamlFileCache(source, folder.FullName).ReadText(path).Content.ShouldBe(new string('a', length));
            if (length > 0)
            {
                using var none = source.Read(path, length - 1);
                (none.Length, none.IsTooLong, none.Bytes.Length).ShouldBe((length, true, 0));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    public void What_lies_in_a_directory_is_told_with_what_it_is()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs links and mkfifo");
        var folder = Directory.CreateTempSubdirectory("kubelint-");
        try
        {
            var at = folder.FullName;
            File.WriteAllText($"{at}/ä.yaml", "");
            Directory.CreateDirectory($"{at}/.b");
            File.CreateSymbolicLink($"{at}/c", "ä.yaml");
            File.CreateSymbolicLink($"{at}/d", ".b");
            File.CreateSymbolicLink($"{at}/e", "nowhere");
            using (var made = Process.Start("mkfifo", [$"{at}/f"]))
            {
                made.WaitForExit();
            }

            var source = new DiskFileSource();
            source.Enumerate(at).ShouldBe(
            [
                new DirectoryEntry($"{at}/.b", IsDirectory: true, IsLink: false),
                new DirectoryEntry($"{at}/c", IsDirectory: false, IsLink: true),
                new DirectoryEntry($"{at}/d", IsDirectory: true, IsLink: true),
                new DirectoryEntry($"{at}/e", IsDirectory: false, IsLink: true),
                new DirectoryEntry($"{at}/f", IsDirectory: false, IsLink: false),
                new DirectoryEntry($"{at}/ä.yaml", IsDirectory: false, IsLink: false),
            ]);
            source.Enumerate($"{at}/d").ShouldBeEmpty();
            source.Enumerate("/").ShouldContain(new DirectoryEntry("/proc", IsDirectory: true, IsLink: false));
            Should.Throw<DirectoryNotFoundException>(() => source.Enumerate($"{at}/g"));
            Should.Throw<IOException>(() => source.Enumerate($"{at}/ä.yaml"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("none.yaml")]
    [InlineData("folder")]
    [InlineData("a.yaml/below")]
    public void What_is_no_file_cannot_be_read(string name)
    {
        var folder = Directory.CreateTempSubdirectory("kubelint-");
        try
        {
            folder.CreateSubdirectory("folder");
            File.WriteAllText(Path.Combine(folder.FullName, "a.yaml"), "a: 1");
            var path = Path.Combine(folder.FullName, name);
            new YamlFileCache(new DiskFileSource(), folder.FullName).Parse(path).Problems.ShouldHaveSingleItem().Message.ShouldStartWith("The file cannot be read: ");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_path_does_not_end_at_a_nul()
    {
        var folder = Directory.CreateTempSubdirectory("kubelint-");
        try
        {
            var path = Path.Combine(folder.FullName, "a.yaml");
            File.WriteAllText(path, "a: 1");
            Should.Throw<ArgumentException>(() => new DiskFileSource().ReadAllBytes(path + "\0b"));
            Should.Throw<ArgumentException>(() => new DiskFileSource().Enumerate(folder.FullName + "\0b"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableTheory]
    [InlineData("/r/a.yaml", "/r/a.yaml", "a.yaml")]
    [InlineData("/r/.a/..b/c.", "/r/.a/..b/c.", ".a/..b/c.")]
    [InlineData("/r/a/", "/r/a", "a")]
    [InlineData("/r//a/./b", "/r/a/b", "a/b")]
    [InlineData("/r/a/../b", "/r/b", "b")]
    [InlineData("/r/a/..", "/r", ".")]
    [InlineData("/r/a/.", "/r/a", "a")]
    [InlineData("/r", "/r", ".")]
    [InlineData("/rs/a", "/rs/a", "../rs/a")]
    [InlineData("/", "/", "..")]
    [InlineData("/../..", "/", "..")]
    [InlineData("//", "/", "..")]
    [InlineData("/r/a\\b", "/r/a/b", "a/b")]
    public void Paths_are_made_normal_and_shown_relative_to_the_base(string path, string normal, string shown)
    {
        Skip.If(OperatingSystem.IsWindows(), "there a path begins with a drive");
        YamlFileCache.Normalize(path).ShouldBe(normal);
        Cache().Display(normal).ShouldBe(shown);
        new YamlFileCache(Overlay(), "/").Display("/r/a").ShouldBe("r/a");
    }

    [SkippableFact]
    public void A_link_to_a_device_is_an_empty_file_and_one_to_nowhere_is_none()
    {
        Skip.IfNot(File.Exists("/dev/zero"), "needs /dev/zero");
        var folder = Directory.CreateTempSubdirectory("kubelint-");
        try
        {
            var device = Path.Combine(folder.FullName, "a.yaml");
            File.CreateSymbolicLink(device, "/dev/zero");
            new YamlFileCache(new DiskFileSource(), folder.FullName).Parse(device).Problems.ShouldBeEmpty();
            var loop = Path.Combine(folder.FullName, "b.yaml");
            File.CreateSymbolicLink(loop, "b.yaml");
            new DiskFileSource().FileExists(loop).ShouldBeFalse();
            new DiskFileSource().RealPath(device).ShouldBe("/dev/zero");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static OverlayFileSource Overlay(params (string Path, byte[] Content)[] files) => new(files.ToDictionary(file => file.Path, file => file.Content));

    private static YamlFileCache Cache(params (string Path, byte[] Content)[] files) => new(Overlay(files), "/r");

    private sealed class Huge : IFileSource
    {
        public bool FileExists(string path) => true;

        public bool DirectoryExists(string path) => false;

        public IReadOnlyList<string> List(string directory) => [];

        public long GetLength(string path) => 100 * 1024 * 1024;

        public byte[] ReadAllBytes(string path) => throw new InvalidOperationException("It must not be read.");
    }
}

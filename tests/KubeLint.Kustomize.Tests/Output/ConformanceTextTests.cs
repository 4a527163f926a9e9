using KubeLint.Kustomize.Output;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Tests.Output;

public class ConformanceTextTests
{
    [SkippableTheory]
    [InlineData("kustomize", "expected.yaml")]
    [InlineData("corpora", "*.yaml")]
    public void What_kustomize_printed_is_printed_alike_when_read_and_written_again(string folder, string pattern)
    {
        var files = Directory.GetFiles(TestPaths.Shared("conformance", folder), pattern, SearchOption.AllDirectories);
        files.ShouldNotBeEmpty();
        var different = new List<string>();
        foreach (var path in files)
        {
            var expected = File.ReadAllText(path);
            var file = YamlParser.Parse(new SourceText(path, expected));
            if (KustomizeYamlWriter.Write(file.Documents.Select(document => document.Root).OfType<YamlMapping>()) != expected)
            {
                different.Add(path);
            }
        }

        different.ShouldBeEmpty($"{different.Count} of {files.Length}");
    }
}

using BenchmarkDotNet.Attributes;

using KubeLint.Flux;
using KubeLint.Kustomize;
using KubeLint.Yaml;

namespace KubeLint.Benchmarks;

/// <summary>Every kustomization of one repository, built in one process.</summary>
[MemoryDiagnoser]
public class KustomizeBenchmarks
{
    private string root = "";
    private string[] folders = [];

    /// <summary>The repository.</summary>
    [Params("bjw-s", "tyriis")]
    public string Repository { get; set; } = "";

    /// <summary>Finds the folders.</summary>
    [GlobalSetup]
    public void Find()
    {
        root = Corpora.Folder(Repository);
        var found = Discovery.Find(new DiskFileSource(), new WorkspaceOptions { BaseDirectory = root });
        folders = [.. found.Files.Where(FileClassification.IsKustomizationName).Select(path => path[..path.LastIndexOf('/')])];
    }

    /// <summary>Reads, parses and builds all of them; the number of objects.</summary>
    [Benchmark]
    public int BuildAll()
    {
        var builder = new KustomizeBuilder(new YamlFileCache(new DiskFileSource(), root));
        return folders.AsParallel().Sum(folder => builder.Build(folder).Objects.Length);
    }
}

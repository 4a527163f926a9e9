using System.Text;
using System.Text.Json;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Images;
using KubeLint.Kustomize;
using KubeLint.Reporting;
using KubeLint.Rules;
using KubeLint.Yaml;

namespace KubeLint.Fuzz;

/// <summary>Something that takes any text and must neither throw nor hang.</summary>
internal sealed record Target(string Name, Action<string> Run, IReadOnlyList<string> Seeds);

/// <summary>What is fuzzed.</summary>
internal static class Targets
{
    private const string Root = "/fuzz";

    /// <summary>Begins a file in an input that stands for several.</summary>
    private const string FileMark = "%%% ";

    private static readonly RuleCatalog Catalog = new(BuiltInRules.All);
    private static readonly RuleSet Rules = RuleSet.Create(Catalog, LintConfiguration.Default, RuleSelection.All, Root);

    public static IReadOnlyList<Target> All { get; } =
    [
        new("yaml", Yaml, Seeds.Documents),
        new("kustomize", Kustomize, Seeds.Kustomizations),
        new("substitution", Substitute, Seeds.Templates),
        new("image", Image, Seeds.Images),
        new("configuration", Configure, Seeds.Configurations),
        new("sarif", Sarif, Seeds.Repositories),
    ];

    public static Target Find(string name) => All.Single(target => target.Name == name);

    private static void Yaml(string text)
    {
        var file = YamlParser.Parse(new SourceText("a.yaml", text));
        foreach (var document in file.Documents)
        {
            if (document.Root is { } root)
            {
                Visit(root, 0);
            }
        }

        foreach (var problem in file.Problems)
        {
            Check(problem.Span, text);
        }
    }

    private static void Visit(YamlNode node, int depth)
    {
        Check(node.Span, node.Source.Content);
        _ = node.Location.Start;
        switch (node)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    Visit(entry.Key, depth + 1);
                    Visit(entry.Value, depth + 1);
                }

                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    Visit(item, depth + 1);
                }

                break;
            default:
                break;
        }
    }

    private static void Check(TextSpan span, string text)
    {
        if (span.Start < 0 || span.Length < 0 || span.End > text.Length)
        {
            throw new InvalidOperationException($"the span {span} is outside of a text of {text.Length}");
        }
    }

    private static void Kustomize(string text)
    {
        var builder = new KustomizeBuilder(new YamlFileCache(Files(text, "kustomization.yaml"), Root));
        var result = builder.Build(Root);
        foreach (var item in result.Objects)
        {
            Visit(item, 0);
        }
    }

    private static void Substitute(string text)
    {
        _ = VariableTemplate.Parse(text);
        if (YamlParser.Parse(new SourceText("a.yaml", text)).Documents is [{ Root: YamlMapping root }, ..])
        {
            var result = PostBuildSubstitution.Apply(root, VariableSet.Empty, isStrict: true);
            Visit(result.Root, 0);
        }
    }

    private static void Image(string text)
    {
        // JSON's strings are YAML's.
        var pod = $"{{apiVersion: v1, kind: Pod, spec: {{containers: [{{image: {JsonSerializer.Serialize(text)}}}]}}}}";
        if (KubernetesObject.From(YamlParser.Parse(new SourceText("a.yaml", pod)).Documents[0].Root) is { } item)
        {
            foreach (var image in ContainerImages.Of(item))
            {
                _ = $"{image.DisplayName} {image.RegistryHost} {image.Tag.Text}";
            }
        }
    }

    private static void Configure(string text)
    {
        var source = Files(text, ".kubelint.yaml");
        var files = new YamlFileCache(source, Root);
        var result = ConfigurationLoader.Load(files, $"{Root}/.kubelint.yaml", Catalog);
        _ = RuleSet.Create(Catalog, result.Configuration, RuleSelection.All, Root);
    }

    private static void Sarif(string text)
    {
        var workspace = Workspace.Load(Files(text, "a.yaml"), new WorkspaceOptions { BaseDirectory = Root });
        if (workspace.SelectedFiles.IsEmpty)
        {
            return;
        }

        var model = RepositoryModelBuilder.Build(workspace, new FluxOptions());
        var found = new Analyzer(Rules, new AnalyzerOptions { ThrowOnRuleFailure = true, MaxDegreeOfParallelism = 1 }).Analyze(model);
        var report = new RunReport
        {
            Diagnostics = found.Diagnostics,
            Rules = [.. Rules.Descriptors],
            ToolVersion = "0",
            BaseDirectory = workspace.BaseDirectory,
            RepositoryRoot = workspace.RepositoryRoot,
        };
        using var output = new StringWriter();
        ReportFormats.Create("sarif", new TextStyle(), isQuiet: true)!.Write(report, output);
        using var parsed = JsonDocument.Parse(output.ToString());
        ReportFormats.Create("text", new TextStyle(), isQuiet: true)!.Write(report, TextWriter.Null);
    }

    private static OverlayFileSource Files(string text, string firstName)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var name = firstName;
        var content = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(FileMark, StringComparison.Ordinal))
            {
                Add();
                name = line[FileMark.Length..];
            }
            else
            {
                content.Append(line).Append('\n');
            }
        }

        Add();
        return new OverlayFileSource(files);

        void Add()
        {
            // A name is part of the input, a path out of the folder is not what is tested here.
            var clean = string.Concat(name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '-' or '_'));
            var path = YamlFileCache.Normalize($"{Root}/{clean}");
            if (path.StartsWith($"{Root}/", StringComparison.Ordinal) && !files.Keys.Any(other => other.StartsWith($"{path}/", StringComparison.Ordinal) || path.StartsWith($"{other}/", StringComparison.Ordinal)))
            {
                files[path] = Encoding.UTF8.GetBytes(content.ToString());
            }

            content.Clear();
        }
    }
}

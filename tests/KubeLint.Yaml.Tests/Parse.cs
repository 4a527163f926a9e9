namespace KubeLint.Yaml.Tests;

/// <summary>Short forms for tests.</summary>
internal static class Parse
{
    public static YamlFile Text(string content) => YamlParser.Parse(new SourceText("a.yaml", content));

    /// <summary>The root of a text's only document, which must be without a problem.</summary>
    public static YamlNode Root(string content)
    {
        var file = Text(content);
        file.Problems.ShouldBeEmpty();
        return file.Documents.ShouldHaveSingleItem().Root.ShouldNotBeNull();
    }

    /// <summary>What stands at a node's place.</summary>
    public static string Written(this YamlNode node) => node.Source.Content.Substring(node.Span.Start, node.Span.Length);

    /// <summary>What stands in the file at a node's place, through embedded texts.</summary>
    public static string InFile(this YamlNode node) => node.Location.Text.Content.Substring(node.Location.Span.Start, node.Location.Span.Length);

    public static IEnumerable<YamlNode> Nodes(YamlFile file) => file.Documents.Where(document => document.Root is not null).SelectMany(document => Nodes(document.Root!));

    /// <summary>The node and all below it, as written: aliases are not followed.</summary>
    public static IEnumerable<YamlNode> Nodes(YamlNode root)
    {
        var open = new Stack<YamlNode>([root]);
        while (open.TryPop(out var node))
        {
            yield return node;
            switch (node)
            {
                case YamlMapping mapping:
                    foreach (var entry in mapping.Entries)
                    {
                        open.Push(entry.Key);
                        open.Push(entry.Value);
                    }

                    break;
                case YamlSequence sequence:
                    foreach (var item in sequence.Items)
                    {
                        open.Push(item);
                    }

                    break;
            }
        }
    }

    /// <summary><c>line:column Kind: message</c> of each problem.</summary>
    public static string[] Problems(string content)
    {
        var file = Text(content);
        return [.. file.Problems.Select(problem => $"{file.Text.GetPosition(problem.Span.Start)} {problem.Kind}: {problem.Message}")];
    }
}

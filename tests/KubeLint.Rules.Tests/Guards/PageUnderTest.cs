namespace KubeLint.Rules.Tests;

/// <summary>A rule's page as the guards read it.</summary>
public sealed class PageUnderTest
{
    private readonly Dictionary<string, List<string>> sections = new(StringComparer.Ordinal);

    public PageUnderTest(string markdown)
    {
        var current = new List<string>();
        var isInFence = false;
        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            isInFence ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!isInFence && line.StartsWith("# ", StringComparison.Ordinal))
            {
                Title = line[2..];
            }
            else if (!isInFence && line.StartsWith("## ", StringComparison.Ordinal))
            {
                Headings.Add(line[3..]);
                sections[line[3..]] = current = [];
            }
            else
            {
                current.Add(line);
            }
        }
    }

    public string Title { get; } = "";

    public List<string> Headings { get; } = [];

    /// <summary>The names that the section's list items begin with: <c>- `name`</c>.</summary>
    public IEnumerable<string> Items(string heading) =>
        sections[heading].Where(line => line.StartsWith("- `", StringComparison.Ordinal)).Select(line => line[3..line.IndexOf('`', 3)]);

    /// <summary>A section's text.</summary>
    public string Section(string heading) => string.Join('\n', sections[heading]).Trim();

    /// <summary>The code blocks of a section that begin with <c>```yaml word</c>, as files: <c># file: path</c> begins one.</summary>
    public IEnumerable<IReadOnlyList<(string Path, string Text)>> Blocks(string heading, string word)
    {
        List<string>? block = null;
        foreach (var line in sections[heading])
        {
            if (block is null)
            {
                block = line == $"```yaml {word}" ? [] : null;
            }
            else if (line == "```")
            {
                yield return Files(block);
                block = null;
            }
            else
            {
                block.Add(line);
            }
        }
    }

    private static List<(string Path, string Text)> Files(List<string> lines)
    {
        var files = new List<(string Path, string Text)>();
        foreach (var line in lines)
        {
            if (line.StartsWith("# file: ", StringComparison.Ordinal))
            {
                files.Add((line["# file: ".Length..].Trim(), ""));
            }
            else
            {
                var (path, text) = files.Count == 0 ? ("example.yaml", "") : files[^1];
                files.RemoveRange(Math.Max(0, files.Count - 1), Math.Min(1, files.Count));
                files.Add((path, text + line + "\n"));
            }
        }

        return files;
    }
}

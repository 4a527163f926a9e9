using System.Text.Json.Nodes;

using KubeLint.Cli;

namespace KubeLint.LanguageServer.Tests;

/// <summary>A day of edits in one session.</summary>
public sealed class SoakTests
{
    private const int Edits = 5000;
    private const int SampleEvery = 100;

    // A server that keeps something of each edit runs out of this.
    private const string HeapLimit = "0x8000000";

    [Fact]
    public async Task After_thousands_of_edits_the_findings_are_those_of_a_fresh_run()
    {
        using var repository = TemporaryRepository.OfHomeCluster();
        await using var editor = await Editor.StartAsync(repository.Root, heapLimit: HeapLimit);
        var files = Directory.EnumerateFiles(Path.Combine(repository.Root, "kubernetes"), "*.yaml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(repository.Root, path)).Order(StringComparer.Ordinal).ToArray();
        var original = files.ToDictionary(file => file, repository.Read);
        var random = new Random(20261126);
        foreach (var file in files)
        {
            await editor.OpenAsync(file);
        }

        for (var edit = 1; edit <= Edits; edit++)
        {
            var file = files[random.Next(files.Length)];
            await EditAsync(editor, file, original[file], random);
            if (edit % SampleEvery == 0)
            {
                foreach (var other in files)
                {
                    File.WriteAllText(Path.Combine(repository.Root, other), editor.TextOf(other));
                }

                (await editor.DiagnosticsAsync(file)).ShouldBe(await FreshAsync(repository.Root, file, editor.TextOf(file)), $"edit {edit}, {file}:\n{editor.TextOf(file)}");
            }
            else
            {
                await editor.DiagnosticsAsync(file);
            }
        }

        (await editor.StopAsync()).ShouldBe(0);
    }

    // Typing, deleting, lines that move, and now and then a return to what was there.
    private static Task EditAsync(Editor editor, string file, string original, Random random)
    {
        var text = editor.TextOf(file);
        if (text.Length < 40 || random.Next(8) == 0)
        {
            return editor.ChangeAsync(file, original);
        }

        var offset = random.Next(text.Length);
        var lineStart = text.LastIndexOf('\n', offset) + 1;
        var lineEnd = text.IndexOf('\n', offset) is >= 0 and var end ? end + 1 : text.Length;
        return random.Next(5) switch
        {
            0 => editor.SpliceAsync(file, offset, 1, ""),
            1 => editor.SpliceAsync(file, lineStart, lineEnd - lineStart, ""),
            2 => editor.SpliceAsync(file, lineStart, 0, text[lineStart..lineEnd]),
            3 => editor.SpliceAsync(file, offset, 0, "\n"),
            _ => editor.SpliceAsync(file, offset, 0, ((char)('a' + random.Next(26))).ToString()),
        };
    }

    private static async Task<string[]> FreshAsync(string root, string file, string text)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var input = new MemoryStream();
        var host = new CliHost { Input = input, Output = output, Error = TextWriter.Null, CurrentDirectory = root };
        await CliApplication.RunAsync([".", "--format", "json"], host);
        return
        [
            .. JsonNode.Parse(output.ToString())!["findings"]!.AsArray().Where(item => item!["place"]!["path"]!.ToString() == file).Select(item => Line(item!, text)),
        ];
    }

    // One-based there, zero-based in the protocol; an editor is shown the first line of a finding that has several.
    private static string Line(JsonNode finding, string text)
    {
        var severity = finding["severity"]!.ToString() switch { "error" => 1, "warning" => 2, _ => 3 };
        var line = Number("startLine");
        var end = Number("endLine") == line ? Number("endColumn") : text.Split('\n')[line].Length;
        return $"{line}:{Number("startColumn")}-{line}:{end} {severity} {finding["rule"]} {finding["message"]!.ToString().Split('\n')[0]}";

        int Number(string name) => finding["place"]![name]!.GetValue<int>() - 1;
    }
}

namespace KubeLint.Cli;

/// <summary>Rows of text in the formats in which tables are shown.</summary>
internal static class Columns
{
    /// <summary>Aligned columns with two blanks between them; a column without content is left out.</summary>
    public static void WriteTable(IReadOnlyList<string> header, IReadOnlyList<string[]> rows, TextWriter output)
    {
        var widths = new int[header.Count];
        for (var i = 0; i < header.Count; i++)
        {
            var content = rows.Max(row => (int?)row[i].Length) ?? 0;
            widths[i] = content == 0 ? 0 : Math.Max(content, header[i].Length);
        }

        foreach (var row in rows.Prepend([.. header]))
        {
            var cells = row.Select((cell, i) => widths[i] == 0 ? "" : cell.PadRight(widths[i] + 2));
            output.WriteLine(string.Concat(cells).TrimEnd());
        }
    }

    /// <summary>CSV (RFC 4180, lines end as the writer's do).</summary>
    public static void WriteCsv(IReadOnlyList<string> header, IReadOnlyList<string[]> rows, TextWriter output)
    {
        foreach (var row in rows.Prepend([.. header]))
        {
            output.WriteLine(string.Join(',', row.Select(cell =>
                cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));
        }
    }

    /// <summary>A Markdown table.</summary>
    public static void WriteMarkdown(IReadOnlyList<string> header, IReadOnlyList<string[]> rows, TextWriter output)
    {
        output.WriteLine($"| {string.Join(" | ", header)} |");
        output.WriteLine($"|{string.Concat(header.Select(_ => " --- |"))}");
        foreach (var row in rows)
        {
            output.WriteLine($"| {string.Join(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |");
        }
    }
}

using System.Collections.Immutable;

namespace KubeLint.Cli;

/// <summary>Writes what <c>--help</c> shows.</summary>
internal static class HelpPage
{
    private const int Indent = 30;

    /// <summary>The page of one command; that of the default command lists the others.</summary>
    public static void Write(Verb verb, ImmutableArray<Verb> verbs, string version, TextWriter output)
    {
        output.WriteLine($"kubelint {version}: lints Flux GitOps repositories, and reports each finding at the line that a person wrote.");
        output.WriteLine();
        output.WriteLine($"{verb.Summary}.");
        output.WriteLine();
        output.WriteLine($"Usage: kubelint {(verb.Name == Verbs.Default ? "[lint]" : verb.Name)} [options]{Values(verb)}");
        foreach (var value in verb.Options.Where(option => option.LongName.Length == 0))
        {
            WriteRow(value.MetaValue, value.HelpText, output);
        }

        output.WriteLine();
        output.WriteLine("Options:");
        foreach (var option in verb.Options.Where(option => option.LongName.Length > 0))
        {
            var names = option.ShortName is { } letter ? $"-{letter}, --{option.LongName}" : $"    --{option.LongName}";
            WriteRow(option.TakesValue ? $"{names} {option.MetaValue}" : names, option.HelpText, output);
        }

        WriteRow("-h, --help", "Shows this page.", output);
        WriteRow("    --version", "Shows the version.", output);
        if (verb.Name == Verbs.Default)
        {
            output.WriteLine();
            output.WriteLine("Commands (kubelint COMMAND --help tells more):");
            foreach (var other in verbs)
            {
                WriteRow(other.Name, other.Summary + ".", output);
            }
        }

        output.WriteLine();
        output.WriteLine("Examples:");
        foreach (var example in verb.Name == Verbs.Default ? verb.Examples.Concat(verbs.Where(other => other.Name != verb.Name).Select(other => other.Examples[^1])) : verb.Examples)
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
        if (verb.Name == Verbs.Default)
        {
            output.WriteLine("In a file, at the end of the line or on the line before:");
            output.WriteLine("  tag: latest # kubelint: ignore[image-latest-tag] the vendor publishes no versions");
            output.WriteLine();
        }

        output.WriteLine("Exit code: 0 nothing to complain about, 1 findings at or over --fail-on, 2 wrong use, 3 an internal failure.");
    }

    private static string Values(Verb verb) =>
        string.Concat(verb.Options.Where(option => option.LongName.Length == 0).Select(option => $" [{option.MetaValue}{(option.IsRepeatable ? "..." : "")}]"));

    private static void WriteRow(string left, string text, TextWriter output)
    {
        var lines = Wrap(text, 100 - Indent);
        output.WriteLine(left.Length + 3 > Indent ? $"  {left}\n{new string(' ', Indent)}{lines[0]}" : $"  {left.PadRight(Indent - 2)}{lines[0]}");
        foreach (var line in lines.Skip(1))
        {
            output.WriteLine(new string(' ', Indent) + line);
        }
    }

    private static List<string> Wrap(string text, int width)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > width)
            {
                lines.Add(word);
            }
            else
            {
                lines[^1] += lines[^1].Length == 0 ? word : " " + word;
            }
        }

        return lines;
    }
}

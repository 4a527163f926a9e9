using System.Collections.Immutable;

namespace KubeLint.Reporting;

/// <summary>The formats by the names that the command line gives them.</summary>
public static class ReportFormats
{
    /// <summary>The name of the format for people.</summary>
    public const string Text = "text";

    /// <summary>All names, in the order in which the help lists them.</summary>
    public static ImmutableArray<string> Names { get; } = [Text, "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "csv"];

    /// <summary>The format that a file's name asks for by its ending; null where none is known.</summary>
    public static string? FromFileName(string path) => Path.GetExtension(path) switch
    {
        ".sarif" => "sarif",
        ".json" => "json",
        ".xml" => "junit",
        ".md" => "markdown",
        ".csv" => "csv",
        ".txt" => Text,
        _ => null,
    };

    /// <summary>The reporter of a format; null where there is no such format.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="style">How text looks, for the formats that people read.</param>
    /// <param name="isQuiet">Whether those formats leave out notes and summary.</param>
    public static IReporter? Create(string name, TextStyle style, bool isQuiet) => name switch
    {
        Text => new TextReporter(style, isQuiet),
        "concise" => new ConciseReporter(isQuiet),
        "json" => new JsonReporter(),
        "sarif" => new SarifReporter(),
        "github" => new GitHubReporter(),
        "gitlab" => new GitLabReporter(),
        "junit" => new JUnitReporter(),
        "markdown" => new MarkdownReporter(),
        "csv" => new CsvReporter(),
        _ => null,
    };
}

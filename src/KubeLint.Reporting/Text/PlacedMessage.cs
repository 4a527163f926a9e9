using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Reporting;

/// <summary>Shows a message that is no finding at its place, with the source line: an error in a configuration file.</summary>
public static class PlacedMessage
{
    /// <summary>Writes <c>path:line:column severity: message</c> and the marked line.</summary>
    public static void Write(Location location, Severity severity, string message, TextStyle style, TextWriter output)
    {
        var snippet = new SnippetWriter(style);
        output.Write(snippet.Paint(DisplayText.Escape(location.ToString()), Ink.Bold));
        output.Write(' ');
        output.Write(snippet.Paint(severity.ToWord(), SnippetWriter.InkOf(severity)));
        output.Write(": ");
        output.Write(DisplayText.Escape(message));
        output.Write('\n');
        snippet.Write(location, SnippetWriter.GutterOf(location), '^', SnippetWriter.InkOf(severity), output);
    }
}

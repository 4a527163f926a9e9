using System.Text;
using System.Text.Json;
using KubeLint.Cluster.Diagnosis;

namespace KubeLint.Cluster.Reports;

/// <summary>The form of a report.</summary>
public enum ReportFormat
{
    /// <summary>For a terminal.</summary>
    Text,

    /// <summary>For programs.</summary>
    Json,

    /// <summary>For a ticket.</summary>
    Markdown,
}

/// <summary>Writes a diagnosis.</summary>
public static class ReportWriter
{
    /// <summary>The report as text, line ends <c>\n</c>.</summary>
    public static string Write(DiagnosisReport report, ReportFormat format)
    {
        ArgumentNullException.ThrowIfNull(report);
        return format switch
        {
            ReportFormat.Json => Json(report),
            ReportFormat.Markdown => Markdown(report),
            _ => Text(report),
        };
    }

    /// <summary>The verdict in one line: what <c>--watch</c> prints at each change.</summary>
    public static string Verdict(DiagnosisReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.IsHealthy ? $"{Target(report)}: all well"
            : report.Causes.Count == 0 ? $"{Target(report)}: not known: {Unread(report)}"
            : $"{Target(report)}: {report.Causes[0].Code}: {report.Causes[0].Title}";
    }

    private static string Unread(DiagnosisReport report) =>
        string.Join("; ", report.Snapshot.NotChecked.Where(entry => entry.Area == "pods").Select(entry => $"{entry.Area}: {entry.Why}"));

    private static string Target(DiagnosisReport report) => $"{report.Snapshot.Workload?.Namespace ?? report.Snapshot.Namespace}/{report.Snapshot.Name}";

    private static string Text(DiagnosisReport report)
    {
        var text = new StringBuilder();
        var area = "";
        foreach (var look in report.Looks)
        {
            if (look.Area != area)
            {
                area = look.Area;
                text.Append(area).Append('\n');
            }

            text.Append("  ").Append(Mark(look.State)).Append(' ').Append(look.Text.ReplaceLineEndings(" ")).Append('\n');
        }

        text.Append('\n');
        if (report.IsHealthy)
        {
            return text.Append(Target(report)).Append(": all well\n").ToString();
        }

        if (report.Causes.Count == 0)
        {
            return text.Append(Verdict(report)).Append('\n').ToString();
        }

        for (var i = 0; i < report.Causes.Count; i++)
        {
            var cause = report.Causes[i];
            text.Append(i == 0 ? "Root cause: " : "Also: ").Append(cause.Code).Append('\n').Append("  ").Append(cause.Title).Append('\n');
            foreach (var evidence in cause.Evidence)
            {
                text.Append("    because ").Append(evidence.ReplaceLineEndings(" ")).Append('\n');
            }

            foreach (var step in cause.Steps)
            {
                text.Append("  → ").Append(step).Append('\n');
            }

            if (cause.Edit is { } edit)
            {
                text.Append("  ").Append(edit.Path).Append(':').Append(edit.Line).Append(": ").Append(edit.Note).Append('\n');
                if (edit.Diff is { } diff)
                {
                    text.Append('\n').Append(diff).Append('\n');
                }
            }

            AppendCommands(text, cause.Commands);
            text.Append('\n');
        }

        if (report.HowToKnow.Count > 0)
        {
            text.Append("How to know that it worked\n");
            AppendCommands(text, report.HowToKnow);
        }

        if (report.Meanwhile.Count > 0)
        {
            text.Append("\nIf it cannot wait\n");
            AppendCommands(text, report.Meanwhile);
        }

        return text.ToString();
    }

    private static void AppendCommands(StringBuilder text, IReadOnlyList<Command> commands)
    {
        foreach (var command in commands)
        {
            text.Append("  $ ").Append(command.Line).Append("   # ").Append(command.Purpose).Append('\n');
        }
    }

    private static string Markdown(DiagnosisReport report)
    {
        var text = new StringBuilder();
        text.Append("# Diagnosis of ").Append(Target(report)).Append("\n\n");
        if (report.IsHealthy)
        {
            text.Append("All well.\n\n");
        }
        else if (report.Causes.Count == 0)
        {
            text.Append("Not known: ").Append(Escape(Unread(report))).Append("\n\n");
        }

        for (var i = 0; i < report.Causes.Count; i++)
        {
            var cause = report.Causes[i];
            text.Append(i == 0 ? "## Root cause: `" : "## Also: `").Append(cause.Code).Append("`\n\n").Append(Escape(cause.Title)).Append("\n\n");
            foreach (var evidence in cause.Evidence)
            {
                text.Append("- ").Append(Escape(evidence)).Append('\n');
            }

            text.Append("\n### What to do\n\n");
            foreach (var step in cause.Steps)
            {
                text.Append("- ").Append(Escape(step)).Append('\n');
            }

            if (cause.Edit is { } edit)
            {
                text.Append("- `").Append(edit.Path).Append(':').Append(edit.Line).Append("`: ").Append(Escape(edit.Note)).Append('\n');
                if (edit.Diff is { } diff)
                {
                    text.Append("\n```diff\n").Append(diff).Append("```\n");
                }
            }

            AppendBlock(text, cause.Commands);
            text.Append('\n');
        }

        if (report.HowToKnow.Count > 0)
        {
            text.Append("## How to know that it worked\n");
            AppendBlock(text, report.HowToKnow);
            text.Append('\n');
        }

        if (report.Meanwhile.Count > 0)
        {
            text.Append("## If it cannot wait\n");
            AppendBlock(text, report.Meanwhile);
            text.Append('\n');
        }

        text.Append("## What was looked at\n\n| | Area | Seen |\n|---|---|---|\n");
        foreach (var look in report.Looks)
        {
            text.Append("| ").Append(Mark(look.State)).Append(" | ").Append(look.Area).Append(" | ").Append(Escape(look.Text).Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
        }

        return text.ToString();
    }

    private static void AppendBlock(StringBuilder text, IReadOnlyList<Command> commands)
    {
        if (commands.Count == 0)
        {
            return;
        }

        text.Append("\n```sh\n");
        foreach (var command in commands)
        {
            text.Append("# ").Append(command.Purpose).Append('\n').Append(command.Line).Append('\n');
        }

        text.Append("```\n");
    }

    private static string Json(DiagnosisReport report)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("cluster", report.Snapshot.Cluster);
            writer.WriteString("namespace", report.Snapshot.Workload?.Namespace ?? report.Snapshot.Namespace);
            writer.WriteString("name", report.Snapshot.Name);
            writer.WriteString("kind", report.Snapshot.Workload?.Type.Kind);
            writer.WriteBoolean("healthy", report.IsHealthy);
            writer.WriteString("rootCause", report.Causes.Count == 0 ? null : report.Causes[0].Code);
            writer.WriteStartArray("causes");
            foreach (var cause in report.Causes)
            {
                writer.WriteStartObject();
                writer.WriteString("code", cause.Code);
                writer.WriteString("title", cause.Title);
                writer.WriteString("pod", cause.Container?.Pod.Name);
                writer.WriteString("container", cause.Container?.Name);
                writer.WriteString("image", cause.Container?.Image);
                WriteList(writer, "evidence", cause.Evidence);
                WriteList(writer, "steps", cause.Steps);
                if (cause.Edit is { } edit)
                {
                    writer.WriteStartObject("edit");
                    writer.WriteString("path", edit.Path);
                    writer.WriteNumber("line", edit.Line);
                    writer.WriteString("note", edit.Note);
                    writer.WriteString("diff", edit.Diff);
                    writer.WriteEndObject();
                }

                WriteCommands(writer, "commands", cause.Commands);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            WriteCommands(writer, "howToKnow", report.HowToKnow);
            WriteCommands(writer, "meanwhile", report.Meanwhile);
            writer.WriteStartArray("looks");
            foreach (var look in report.Looks)
            {
                writer.WriteStartObject();
                writer.WriteString("state", look.State switch { LookState.Good => "good", LookState.Bad => "bad", LookState.Note => "note", _ => "unknown" });
                writer.WriteString("area", look.Area);
                writer.WriteString("text", look.Text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<string> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    }

    private static void WriteCommands(Utf8JsonWriter writer, string name, IReadOnlyList<Command> commands)
    {
        writer.WriteStartArray(name);
        foreach (var command in commands)
        {
            writer.WriteStartObject();
            writer.WriteString("line", command.Line);
            writer.WriteString("purpose", command.Purpose);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static char Mark(LookState state) => state switch
    {
        LookState.Good => '✓',
        LookState.Bad => '✗',
        LookState.Note => '!',
        _ => '?',
    };

    private static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");
}

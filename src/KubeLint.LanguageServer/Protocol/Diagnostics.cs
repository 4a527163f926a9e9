using System.Text.Json.Serialization;

namespace KubeLint.LanguageServer.Protocol;

/// <summary>A finding as the client shows it.</summary>
internal sealed record Diagnostic
{
    public required Range Range { get; init; }

    public required DiagnosticSeverity Severity { get; init; }

    public required string Code { get; init; }

    public CodeDescription? CodeDescription { get; init; }

    public string Source { get; init; } = "kubelint";

    public required string Message { get; init; }

    public DiagnosticTag[]? Tags { get; init; }

    public DiagnosticRelatedInformation[]? RelatedInformation { get; init; }
}

internal enum DiagnosticSeverity
{
    Error = 1,
    Warning = 2,
    Information = 3,
    Hint = 4,
}

internal enum DiagnosticTag
{
    Unnecessary = 1,
    Deprecated = 2,
}

internal sealed record CodeDescription(string Href);

internal sealed record DiagnosticRelatedInformation(Location Location, string Message);

internal sealed record PublishDiagnosticsParams(string Uri, Diagnostic[] Diagnostics, int? Version = null);

internal sealed record DocumentDiagnosticParams(TextDocumentIdentifier TextDocument, string? PreviousResultId);

internal sealed record WorkspaceDiagnosticParams(PreviousResultId[]? PreviousResultIds);

internal sealed record PreviousResultId(string Uri, string Value);

/// <summary>The findings of one document; null where they are those of the result that the client has.</summary>
internal sealed record DocumentDiagnosticReport(string Kind, string ResultId, Diagnostic[]? Items = null);

/// <summary>The same within an answer about all documents.</summary>
internal sealed record WorkspaceDocumentDiagnosticReport(string Uri, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Version, string Kind, string ResultId, Diagnostic[]? Items = null);

internal sealed record WorkspaceDiagnosticReport(WorkspaceDocumentDiagnosticReport[] Items);

namespace KubeLint.LanguageServer.Protocol;

/// <summary>What could be typed at a place.</summary>
internal sealed record CompletionList(bool IsIncomplete, CompletionItem[] Items);

/// <summary>One of those.</summary>
internal sealed record CompletionItem(string Label, CompletionItemKind Kind, TextEdit TextEdit)
{
    public string? Detail { get; init; }

    public MarkupContent? Documentation { get; init; }

    public string? SortText { get; init; }

    public string? FilterText { get; init; }
}

/// <summary>What it is; editors choose an icon by it.</summary>
internal enum CompletionItemKind
{
    Variable = 6,
    Module = 9,
    Property = 10,
    Value = 12,
    EnumMember = 20,
    Keyword = 14,
    File = 17,
    Reference = 18,
    Folder = 19,
}

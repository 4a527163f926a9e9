using KubeLint.LanguageServer.Protocol;

namespace KubeLint.LanguageServer.Features.Completion;

/// <summary>Something that could stand in a place.</summary>
/// <param name="Text">The text, without quotes.</param>
/// <param name="Kind">What it is.</param>
internal sealed record Candidate(string Text, CompletionItemKind Kind)
{
    /// <summary>A few words beside it.</summary>
    public string? Detail { get; init; }

    /// <summary>What it means, in Markdown.</summary>
    public string? Documentation { get; init; }

    /// <summary>What follows it, outside of quotes.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>What is shown in the text's stead.</summary>
    public string? Label { get; init; }

    /// <summary>The least comes first.</summary>
    public int Order { get; init; }
}

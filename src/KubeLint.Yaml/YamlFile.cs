using System.Collections.Immutable;

namespace KubeLint.Yaml;

/// <summary>A parsed text: its documents and what is wrong with it.</summary>
public sealed class YamlFile
{
    private readonly ImmutableArray<int> commentStarts;
    private ImmutableArray<YamlComment> comments;

    /// <summary>A file; where its comments begin, if that is known.</summary>
    internal YamlFile(SourceText text, ImmutableArray<YamlDocument> documents, ImmutableArray<YamlProblem> problems, ImmutableArray<int> commentStarts = default)
    {
        this.commentStarts = commentStarts;
        Text = text;
        Documents = documents;
        Problems = problems;
    }

    /// <summary>The text.</summary>
    public SourceText Text { get; }

    /// <summary>The documents that could be parsed, in order.</summary>
    public ImmutableArray<YamlDocument> Documents { get; }

    /// <summary>What is wrong, in the order of the text.</summary>
    public ImmutableArray<YamlProblem> Problems { get; }

    /// <summary>The comments, in order. Found at the first use: most texts are never asked.</summary>
    public ImmutableArray<YamlComment> Comments
    {
        get
        {
            if (comments.IsDefault)
            {
                ImmutableInterlocked.InterlockedInitialize(ref comments, commentStarts.IsDefault ? CommentScanner.Scan(Text.Content) : CommentScanner.At(Text.Content, commentStarts));
            }

            return comments;
        }
    }
}

/// <summary>A document of a file.</summary>
/// <param name="Index">Its number, from 0, among all documents of the file, broken ones included.</param>
/// <param name="Root">Its content; null for an empty document.</param>
/// <param name="Span">The range from its start marker, or its first content, to its end.</param>
public sealed record YamlDocument(int Index, YamlNode? Root, TextSpan Span);

/// <summary>What kind of problem a <see cref="YamlProblem"/> is.</summary>
public enum YamlProblemKind
{
    /// <summary>The text is no YAML; the document is lost.</summary>
    Syntax,

    /// <summary>A mapping has one key twice; the document is kept.</summary>
    DuplicateKey,

    /// <summary>A mapping has a key that is a mapping or a sequence, which no Kubernetes tool reads; the document is kept.</summary>
    ComplexKey,

    /// <summary>The text is beyond a limit (nesting, aliases, size) or not text at all; the document is lost.</summary>
    Limit,
}

/// <summary>A problem found while parsing.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Message">What is wrong, a sentence without a final stop.</param>
/// <param name="Span">Where.</param>
/// <param name="Related">A place that explains it, such as the first of two keys.</param>
public sealed record YamlProblem(YamlProblemKind Kind, string Message, TextSpan Span, TextSpan? Related = null);

/// <summary>A comment.</summary>
/// <param name="Span">From <c>#</c> to the line's end.</param>
/// <param name="Value">The text behind <c>#</c>, blanks at both ends removed.</param>
/// <param name="IsInline">Whether something stands before it on its line.</param>
public readonly record struct YamlComment(TextSpan Span, string Value, bool IsInline);

/// <summary>What a parse may cost.</summary>
public sealed record YamlLimits
{
    /// <summary>The limits used where nothing else is said.</summary>
    public static YamlLimits Default { get; } = new();

    /// <summary>How deep collections may nest, aliases followed. No Kubernetes object comes near; code that walks trees may recurse.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>How large a file may be, in bytes.</summary>
    public long MaxFileBytes { get; init; } = 50 * 1024 * 1024;

    /// <summary>How many nodes a document may have: a text of nothing but commas makes a tree of a hundred times its size.</summary>
    public int MaxNodes { get; init; } = 4_000_000;

    /// <summary>How many nodes the aliases of a document may stand for.</summary>
    public long MaxExpandedNodes { get; init; } = 2_000_000;
}

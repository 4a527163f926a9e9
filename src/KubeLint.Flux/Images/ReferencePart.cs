using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>What is known of a part of an image.</summary>
public enum PartState : byte
{
    /// <summary>It is not written.</summary>
    Absent,

    /// <summary>It is written, and this is its value.</summary>
    Known,

    /// <summary>A variable or a template stands in it, or may bring it: its value is not known here.</summary>
    Unknown,
}

/// <summary>A part of an image reference.</summary>
/// <param name="State">What is known of it.</param>
/// <param name="Text">The part as written; empty where it is absent.</param>
/// <param name="Span">Its range in the reference; empty, at the place where it would stand, where it is absent.</param>
public readonly record struct ReferencePart(PartState State, string Text, TextSpan Span)
{
    /// <summary>The value; null where it is absent or not known.</summary>
    public string? Value => State == PartState.Known ? Text : null;

    internal static ReferencePart Absent(int offset) => new(PartState.Absent, "", new TextSpan(offset, 0));
}

/// <summary>Why a text is no image reference.</summary>
/// <param name="Offset">The first code unit that cannot stand there, 0-based.</param>
/// <param name="Message">What is wrong, a sentence without a final stop.</param>
public readonly record struct ImageReferenceError(int Offset, string Message);

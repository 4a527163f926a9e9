using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.References;

/// <summary>Edits of mappings as they are written.</summary>
internal static class YamlEdits
{
    /// <summary>A fix that writes a key behind another one of the same mapping; nothing where the place is not one that a person wrote for this alone.</summary>
    /// <param name="title">What it does.</param>
    /// <param name="safety">When it may be applied.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="after">The key behind which it goes; its value stands on one line.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    public static ImmutableArray<Fix> Add(string title, FixSafety safety, YamlMapping mapping, string after, string key, string value)
    {
        if (mapping.Find(after) is not { } entry || !IsOwn(entry.Key) || !IsOwn(entry.Value) || mapping.Derivation is not null || mapping.Anchor is not null
            || entry.Value is not YamlScalar { Style: not (YamlScalarStyle.Literal or YamlScalarStyle.Folded) } scalar || !mapping.Entries.Contains(entry))
        {
            return [];
        }

        var text = entry.Key.Source;
        if (mapping.IsFlow)
        {
            return [new Fix(title, safety, [new FileEdit(text, [new TextEdit(new TextSpan(scalar.Span.End, 0), $", {key}: {value}")])])];
        }

        var keyAt = text.GetPosition(entry.Key.Span.Start);
        var line = text.GetLineSpan(text.GetPosition(scalar.Span.End).Line);
        var end = text.Content.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return [new Fix(title, safety, [new FileEdit(text, [new TextEdit(new TextSpan(line.End, 0), $"{end}{new string(' ', keyAt.Column - 1)}{key}: {value}")])])];
    }

    /// <summary>A fix that removes a key whose value stands on its line; nothing where that is not so.</summary>
    /// <param name="title">What it does.</param>
    /// <param name="safety">When it may be applied.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="key">The key.</param>
    public static ImmutableArray<Fix> Remove(string title, FixSafety safety, YamlMapping mapping, string key)
    {
        if (mapping.Find(key) is not { } entry || !IsOwn(entry.Key) || !IsOwn(entry.Value) || mapping.IsFlow || mapping.Entries.Length < 2
            || entry.Value is not YamlScalar { Style: not (YamlScalarStyle.Literal or YamlScalarStyle.Folded) } scalar || !mapping.Entries.Contains(entry))
        {
            return [];
        }

        var text = entry.Key.Source;
        var first = text.GetPosition(entry.Key.Span.Start).Line;
        var span = text.GetLineSpan(first);
        var before = text.Content.AsSpan(span.Start, entry.Key.Span.Start - span.Start);
        var behind = text.Content.AsSpan(scalar.Span.End, Math.Max(0, span.End - scalar.Span.End));
        if (first != text.GetPosition(scalar.Span.End).Line || !before.IsWhiteSpace() || !behind.IsWhiteSpace() || first >= text.LineCount)
        {
            return [];
        }

        var next = text.GetLineSpan(first + 1).Start;
        return [new Fix(title, safety, [new FileEdit(text, [new TextEdit(TextSpan.FromBounds(span.Start, next), "")])])];
    }

    /// <summary>A fix that writes another text in the place of a scalar; nothing where a person wrote it otherwise.</summary>
    /// <param name="title">What it does.</param>
    /// <param name="safety">When it may be applied.</param>
    /// <param name="at">The scalar.</param>
    /// <param name="value">The text; it needs no quotes.</param>
    public static ImmutableArray<Fix> Replace(string title, FixSafety safety, YamlNode at, string value)
    {
        if (at is not YamlScalar { Style: YamlScalarStyle.Plain or YamlScalarStyle.SingleQuoted or YamlScalarStyle.DoubleQuoted } scalar || !IsOwn(scalar))
        {
            return [];
        }

        var quote = scalar.Style switch { YamlScalarStyle.SingleQuoted => "'", YamlScalarStyle.DoubleQuoted => "\"", _ => "" };
        return [new Fix(title, safety, [new FileEdit(scalar.Source, [new TextEdit(scalar.Span, quote + value + quote)])])];
    }

    /// <summary>Whether a node stands in a file just as it is, and for itself alone.</summary>
    public static bool IsOwn(YamlNode node) => node is { Derivation: null, Anchor: null, Source.Parent: null };
}

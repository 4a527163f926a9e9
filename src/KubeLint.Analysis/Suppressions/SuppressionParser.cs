using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>Reads suppressions: <c># kubelint: ignore[rule, rule] reason</c>, <c>ignore-file[…]</c>, and the annotation.</summary>
internal sealed class SuppressionParser(RuleCatalog catalog)
{
    /// <summary>The annotation whose value lists rules.</summary>
    public const string Annotation = "kubelint.dev/ignore";

    /// <summary>The annotation that says why.</summary>
    public const string ReasonAnnotation = "kubelint.dev/ignore-reason";

    private const string Marker = "kubelint:";

    /// <summary>How a suppression is written.</summary>
    public const string Form = "# kubelint: ignore[rule-name] reason";

    /// <summary>The rule's name that a mistyped one may have meant.</summary>
    public string? Nearest(string name) => catalog.Nearest(name);

    /// <summary>What to say to who calls a rule by a former name; null where a name is none.</summary>
    public string? NoteOnFormer(string name) => catalog.NoteOnFormer(name);

    /// <summary>The suppressions of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="malformed">Takes the comments that begin like a suppression and are none.</param>
    public List<Suppression> Parse(YamlFile file, List<Location> malformed)
    {
        var result = new List<Suppression>();
        var content = file.Text.Content;
        var next = content.IndexOf(Marker, StringComparison.Ordinal);
        for (; next >= 0; next = content.IndexOf(Marker, next + Marker.Length, StringComparison.Ordinal))
        {
            var hash = next - 1;
            while (hash >= 0 && content[hash] is ' ' or '\t')
            {
                hash--;
            }

            if (hash < 0 || content[hash] != '#')
            {
                continue;
            }

            var isCertain = file.Comments.Any(comment => comment.Span.Contains(new TextSpan(hash, 1)));
            var lineEnd = content.AsSpan(next).IndexOfAny('\r', '\n');
            var end = lineEnd < 0 ? content.Length : next + lineEnd;
            if (Parse(file.Text, hash, next + Marker.Length, end, isCertain) is { } suppression)
            {
                result.Add(suppression);
            }
            else if (isCertain)
            {
                malformed.Add(new Location(file.Text, TextSpan.FromBounds(hash, end)));
            }
        }

        return result;
    }

    /// <summary>The suppression of an object's annotation; null where it has none.</summary>
    /// <param name="root">The object's content.</param>
    public Suppression? Parse(YamlMapping root)
    {
        if (root.Get("metadata", "annotations")?.AsMapping() is not { } annotations
            || annotations.Find(Annotation) is not { } entry
            || entry.Value.AsScalar() is not { IsNull: false } scalar)
        {
            return null;
        }

        var inner = scalar.EmbeddedText();
        return new Suppression
        {
            Location = entry.Value.Location,
            Names = Names(inner, 0, inner.Content.Length),
            Reason = annotations.GetString(ReasonAnnotation) ?? "",
            Annotation = entry,
        };
    }

    private Suppression? Parse(SourceText text, int hash, int start, int end, bool isCertain)
    {
        var body = text.Content.AsSpan(start, end - start);
        var open = body.IndexOf('[');
        var close = body.IndexOf(']');
        var word = open < 0 ? "" : body[..open].Trim();
        if (word is not ("ignore" or "ignore-file") || close < open || body[(open + 1)..close].IsWhiteSpace())
        {
            return null;
        }

        return new Suppression
        {
            Location = new Location(text, TextSpan.FromBounds(hash, end)),
            Names = Names(text, start + open + 1, start + close),
            Reason = body[(close + 1)..].Trim().ToString(),
            Line = word is "ignore-file" ? null : TargetLine(text, hash),
            IsCertain = isCertain,
        };
    }

    private ImmutableArray<SuppressedName> Names(SourceText text, int start, int end)
    {
        var names = ImmutableArray.CreateBuilder<SuppressedName>();
        foreach (var range in text.Content.AsSpan(start, end - start).Split(','))
        {
            var part = text.Content.AsSpan(start, end - start)[range];
            var name = part.Trim();
            if (name.Length > 0)
            {
                var offset = start + range.Start.Value + (part.Length - part.TrimStart().Length);
                names.Add(new SuppressedName(name.ToString(), text.Locate(new TextSpan(offset, name.Length)), catalog.Resolve(name.ToString())));
            }
        }

        return names.ToImmutable();
    }

    // A comment behind something is about its line; one of its own about the next line that is no comment.
    private static int TargetLine(SourceText text, int hash)
    {
        var line = text.GetPosition(hash).Line;
        var own = text.GetLineSpan(line);
        if (!text.Content.AsSpan(own.Start, hash - own.Start).IsWhiteSpace() && text.Content.AsSpan(own.Start, own.Length).TrimStart()[0] != '#')
        {
            return line;
        }

        for (var next = line + 1; next <= text.LineCount; next++)
        {
            var span = text.GetLineSpan(next);
            var content = text.Content.AsSpan(span.Start, span.Length).TrimStart();
            if (content.Length > 0 && content[0] != '#')
            {
                return next;
            }
        }

        return line;
    }
}

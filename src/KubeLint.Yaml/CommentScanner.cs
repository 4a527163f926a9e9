using System.Collections.Immutable;

using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace KubeLint.Yaml;

/// <summary>
/// Finds comments in a pass of the scanner alone. YamlDotNet's parser rejects valid files when its scanner keeps the
/// comments (an inline comment behind a flow collection or an anchored scalar), so the tree is built without them.
/// </summary>
internal static class CommentScanner
{
    public static ImmutableArray<YamlComment> Scan(string content)
    {
        if (!content.Contains('#', StringComparison.Ordinal))
        {
            return [];
        }

        var comments = ImmutableArray.CreateBuilder<YamlComment>();
        if (!TryScan(content, content, 0, comments))
        {
            // One bad document does not hide the comments of the others; of its own, those before the mistake are kept.
            comments.Clear();
            foreach (var part in DocumentSplitter.Split(content))
            {
                TryScan(content, content.Substring(part.Start, part.Length), part.Start, comments);
            }
        }

        return comments.ToImmutable();
    }

    /// <summary>The comments that begin at these places.</summary>
    public static ImmutableArray<YamlComment> At(string content, ImmutableArray<int> starts) => [.. starts.Select(start => Make(content, start))];

    private static bool TryScan(string content, string part, int offset, ImmutableArray<YamlComment>.Builder comments)
    {
        try
        {
            var scanner = new Scanner(new StringReader(part), skipComments: false);
            var lastError = -1L;
            while (scanner.MoveNext())
            {
                if (scanner.Current is Comment comment)
                {
                    comments.Add(Make(content, offset + (int)comment.Start.Index));
                }
                else if (scanner.Current is Error error)
                {
                    // Over some errors the scanner steps, before others it stands for ever.
                    if (error.Start.Index == lastError)
                    {
                        return false;
                    }

                    lastError = error.Start.Index;
                }
            }

            return true;
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException or ArgumentException)
        {
            // The text is no YAML from here on: the parser reports that.
            return false;
        }
    }

    private static YamlComment Make(string content, int start)
    {
        var end = content.AsSpan(start).IndexOfAny('\r', '\n');
        end = end < 0 ? content.Length : start + end;
        var lineStart = content.AsSpan(0, start).LastIndexOfAny('\r', '\n') + 1;
        var before = content.AsSpan(lineStart, start - lineStart);
        return new YamlComment(TextSpan.FromBounds(start, end), content[(start + 1)..end].Trim(), !before.IsWhiteSpace());
    }
}

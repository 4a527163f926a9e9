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
        try
        {
            var scanner = new Scanner(new StringReader(content), skipComments: false);
            while (scanner.MoveNext())
            {
                if (scanner.Current is Comment comment)
                {
                    comments.Add(Make(content, (int)comment.Start.Index));
                }
            }
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException or ArgumentException)
        {
            // The text is no YAML from here on: the parser reports that. What came before keeps its comments.
        }

        return comments.ToImmutable();
    }

    private static YamlComment Make(string content, int start)
    {
        var end = content.AsSpan(start).IndexOfAny('\r', '\n');
        end = end < 0 ? content.Length : start + end;
        var lineStart = content.LastIndexOf('\n', Math.Max(start - 1, 0)) + 1;
        var before = content.AsSpan(lineStart, Math.Max(0, start - lineStart));
        return new YamlComment(TextSpan.FromBounds(start, end), content[(start + 1)..end].Trim(), !before.IsWhiteSpace());
    }
}

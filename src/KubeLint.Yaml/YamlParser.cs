using System.Buffers;

namespace KubeLint.Yaml;

/// <summary>Parses texts to positioned trees. Never throws on any input: what is wrong becomes a <see cref="YamlProblem"/>.</summary>
public static class YamlParser
{
    // What go-yaml's reader refuses ("control characters are not allowed"), but for NUL and surrogates, which are looked at one by one.
    private static readonly SearchValues<char> Suspects = SearchValues.Create(SuspectCharacters());

    /// <summary>Parses a text.</summary>
    /// <param name="text">A file's text, or one inside a scalar.</param>
    /// <param name="limits">What it may cost; <see cref="YamlLimits.Default"/> where null.</param>
    /// <param name="cancellationToken">Ends the work between two documents.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static YamlFile Parse(SourceText text, YamlLimits? limits = null, CancellationToken cancellationToken = default) =>
        Parse(text, limits ?? YamlLimits.Default, new StringPool(), cancellationToken);

    internal static YamlFile Parse(SourceText text, YamlLimits limits, StringPool pool, CancellationToken cancellationToken)
    {
        var forbidden = FindForbidden(text.Content, 0);
        if (forbidden < 0)
        {
            using var tree = new TreeBuilder(text, limits, pool, new TextSpan(0, text.Content.Length), 0);
            var quick = new QuickReader(text.Content, pool, tree);
            if (quick.TryRead(cancellationToken))
            {
                return new YamlFile(text, tree.TakeDocuments(), [.. tree.Problems], quick.Comments);
            }
        }

        return ParseWithLibrary(text, limits, pool, forbidden, cancellationToken);
    }

    /// <summary>Parses a text with YamlDotNet, whatever it is. The same as <see cref="Parse(SourceText, YamlLimits, StringPool, CancellationToken)"/>, but slower.</summary>
    internal static YamlFile ParseWithLibrary(SourceText text, YamlLimits limits, StringPool pool, CancellationToken cancellationToken) =>
        ParseWithLibrary(text, limits, pool, FindForbidden(text.Content, 0), cancellationToken);

    private static YamlFile ParseWithLibrary(SourceText text, YamlLimits limits, StringPool pool, int forbidden, CancellationToken cancellationToken)
    {
        var content = text.Content;
        if (forbidden < 0)
        {
            using var whole = new TreeBuilder(text, limits, pool, new TextSpan(0, content.Length), 0);
            if (whole.TryBuild(content, cancellationToken))
            {
                return new YamlFile(text, whole.TakeDocuments(), [.. whole.Problems]);
            }
        }
        else if (content.Contains('\0', StringComparison.Ordinal))
        {
            var nul = content.IndexOf('\0', StringComparison.Ordinal);
            return new YamlFile(text, [], [new YamlProblem(YamlProblemKind.Limit, "The file holds a NUL byte, so it is no text", new TextSpan(nul, 1))]);
        }

        // A document marker at the start of a line ends every construct, so each part can be parsed alone: one bad
        // document does not hide the others.
        var documents = new List<YamlDocument>();
        var problems = new List<YamlProblem>();
        var index = 0;
        foreach (var part in DocumentSplitter.Split(content))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var partContent = content.Substring(part.Start, part.Length);
            var bad = forbidden < 0 ? -1 : FindForbidden(partContent, 0);
            if (bad >= 0)
            {
                // go-yaml refuses them, so Kubernetes and kustomize do too.
                var message = $"The character U+{(int)partContent[bad]:X4} is not allowed in YAML";
                problems.Add(new YamlProblem(YamlProblemKind.Syntax, message, new TextSpan(part.Start + bad, 1)));
                index++;
                continue;
            }

            using var builder = new TreeBuilder(text, limits, pool, part, index);
            var succeeded = builder.TryBuild(partContent, cancellationToken);
            var found = builder.TakeDocuments();
            documents.AddRange(found);
            problems.AddRange(builder.Problems);
            index += found.Length + (succeeded ? 0 : 1);
        }

        return new YamlFile(text, [.. documents], [.. problems]);
    }

    private static int FindForbidden(string content, int start)
    {
        while (start < content.Length)
        {
            var found = content.AsSpan(start).IndexOfAny(Suspects);
            if (found < 0)
            {
                return -1;
            }

            found += start;
            if (!char.IsHighSurrogate(content[found]) || found + 1 == content.Length || !char.IsLowSurrogate(content[found + 1]))
            {
                return found;
            }

            start = found + 2;
        }

        return -1;
    }

    private static string SuspectCharacters()
    {
        var characters = new List<char>();
        for (var c = '\0'; c < char.MaxValue; c++)
        {
            var isPrintable = c is '\t' or '\n' or '\r' or (>= ' ' and <= '~') or '\u0085' or (>= '\u00A0' and < '\uD800')
                or (>= '\uE000' and <= '\uFFFD' and not '\uFEFF');
            if (!isPrintable)
            {
                characters.Add(c);
            }
        }

        characters.Add(char.MaxValue);
        return new string([.. characters]);
    }
}

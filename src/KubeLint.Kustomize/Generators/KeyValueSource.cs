using System.Collections.Immutable;
using System.Text;

using KubeLint.Kustomize.Loading;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Generators;

/// <summary>A key and its content, and where both are written.</summary>
/// <param name="Key">The key.</param>
/// <param name="KeyAt">The node that names it.</param>
/// <param name="Text">The content; null where it is no UTF-8 text.</param>
/// <param name="Bytes">The content as bytes, where it comes from a file.</param>
/// <param name="Source">The text in which the content stands.</param>
/// <param name="Span">Its range there.</param>
internal sealed record KeyValue(string Key, YamlNode KeyAt, string? Text, byte[]? Bytes, SourceText Source, TextSpan Span);

/// <summary>
/// Reads what <c>files</c>, <c>envs</c> and <c>literals</c> of a generator name
/// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/).
/// </summary>
/// <param name="file">The kustomization.</param>
/// <param name="context">Where problems go.</param>
internal sealed class KeyValueSource(KustomizationFile file, BuildContext context)
{
    /// <summary>All keys and contents of a generator's entry, in order; null where one cannot be read.</summary>
    public ImmutableArray<KeyValue>? Read(YamlMapping args)
    {
        var result = ImmutableArray.CreateBuilder<KeyValue>();
        var isRight = true;
        foreach (var env in KustomizationFields.Texts(args, "envs"))
        {
            isRight &= ReadEnv(env, result);
        }

        if (KustomizationFields.Get(args, "env") is YamlScalar { Value.Length: > 0 } single)
        {
            isRight &= ReadEnv(single, result);
        }

        foreach (var literal in KustomizationFields.Texts(args, "literals"))
        {
            isRight &= ReadLiteral(literal, result);
        }

        foreach (var source in KustomizationFields.Texts(args, "files"))
        {
            isRight &= ReadFile(source, result);
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pair in result)
        {
            if (!keys.Add(pair.Key))
            {
                context.Error(
                    KustomizeProblemKind.Generator,
                    pair.KeyAt,
                    $"Configmap {KustomizationFields.Text(args, "name")} illegally repeats the key `{pair.Key}`");
                isRight = false;
            }
        }

        return isRight ? result.ToImmutable() : null;
    }

    private bool ReadLiteral(YamlScalar literal, ImmutableArray<KeyValue>.Builder result)
    {
        var text = literal.Value;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            context.Error(KustomizeProblemKind.Generator, literal, "Invalid literal source, expected key=value");
            return false;
        }

        var start = equals + 1;
        var end = text.Length;
        if (end - start >= 2 && text[start] == text[end - 1] && text[start] is '"' or '\'')
        {
            start++;
            end--;
        }

        result.Add(new KeyValue(text[..equals], literal, text[start..end], null, literal.EmbeddedText(), TextSpan.FromBounds(start, end)));
        return true;
    }

    private bool ReadFile(YamlScalar source, ImmutableArray<KeyValue>.Builder result)
    {
        var text = source.Value;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var path = text[(equals + 1)..];
        var key = equals < 0 ? text[(text.TrimEnd('/').LastIndexOf('/') + 1)..].TrimEnd('/') : text[..equals];
        if (equals >= 0 && (key.Length == 0 || path.Length == 0 || path.Contains('=', StringComparison.Ordinal)))
        {
            var problem = path.Contains('=', StringComparison.Ordinal) ? "key name or file path contains '='"
                : key.Length == 0 ? "missing key name for file path" : "missing file path for key name";
            context.Error(KustomizeProblemKind.Generator, source, $"Source \"{text}\": {problem}");
            return false;
        }

        if (ReadBytes(path, source) is not { } content)
        {
            return false;
        }

        var (bytes, value, sourceText) = content;
        result.Add(new KeyValue(key, source, value, bytes, sourceText, new TextSpan(0, sourceText.Content.Length)));
        return true;
    }

    private bool ReadEnv(YamlScalar path, ImmutableArray<KeyValue>.Builder result)
    {
        if (ReadBytes(path.Value, path) is not { } content)
        {
            return false;
        }

        if (content.Text is null)
        {
            context.Error(KustomizeProblemKind.Generator, path, $"The env file '{path.Value}' has invalid UTF-8 bytes");
            return false;
        }

        var text = content.Source.Content;
        for (var start = 0; start < text.Length;)
        {
            var lineBreak = text.IndexOf('\n', start);
            var next = lineBreak < 0 ? text.Length : lineBreak + 1;
            var end = lineBreak < 0 ? text.Length : lineBreak;
            if (end > start && text[end - 1] == '\r')
            {
                end--;
            }

            AddLine(path, content.Source, start, end, result);
            start = next;
        }

        return true;
    }

    private static void AddLine(YamlScalar path, SourceText source, int start, int end, ImmutableArray<KeyValue>.Builder result)
    {
        var text = source.Content;
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        if (start == end || text[start] == '#')
        {
            return;
        }

        var equals = text.IndexOf('=', start, end - start);
        var keyEnd = equals < 0 ? end : equals;
        var valueStart = equals < 0 ? end : equals + 1;
        if (keyEnd > start)
        {
            result.Add(new KeyValue(text[start..keyEnd], path, text[valueStart..end], null, source, TextSpan.FromBounds(valueStart, end)));
        }
    }

    private (byte[] Bytes, string? Text, SourceText Source)? ReadBytes(string path, YamlNode at)
    {
        if (RemotePath.IsRemote(path))
        {
            context.IsIncomplete = true;
            context.Note(KustomizeProblemKind.RemoteBase, at, $"The remote file '{path}' is not fetched");
            return null;
        }

        var absolute = file.Resolve(path);
        if (!context.Files.Source.FileExists(absolute))
        {
            // The key before the path stays.
            var written = at is YamlScalar { Value: var text } && text.EndsWith(path, StringComparison.Ordinal) ? text[..^path.Length] : "";
            var nearest = file.Nearest(path, context) is { } near ? written + near : null;
            context.Error(KustomizeProblemKind.MissingFile, at, $"No such file: '{context.Files.Display(absolute)}'", nearest);
            return null;
        }

        context.Read(absolute, file, at);
        try
        {
            var bytes = context.Files.Source.ReadAllBytes(absolute);
            try
            {
                // A UTF-16 file is no UTF-8 text to kustomize, although it can be read here.
                var source = context.Files.ReadText(absolute);
                var isUtf8 = !source.HasByteOrderMark || bytes is [0xEF, ..];
                return (bytes, isUtf8 ? (source.HasByteOrderMark ? "\uFEFF" : "") + source.Content : null, source);
            }
            catch (DecoderFallbackException)
            {
                return (bytes, null, new SourceText(context.Files.Display(absolute), ""));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            context.Error(KustomizeProblemKind.MissingFile, at, $"The file '{context.Files.Display(absolute)}' cannot be read: {error.Message}");
            return null;
        }
    }
}

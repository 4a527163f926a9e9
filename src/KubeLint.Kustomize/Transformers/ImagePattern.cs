using System.Buffers;
using System.Text.RegularExpressions;

namespace KubeLint.Kustomize.Transformers;

/// <summary>
/// Which images an entry of <c>images</c> means. kustomize takes its name for a regular expression, which must match the
/// whole image but for a tag and a digest.
/// </summary>
internal sealed class ImagePattern
{
    private static readonly SearchValues<char> TagCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.{}-");

    private readonly string name;
    private readonly Regex? expression;
    private readonly bool isInvalid;

    /// <summary>A pattern.</summary>
    public ImagePattern(string name)
    {
        this.name = name;
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or ':' or '.' or '@'))
        {
            try
            {
                expression = new Regex(
                    $"^{name}(:[a-zA-Z0-9_.{{}}-]*)?(@sha256:[a-zA-Z0-9_.{{}}-]*)?$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            }
            catch (Exception error) when (error is ArgumentException or NotSupportedException)
            {
                isInvalid = true;
            }
        }
    }

    /// <summary>Whether an image is meant.</summary>
    public bool Matches(string image)
    {
        if (expression is not null)
        {
            return expression.IsMatch(image);
        }

        // Nearly all names are plain: a dot stands for any character, all else for itself.
        if (isInvalid || image.Length < name.Length)
        {
            return false;
        }

        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != image[i] && (name[i] != '.' || image[i] == '\n'))
            {
                return false;
            }
        }

        var rest = image.AsSpan(name.Length);
        if (rest.StartsWith(":"))
        {
            var end = rest[1..].IndexOfAnyExcept(TagCharacters);
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        const string digest = "@sha256:";
        return rest.IsEmpty || (rest.StartsWith(digest) && rest[digest.Length..].IndexOfAnyExcept(TagCharacters) < 0);
    }

    /// <summary>An image's name, tag and digest; empty where there is none.</summary>
    public static (string Name, string Tag, string Digest) Split(string image)
    {
        // A colon before the first slash belongs to the registry's port.
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        var start = slash > 0 ? slash : 0;
        var at = image.IndexOf('@', start);
        var colon = image.IndexOf(':', start);
        if (at < 0)
        {
            return colon < 0 ? (image, "", "") : (image[..colon], image[(colon + 1)..], "");
        }

        return colon < 0 || at < colon ? (image[..at], "", image[(at + 1)..]) : (image[..colon], image[(colon + 1)..at], image[(at + 1)..]);
    }
}

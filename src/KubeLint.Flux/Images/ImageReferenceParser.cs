using System.Buffers;
using System.Diagnostics.CodeAnalysis;

using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>Reads references. Expressions are masked first, so that a colon or a slash inside them separates nothing.</summary>
internal static class ImageReferenceParser
{
    // Not part of any reference, and what the masked text holds instead of each code unit of an expression.
    private const char Mask = '\0';
    private const int MaxTagLength = 128;
    private const int MaxPathLength = 255;

    private static readonly SearchValues<char> TagCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");

    // go-digest refuses capitals (https://github.com/opencontainers/go-digest, algorithm.go).
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:");

    public static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? reference, out ImageReferenceError error)
    {
        reference = null;
        error = default;
        var masked = TemplateMask.Apply(text, Mask);
        if (FindForeign(masked) is { } foreign)
        {
            error = foreign;
            return false;
        }

        var at = masked.IndexOf('@');
        var digest = at < 0 ? ReferencePart.Absent(text.Length) : Part(text, masked, at + 1, text.Length);
        var named = at < 0 ? masked : masked[..at];
        var colon = named.LastIndexOf(':');
        colon = colon > named.LastIndexOf('/') ? colon : -1;
        var tag = colon < 0 ? ReferencePart.Absent(named.Length) : Part(text, masked, colon + 1, named.Length);
        var name = colon < 0 ? named : named[..colon];

        // A variable at the very end may bring what is not written: `nginx${TAG_SUFFIX}`, `app:${TAG_AND_DIGEST}`.
        if (colon < 0 && EndsUnknown(name))
        {
            tag = tag with { State = PartState.Unknown };
        }

        if (at < 0 && EndsUnknown(named))
        {
            digest = digest with { State = PartState.Unknown };
        }

        var slash = name.IndexOf('/');
        var first = slash < 0 ? default : name[..slash];
        var hasDomain = slash >= 0 && IsDomain(first);
        var mayBeAnything = slash < 0 && name.Length > 0 && name[0] == Mask;
        var domain = hasDomain ? Part(text, masked, 0, slash) : ReferencePart.Absent(0);
        domain = mayBeAnything ? domain with { State = PartState.Unknown } : domain;
        var pathStart = hasDomain ? slash + 1 : 0;
        var path = Part(text, masked, pathStart, name.Length);
        error = CheckDomain(first, hasDomain)
            ?? CheckPath(name[pathStart..], pathStart)
            ?? (colon < 0 ? null : CheckTag(named[(colon + 1)..], colon + 1))
            ?? (at < 0 ? null : CheckDigest(masked[(at + 1)..], at + 1))
            ?? default(ImageReferenceError);
        if (error.Message is not null)
        {
            return false;
        }

        reference = new ImageReference(text, domain, path, tag, digest);
        return true;
    }

    private static ReferencePart Part(string text, ReadOnlySpan<char> masked, int start, int end) =>
        new(masked[start..end].Contains(Mask) ? PartState.Unknown : PartState.Known, text[start..end], TextSpan.FromBounds(start, end));

    private static bool EndsUnknown(ReadOnlySpan<char> text) => text.Length > 0 && text[^1] == Mask;

    // As Docker's normalisation decides it: the rest of such names is a path on Docker Hub.
    private static bool IsDomain(ReadOnlySpan<char> first) =>
        first.ContainsAny('.', ':', Mask) || first is "localhost" || first.ContainsAnyInRange('A', 'Z');

    private static ImageReferenceError? FindForeign(ReadOnlySpan<char> masked)
    {
        if (masked.IsEmpty)
        {
            return new ImageReferenceError(0, "The image reference is empty");
        }

        var scheme = masked.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0 && !masked[..scheme].ContainsAnyExcept(TagCharacters))
        {
            return new ImageReferenceError(0, "An image reference has no scheme: write it without what stands before the host");
        }

        for (var i = 0; i < masked.Length; i++)
        {
            if (masked[i] != Mask && (char.IsWhiteSpace(masked[i]) || char.IsControl(masked[i])))
            {
                return new ImageReferenceError(i, "An image reference has no blanks");
            }
        }

        return masked.Length == 64 && !masked.ContainsAnyExcept(HexDigits)
            ? new ImageReferenceError(0, "64 hexadecimal digits are an image's id, not a reference")
            : null;
    }

    private static ImageReferenceError? CheckDomain(ReadOnlySpan<char> domain, bool hasDomain)
    {
        if (!hasDomain || domain.Contains(Mask))
        {
            return null;
        }

        var host = domain;
        if (domain[0] == '[')
        {
            var close = domain.IndexOf(']');
            if (close < 2 || domain[1..close].ContainsAnyExcept(AddressCharacters))
            {
                return new ImageReferenceError(0, "The IPv6 address of the registry is not complete");
            }

            host = domain[..(close + 1)];
        }
        else if (domain.IndexOf(':') is var separator && separator >= 0)
        {
            host = domain[..separator];
        }

        if (host.Length < domain.Length)
        {
            var port = domain[(host.Length + 1)..];
            if (domain[host.Length] != ':' || port.IsEmpty || port.ContainsAnyExceptInRange('0', '9'))
            {
                return new ImageReferenceError(host.Length, "The registry's port is a number");
            }
        }

        return domain[0] == '[' ? null : CheckHost(host);
    }

    private static ImageReferenceError? CheckHost(ReadOnlySpan<char> host)
    {
        var start = 0;
        while (start <= host.Length)
        {
            var dot = host[start..].IndexOf('.');
            var end = dot < 0 ? host.Length : start + dot;
            if (end == start)
            {
                return new ImageReferenceError(start, "The registry's host has an empty part");
            }

            for (var i = start; i < end; i++)
            {
                if (!char.IsAsciiLetterOrDigit(host[i]) && (host[i] != '-' || i == start || i == end - 1))
                {
                    return new ImageReferenceError(i, $"'{host[i]}' cannot stand here in the registry's host");
                }
            }

            start = end + 1;
        }

        return null;
    }

    private static ImageReferenceError? CheckPath(ReadOnlySpan<char> path, int origin)
    {
        if (path.IsEmpty)
        {
            return new ImageReferenceError(origin, "The image reference has no name");
        }

        if (path.Length > MaxPathLength)
        {
            return new ImageReferenceError(origin + MaxPathLength, $"The repository has more than {MaxPathLength} characters");
        }

        var start = 0;
        while (start <= path.Length)
        {
            var slash = path[start..].IndexOf('/');
            var end = slash < 0 ? path.Length : start + slash;
            if (CheckPathComponent(path[start..end], origin + start) is { } error)
            {
                return error;
            }

            start = end + 1;
        }

        return null;
    }

    private static ImageReferenceError? CheckPathComponent(ReadOnlySpan<char> component, int origin)
    {
        if (component.IsEmpty)
        {
            return new ImageReferenceError(origin, "The repository has an empty part");
        }

        for (var i = 0; i < component.Length; i++)
        {
            var c = component[i];
            if (c == Mask || char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            {
                continue;
            }

            if (char.IsAsciiLetterUpper(c))
            {
                return new ImageReferenceError(origin + i, "The repository must be in lower case");
            }

            if (c is not ('.' or '_' or '-'))
            {
                return new ImageReferenceError(origin + i, $"'{c}' cannot stand in a repository");
            }

            var run = component[i..].IndexOfAnyExcept('.', '_', '-');
            run = run < 0 ? component.Length - i : run;
            var separator = component.Slice(i, run);
            if (i == 0 || i + run == component.Length || !(run == 1 || separator is "__" || !separator.ContainsAnyExcept('-')))
            {
                return new ImageReferenceError(origin + i, $"'{separator}' cannot stand here in a repository: separators stand single between letters or digits");
            }

            i += run - 1;
        }

        return null;
    }

    private static ImageReferenceError? CheckTag(ReadOnlySpan<char> tag, int origin)
    {
        if (tag.IsEmpty)
        {
            return new ImageReferenceError(origin, "The tag is empty");
        }

        if (tag[0] is '.' or '-')
        {
            return new ImageReferenceError(origin, "A tag begins with a letter, a digit or an underscore");
        }

        for (var i = 0; i < tag.Length; i++)
        {
            if (tag[i] != Mask && !TagCharacters.Contains(tag[i]))
            {
                return new ImageReferenceError(origin + i, $"'{tag[i]}' cannot stand in a tag");
            }
        }

        return tag.Length > MaxTagLength && !tag.Contains(Mask)
            ? new ImageReferenceError(origin + MaxTagLength, $"The tag has more than {MaxTagLength} characters")
            : null;
    }

    private static ImageReferenceError? CheckDigest(ReadOnlySpan<char> digest, int origin)
    {
        if (digest.Contains(Mask))
        {
            return null;
        }

        var colon = digest.IndexOf(':');
        var length = colon < 0 ? 0 : digest[..colon] switch { "sha256" => 64, "sha384" => 96, "sha512" => 128, _ => 0 };
        if (length == 0)
        {
            return new ImageReferenceError(origin, "A digest begins with sha256:, sha384: or sha512:");
        }

        var hex = digest[(colon + 1)..];
        var odd = hex.IndexOfAnyExcept(HexDigits);
        if (odd >= 0)
        {
            return new ImageReferenceError(origin + colon + 1 + odd, "A digest is written in hexadecimal digits, letters in lower case");
        }

        return hex.Length == length
            ? null
            : new ImageReferenceError(origin, $"A {digest[..colon]} digest has {length} hexadecimal digits, not {hex.Length}");
    }
}

namespace KubeLint.Rules.Schema;

/// <summary>The forms of names in Kubernetes (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/, …/labels/).</summary>
internal static class ObjectNames
{
    private const int MaxLabel = 63;
    private const int MaxSubdomain = 253;

    /// <summary>What is wrong with a DNS label; null where nothing is.</summary>
    /// <param name="name">The name.</param>
    /// <param name="startsWithLetter">Whether it must begin with a letter, as a Service's must.</param>
    public static string? LabelError(string name, bool startsWithLetter = false)
    {
        if (name.Length > MaxLabel)
        {
            return $"has {name.Length} characters, and {MaxLabel} fit";
        }

        foreach (var c in name)
        {
            if (!IsLowerAlphanumeric(c) && c != '-')
            {
                return $"has the character '{c}': lower-case letters, digits and '-' are right";
            }
        }

        return name.Length == 0 ? "is empty" : name[0] == '-' || name[^1] == '-' ? "begins or ends with '-'"
            : startsWithLetter && char.IsAsciiDigit(name[0]) ? "must begin with a letter" : null;
    }

    /// <summary>What is wrong with a DNS subdomain; null where nothing is.</summary>
    public static string? SubdomainError(string name)
    {
        if (name.Length > MaxSubdomain)
        {
            return $"has {name.Length} characters, and {MaxSubdomain} fit";
        }

        foreach (var c in name)
        {
            if (!IsLowerAlphanumeric(c) && c is not ('-' or '.'))
            {
                return $"has the character '{c}': lower-case letters, digits, '-' and '.' are right";
            }
        }

        foreach (var part in name.Split('.'))
        {
            if (part.Length == 0 || part[0] == '-' || part[^1] == '-')
            {
                return name.Length == 0 ? "is empty" : "has a part between dots that is empty, or begins or ends with '-'";
            }
        }

        return null;
    }

    /// <summary>What is wrong with a name that is part of a path; null where nothing is.</summary>
    public static string? PathSegmentError(string name) =>
        name is "." or ".." ? "cannot be a dot or two" : name.AsSpan().IndexOfAny('/', '%') is >= 0 and var at ? $"cannot have the character '{name[at]}'" : name.Length == 0 ? "is empty" : null;

    /// <summary>What is wrong with the key of a label or an annotation; null where nothing is.</summary>
    public static string? KeyError(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var name = key[(slash + 1)..];
        if (slash >= 0 && SubdomainError(key[..slash].ToLowerInvariant()) is { } error)
        {
            return $"has a prefix that {error}";
        }

        if (name.Contains('/', StringComparison.Ordinal))
        {
            return "has more than one '/'";
        }

        return name.Length == 0 ? "has no name" : ValueError(name);
    }

    /// <summary>What is wrong with a label's value; null where nothing is.</summary>
    public static string? ValueError(string value)
    {
        if (value.Length > MaxLabel)
        {
            return $"has {value.Length} characters, and {MaxLabel} fit";
        }

        foreach (var c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return c == ' ' ? "has a space: letters, digits, '-', '_' and '.' are right" : $"has the character '{c}': letters, digits, '-', '_' and '.' are right";
            }
        }

        return value.Length > 0 && (!char.IsAsciiLetterOrDigit(value[0]) || !char.IsAsciiLetterOrDigit(value[^1])) ? "must begin and end with a letter or a digit" : null;
    }

    private static bool IsLowerAlphanumeric(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}

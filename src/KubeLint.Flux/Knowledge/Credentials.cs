using System.Buffers;

namespace KubeLint.Flux;

/// <summary>Tells credentials in plain text from names, references and placeholders. What it finds is never repeated.</summary>
public static class Credentials
{
    private const int LeastDifferentLetters = 8;

    // What each form begins with, how many letters follow at least, and what it is.
    private static readonly (string Prefix, int Letters, string What)[] Forms =
    [
        ("AGE-SECRET-KEY-1", 40, "a private age key"),
        ("ghp_", 36, "a GitHub token"),
        ("gho_", 36, "a GitHub token"),
        ("ghu_", 36, "a GitHub token"),
        ("ghs_", 36, "a GitHub token"),
        ("github_pat_", 40, "a GitHub token"),
        ("glpat-", 20, "a GitLab token"),
        ("xoxb-", 24, "a Slack token"),
        ("xoxp-", 24, "a Slack token"),
        ("hooks.slack.com/services/T", 20, "a Slack webhook's address"),
        ("discord.com/api/webhooks/", 60, "a Discord webhook's address"),
        ("AKIA", 16, "an AWS access key"),
        ("sk_live_", 20, "a Stripe key"),
        ("rk_live_", 20, "a Stripe key"),
        ("hvs.", 24, "a Vault token"),
        ("dop_v1_", 60, "a DigitalOcean token"),
        ("AIza", 35, "a Google API key"),
        ("npm_", 36, "an npm token"),
        ("tskey-auth-", 20, "a Tailscale key"),
        ("tskey-client-", 20, "a Tailscale key"),
        ("eyJhbGciOi", 60, "a signed token (JWT)"),
    ];

    private static readonly SearchValues<string> Marks = SearchValues.Create([.. Forms.Select(form => form.Prefix), "PRIVATE KEY-----"], StringComparison.Ordinal);

    private static readonly string[] SecretNames =
    [
        "password", "passwd", "passphrase", "pwd", "secretkey", "secretaccesskey", "clientsecret", "apikey", "apitoken", "authtoken", "accesstoken", "refreshtoken", "bottoken", "token",
        "privatekey", "encryptionkey", "signingkey", "jwtsecret", "sessionsecret", "cookiesecret", "webhooksecret",
    ];

    private static readonly string[] PublicNames =
    [
        "region", "url", "uri", "endpoint", "bucket", "username", "user", "host", "hostname", "address", "port", "email", "name", "type", "project", "database", "dbname", "repository", "insecure",
        "cacrt", "tlscrt", "cacert", "knownhosts", "identitypub", "pub", "namespace", "enabled", "path", "issuer", "domain", "zone", "ca", "crt", "cert", "provider", "server", "id", "schema", "authorizedkeys", "publickey", "fingerprint", "version", "schedule", "timezone", "level", "mode", "scheme", "protocol",
        "format", "interval", "timeout", "size", "count", "limit", "retention",
    ];

    private static readonly string[] PlaceholderWords =
        ["changeme", "change-me", "change_me", "example", "placeholder", "redacted", "dummy", "replace", "your-", "your_", "xxxx", "todo", "<", "***", "..."];

    /// <summary>What known form of credential stands in a text; null for none.</summary>
    public static string? FindForm(string text)
    {
        if (text.AsSpan().IndexOfAny(Marks) < 0)
        {
            return null;
        }

        if (FindPrivateKey(text))
        {
            return "a private key";
        }

        foreach (var (prefix, letters, what) in Forms)
        {
            for (var at = text.IndexOf(prefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(prefix, at + 1, StringComparison.Ordinal))
            {
                var isInWord = at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]);
                if (!isInWord && HasLetters(text.AsSpan(at + prefix.Length), letters))
                {
                    return what;
                }
            }
        }

        return null;
    }

    /// <summary>Whether any known form may stand in a text: cheap, to be asked first.</summary>
    public static bool MayHoldForm(string text) => text.AsSpan().IndexOfAny(Marks) >= 0;

    /// <summary>Whether a key's name says that its value is a credential.</summary>
    public static bool IsSecretName(string key) => EndsWithAny(key, SecretNames);

    /// <summary>Whether a key's name says that its value may be known to everybody.</summary>
    public static bool IsPublicName(string key) => !IsSecretName(key) && EndsWithAny(key, PublicNames);

    /// <summary>Whether a value stands for another one that comes from elsewhere: nothing, a variable, a template, a reference of a secrets' manager, encrypted.</summary>
    public static bool IsStandIn(string value)
    {
        var text = value.AsSpan().Trim();
        return text.IsEmpty
            || text.StartsWith("ENC[") || text.StartsWith("op://") || text.StartsWith("ref+") || text.StartsWith("vault:") || text.StartsWith("secretref+") || text.StartsWith("<path:")
            || text.Contains("${", StringComparison.Ordinal) || text.Contains("{{", StringComparison.Ordinal) || text.Contains("$(", StringComparison.Ordinal)
            || text.Contains("<<", StringComparison.Ordinal) || text.Contains("[[", StringComparison.Ordinal) || text.Contains("#{", StringComparison.Ordinal) || text.Contains("#%", StringComparison.Ordinal);
    }

    /// <summary>Whether a value looks like a credential that a person chose or a program made, not like a name, a word or a placeholder.</summary>
    public static bool LooksLikeCredential(string value)
    {
        const int Least = 8;
        const int Most = 256;
        if (value.Length is < Least or > Most || IsStandIn(value) || value.Contains(' ', StringComparison.Ordinal) || value[0] is '/' or '$' or '%' or '!' or '<' or '@' or '&' or '*')
        {
            return false;
        }

        if (value.Contains("://", StringComparison.Ordinal) || IsPlaceholder(value) || IsName(value))
        {
            return false;
        }

        return true;
    }

    /// <summary>Whether a value says itself that it is to be replaced.</summary>
    public static bool IsPlaceholder(string value) =>
        Array.Exists(PlaceholderWords, word => value.Contains(word, StringComparison.OrdinalIgnoreCase));

    // Words joined by dashes, dots or underscores, all of one case: the name of a Secret, a key, an environment variable, a file.
    private static bool IsName(string value)
    {
        var hasLower = false;
        var hasUpper = false;
        var digits = 0;
        foreach (var c in value)
        {
            hasLower |= char.IsAsciiLetterLower(c);
            hasUpper |= char.IsAsciiLetterUpper(c);
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_' or '/' or ':'))
            {
                return false;
            }
        }

        return hasLower != hasUpper && digits * 4 < value.Length;
    }

    private static bool FindPrivateKey(string text)
    {
        var end = text.IndexOf("PRIVATE KEY-----", StringComparison.Ordinal);
        if (end < 0 || text.LastIndexOf("-----BEGIN", end, StringComparison.Ordinal) < 0)
        {
            return false;
        }

        // Documentation shows the marks with dots between them.
        return HasLetters(text.AsSpan(end + "PRIVATE KEY-----".Length).TrimStart(" \t\r\n\\n"), 40);
    }

    private static bool HasLetters(ReadOnlySpan<char> text, int count)
    {
        var different = new HashSet<char>();
        var length = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.' or '+' or '/' or '='))
            {
                break;
            }

            different.Add(c);
            length++;
        }

        return length >= count && different.Count >= LeastDifferentLetters;
    }

    // Letters and digits alone count, whatever their case.
    private static bool EndsWithAny(string key, string[] names)
    {
        foreach (var name in names)
        {
            var left = name.Length;
            for (var at = key.Length - 1; at >= 0 && left > 0; at--)
            {
                var letter = key[at];
                if (!char.IsAsciiLetterOrDigit(letter))
                {
                    continue;
                }

                if (char.ToLowerInvariant(letter) != name[left - 1])
                {
                    break;
                }

                left--;
            }

            if (left == 0)
            {
                return true;
            }
        }

        return false;
    }
}

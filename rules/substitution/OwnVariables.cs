namespace KubeLint.Rules.Substitution;

/// <summary>Tells whether a text defines a variable itself.</summary>
internal static class OwnVariables
{
    /// <summary>What defines the variable, in words; null where nothing in the text does.</summary>
    public static string? Of(string text, string name)
    {
        if (text.Contains($"\"name\": \"{name}\"", StringComparison.Ordinal) || (name.StartsWith("__", StringComparison.Ordinal) && text.Contains("\"panels\"", StringComparison.Ordinal)))
        {
            return "the dashboard, which defines it,";
        }

        return IsSetByShell(text, name) ? "the script, which sets it itself," : null;
    }

    // NAME=…, for NAME in, read NAME: at the beginning of a word, and not from Flux's variable of the same name.
    private static bool IsSetByShell(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var end = at + name.Length;
            if ((at > 0 && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] is '_' or '$' or '{' or '-' or '.' or '/')) || end >= text.Length)
            {
                continue;
            }

            var before = text.AsSpan(0, at);
            var rest = text.AsSpan(end);
            if (rest[0] == '=')
            {
                var line = rest[1..];
                var stop = line.IndexOf('\n');
                line = stop < 0 ? line : line[..stop];
                var isOwnValue = line.Contains($"${{{name}}}", StringComparison.Ordinal) || line.Contains($"${{{name}:", StringComparison.Ordinal);
                var lead = before[(before.LastIndexOf('\n') + 1)..].Trim();
                if (!isOwnValue && lead is "" or "export" or "local" or "readonly" or "declare")
                {
                    return true;
                }
            }
            else if (rest.StartsWith(" in ") && before.EndsWith("for "))
            {
                return true;
            }
            else if (before.EndsWith("read ") || before.EndsWith("read -r "))
            {
                return true;
            }
        }

        return false;
    }
}

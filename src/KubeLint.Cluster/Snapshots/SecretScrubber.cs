using System.Text;

namespace KubeLint.Cluster.Snapshots;

/// <summary>
/// Takes the values of Secrets that were read out of any text before it is written: as they are, in base64 and as part of either.
/// The last line of defence; nothing is meant to reach it.
/// </summary>
public sealed class SecretScrubber
{
    private const int ShortestValue = 4;
    private const int ShortestLine = 8;
    private readonly HashSet<string> values = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Remembers a value. Very short ones are left out: they are in every text.</summary>
    public void Add(string? value)
    {
        if (value is null || value.Trim().Length < ShortestValue)
        {
            return;
        }

        lock (gate)
        {
            values.Add(value);
            values.Add(value.Trim());
            values.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(value)));
            values.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(value.Trim())));
        }
    }

    /// <summary>Remembers the lines of a value, and what stands behind a key in them: a program prints a part of a file rather than all of it.</summary>
    public void AddLines(string? text)
    {
        foreach (var line in (text ?? "").Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed.Length >= ShortestLine)
            {
                Add(trimmed);
            }

            var colon = trimmed.IndexOfAny([':', '=']);
            if (colon > 0 && trimmed[(colon + 1)..].Trim().Trim('"', '\'') is { Length: >= ShortestLine } part)
            {
                Add(part);
            }
        }
    }

    /// <summary>The text with every remembered value replaced.</summary>
    public string Scrub(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] all;
        lock (gate)
        {
            all = [.. values];
        }

        // The longest first, so that no rest of a longer value stays.
        Array.Sort(all, (left, right) => right.Length.CompareTo(left.Length));
        foreach (var value in all)
        {
            text = text.Replace(value, "***", StringComparison.Ordinal);
        }

        return text;
    }
}

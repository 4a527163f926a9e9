using System.Text;

namespace KubeLint.Cluster.Snapshots;

/// <summary>
/// Takes the values of Secrets that were read out of any text before it is written: as they are, in base64 and as part of either.
/// The last line of defence; nothing is meant to reach it.
/// </summary>
public sealed class SecretScrubber
{
    private const int ShortestValue = 4;
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

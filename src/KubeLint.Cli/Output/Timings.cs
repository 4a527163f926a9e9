using System.Globalization;

namespace KubeLint.Cli;

/// <summary>
/// Follows the phases of a run: says on a terminal what a long run is doing, and with <c>--verbose</c> how long each phase took.
/// </summary>
internal sealed class Timings : IDisposable
{
    // A run that is over before a person would wonder says nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CliHost host;
    private readonly bool isVerbose;
    private readonly long start;
    private readonly ITimer? timer;
    private readonly Lock gate = new();
    private string phase = "";
    private int shownLength;

    public Timings(CliHost host, bool isVerbose, bool isQuiet)
    {
        this.host = host;
        this.isVerbose = isVerbose;
        start = host.Clock.GetTimestamp();
        timer = host.IsErrorTerminal && !isQuiet ? host.Clock.CreateTimer(_ => Show(), null, Patience, Patience) : null;
    }

    /// <summary>Runs a phase.</summary>
    /// <param name="name">What is done, as <c>Reading files</c>.</param>
    /// <param name="work">The work.</param>
    /// <param name="detail">What the work came to, for <c>--verbose</c>.</param>
    public T Run<T>(string name, Func<T> work, Func<T, string> detail)
    {
        lock (gate)
        {
            phase = name;
        }

        var before = host.Clock.GetTimestamp();
        var result = work();
        if (isVerbose)
        {
            Clear();
            host.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {detail(result)} ({host.Clock.GetElapsedTime(before).TotalMilliseconds:F0} ms)"));
        }

        return result;
    }

    /// <summary>Tells details with <c>--verbose</c>.</summary>
    public void Tell(Func<IEnumerable<string>> lines)
    {
        if (isVerbose)
        {
            Clear();
            foreach (var line in lines())
            {
                host.Error.WriteLine(line);
            }
        }
    }

    /// <summary>Takes the progress line away.</summary>
    public void Dispose()
    {
        timer?.Dispose();
        Clear();
    }

    private void Show()
    {
        lock (gate)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{phase} … {host.Clock.GetElapsedTime(start).TotalSeconds:F0} s");
            host.Error.Write("\r" + line.PadRight(shownLength));
            shownLength = Math.Max(shownLength, line.Length);
        }
    }

    private void Clear()
    {
        lock (gate)
        {
            if (shownLength > 0)
            {
                host.Error.Write("\r" + new string(' ', shownLength) + "\r");
                shownLength = 0;
            }
        }
    }
}

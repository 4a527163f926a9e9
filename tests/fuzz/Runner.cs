using System.Diagnostics;
using System.Text;

namespace KubeLint.Fuzz;

/// <summary>Mutates the seeds of a target and runs it: no input may throw, take a second, or more memory than allowed.</summary>
internal static class Runner
{
    private const long MaxBytes = 512L * 1024 * 1024;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(1);

    private static readonly string[] Words =
    [
        "${", "}", "${A:-", "$$", "&a ", "*a", "<<: ", "!!str ", "---\n", "...\n", "\t", "\r\n", "\0", "\uFEFF", "\uD800", "😀", "'", "\"", "|-\n", ">+2\n", "? ", ": ", "- ", "[", "]",
        "{", "}", "#", ",", "null", "~", "0x1F", "1e999", "../..", "./", "*", "$patch: delete", "resources:", "kind: Component", "metadata: {name: x}", "apiVersion: v1\n", ":latest",
        "@sha256:", "/", "//", "?ref=", "https://x/y", "%%% a.yaml\n", "\n  ", "\n", "~1", "[name=x]", ".*", "(((((", "a{1,99999}", "\u0085", "\u2028",
    ];

    /// <summary>Runs a target.</summary>
    /// <returns>Whether every execution went well.</returns>
    public static bool Run(Target target, int executions, int seed)
    {
#pragma warning disable CA5394 // Repeatable, not secret.
        var random = new Random(seed);
        var pool = target.Seeds.ToList();
        var state = new State();
        using var watch = new Timer(_ => Watch(target, state), null, MaxTime, MaxTime / 4);
        var total = Stopwatch.StartNew();
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < executions; i++)
        {
            var input = Mutate(pool[random.Next(pool.Count)], pool, random);
            state.Begin(input);
            var before = Stopwatch.GetTimestamp();
            try
            {
                target.Run(input);
            }
#pragma warning disable CA1031 // Whatever it throws is what is looked for.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Console.Error.WriteLine($"{target.Name}: execution {i} of seed {seed} threw {error}");
                Keep(target, input);
                return false;
            }

            var time = Stopwatch.GetElapsedTime(before);
            slowest = time > slowest ? time : slowest;
            state.End();
            if (i % 1000 == 0 && Environment.WorkingSet > MaxBytes)
            {
                GC.Collect();
                if (GC.GetTotalMemory(forceFullCollection: true) > MaxBytes / 2)
                {
                    Console.Error.WriteLine($"{target.Name}: memory grew to {Environment.WorkingSet >> 20} MB");
                    Keep(target, input);
                    return false;
                }
            }

            // What has been reached is a better place to go on from than the seeds alone.
            if (random.Next(500) == 0 && input.Length < 8000)
            {
                if (pool.Count < 200)
                {
                    pool.Add(input);
                }
                else
                {
                    pool[random.Next(target.Seeds.Count, pool.Count)] = input;
                }
            }
        }
#pragma warning restore CA5394

        Console.WriteLine($"{target.Name}: {executions} executions in {total.Elapsed.TotalSeconds:F0} s, the slowest {slowest.TotalMilliseconds:F0} ms, {Environment.WorkingSet >> 20} MB");
        return true;
    }

#pragma warning disable CA5394
    private static string Mutate(string text, List<string> pool, Random random)
    {
        var result = new StringBuilder(text);
        for (var rounds = 1 + random.Next(6); rounds > 0; rounds--)
        {
            var at = random.Next(result.Length + 1);
            switch (random.Next(7))
            {
                case 0:
                    result.Insert(at, Words[random.Next(Words.Length)]);
                    break;
                case 1 when at < result.Length:
                    result.Remove(at, Math.Min(result.Length - at, 1 + random.Next(12)));
                    break;
                case 2 when at < result.Length:
                    result[at] = (char)random.Next(random.Next(8) == 0 ? 0x10000 : 0x80);
                    break;
                case 3 when at < result.Length:
                    // A part again, sometimes many times.
                    var part = result.ToString(at, Math.Min(result.Length - at, 1 + random.Next(60)));
                    result.Insert(random.Next(result.Length), string.Concat(Enumerable.Repeat(part, random.Next(10) == 0 ? 40 : 1)));
                    break;
                case 4:
                    var other = pool[random.Next(pool.Count)];
                    var from = random.Next(other.Length);
                    result.Insert(at, other.AsSpan(from, Math.Min(other.Length - from, random.Next(200))));
                    break;
                case 5 when at < result.Length:
                    // A line deeper or less deep.
                    var line = result.ToString().LastIndexOf('\n', Math.Max(0, at - 1)) + 1;
                    if (random.Next(2) == 0)
                    {
                        result.Insert(line, "  ");
                    }
                    else if (line < result.Length && result[line] == ' ')
                    {
                        result.Remove(line, 1);
                    }

                    break;
                default:
                    break;
            }
        }

        const int MaxLength = 20_000;
        return result.Length > MaxLength ? result.ToString(0, MaxLength) : result.ToString();
    }
#pragma warning restore CA5394

    // From another thread: what hangs cannot end itself.
    private static void Watch(Target target, State state)
    {
        if (state.Current is not { } current || Stopwatch.GetElapsedTime(current.Start) < MaxTime || Process.GetCurrentProcess().TotalProcessorTime - current.Processor < MaxTime)
        {
            return;
        }

        Console.Error.WriteLine($"{target.Name}: an execution has taken {Stopwatch.GetElapsedTime(current.Start).TotalSeconds:F1} s");
        Keep(target, current.Input);
        Environment.Exit(1);
    }

    private static void Keep(Target target, string input)
    {
        var path = Path.GetFullPath($"fuzz-{target.Name}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(input)))[..12]}.txt");
        File.WriteAllText(path, input);
        Console.Error.WriteLine($"kept as {path}: KubeLint.Fuzz replay {target.Name} {path}");
    }

    private sealed class State
    {
        private volatile Execution? current;

        public Execution? Current => current;

        public void Begin(string input) => current = new Execution(input, Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);

        public void End() => current = null;
    }

    private sealed record Execution(string Input, long Start, TimeSpan Processor);
}

using System.Globalization;

using KubeLint.Fuzz;

using SharpFuzz;

// run [TARGET|all] [EXECUTIONS] [SEED]: mutates seeds in this process; ends with 1 at the first crash, hang or excess.
// replay TARGET FILE: runs one input, such as one that `run` kept.
// afl TARGET: one input from standard input, for afl-fuzz, with the assemblies instrumented by the sharpfuzz tool.
switch (args)
{
    case ["run", .. var rest]:
        var name = rest is [var first, ..] ? first : "all";
        var executions = rest is [_, var second, ..] ? int.Parse(second, CultureInfo.InvariantCulture) : 1_000_000;
        var seed = rest is [_, _, var third, ..] ? int.Parse(third, CultureInfo.InvariantCulture) : 1;
        var chosen = Targets.All.Where(target => name == "all" || target.Name == name).ToList();
        if (chosen.Count == 0)
        {
            Console.Error.WriteLine($"there is no target '{name}'; there are {string.Join(", ", Targets.All.Select(target => target.Name))}");
            return 2;
        }

        foreach (var target in chosen)
        {
            if (!Runner.Run(target, executions / chosen.Count, seed))
            {
                return 1;
            }
        }

        return 0;
    case ["replay", var target, var file]:
        Targets.Find(target).Run(File.ReadAllText(file));
        return 0;
    case ["afl", var target]:
        Fuzzer.OutOfProcess.Run(Targets.Find(target).Run);
        return 0;
    default:
        Console.Error.WriteLine("usage: KubeLint.Fuzz run [TARGET|all] [EXECUTIONS] [SEED] | replay TARGET FILE | afl TARGET");
        return 2;
}

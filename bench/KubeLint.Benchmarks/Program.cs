using System.Globalization;

using BenchmarkDotNet.Running;

using KubeLint.Benchmarks;

if (args is ["generate", var folder, var apps, .. var rest])
{
    // A whole repository of a given size, for bench/e2e.sh: generate FOLDER APPS [SEED]
    var seed = rest is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
    Monorepo.Write(folder, int.Parse(apps, CultureInfo.InvariantCulture), seed);
    return;
}

if (args is ["lsp", var server, var repository, var file, .. var more])
{
    // Each keystroke against a server, best the native one: lsp PROGRAM FOLDER FILE [KEYSTROKES]
#pragma warning disable RS0030 // A program for the terminal.
    EditorLatency.Measure(server, repository, file, more is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 1000, Console.Out);
#pragma warning restore RS0030
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Corpora).Assembly).Run(args);

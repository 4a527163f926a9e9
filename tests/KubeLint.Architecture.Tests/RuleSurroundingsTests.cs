using System.Reflection;

using KubeLint.Rules;
using KubeLint.Testing;

using NetArchTest.Rules;

namespace KubeLint.Architecture.Tests;

/// <summary>Rules see what they are given: no file system, clock, console, process or network.</summary>
public sealed class RuleSurroundingsTests
{
    private static readonly string[] Banned =
    [
        "System.IO.File",
        "System.IO.FileInfo",
        "System.IO.FileStream",
        "System.IO.Directory",
        "System.IO.DirectoryInfo",
        "System.Console",
        "System.DateTime",
        "System.DateTimeOffset",
        "System.TimeProvider",
        "System.Diagnostics.Process",
        "System.Diagnostics.Stopwatch",
        "System.Net.Dns",
        "System.Net.Http",
        "System.Net.Sockets",
        "System.Net.WebClient",
        "System.Random",
        "System.Reflection.Emit",
        "KubeLint.Yaml.DiskFileSource",
    ];

    [Fact]
    public void Rules_see_no_file_system_clock_console_or_network() => Offenders(typeof(BuiltInRules).Assembly).ShouldBeEmpty();

    // Each iterator asks the environment for its thread, so this is read in the sources.
    [Fact]
    public void Rules_see_no_environment() =>
        Directory.EnumerateFiles(Path.Combine(TestPaths.Root, "rules"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && File.ReadLines(path).Any(line => line.Contains(" Environment.", StringComparison.Ordinal) || line.Contains("System.Environment", StringComparison.Ordinal) || line.Contains("(Environment.", StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void A_class_that_reads_a_file_is_seen() => Offenders(typeof(RuleSurroundingsTests).Assembly).ShouldContain(typeof(Reader).FullName);

    private static IEnumerable<string?> Offenders(Assembly assembly) =>
        Types.InAssembly(assembly).That().HaveDependencyOnAny(Banned).GetTypes().Select(type => type.FullName);

    private static class Reader
    {
        public static string Read(string path) => File.ReadAllText(path);
    }
}

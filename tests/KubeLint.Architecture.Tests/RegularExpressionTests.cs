using System.Text.RegularExpressions;

using KubeLint.Testing;

namespace KubeLint.Architecture.Tests;

/// <summary>A pattern or a text of a repository must not be able to stop a run: no expression backtracks.</summary>
public sealed partial class RegularExpressionTests
{
    [Fact]
    public void No_regular_expression_backtracks()
    {
        var files = new[] { "src", "rules" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(TestPaths.Root, folder), "*.cs", SearchOption.AllDirectories));

        files.Where(path => !path.Contains("/obj/", StringComparison.Ordinal)).SelectMany(path => Offenders(File.ReadAllText(path)).Select(line => $"{Path.GetRelativePath(TestPaths.Root, path)}: {line}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("var x = new Regex(pattern);", 1)]
    [InlineData("if (Regex.IsMatch(text, \"a+\"))", 1)]
    [InlineData("[GeneratedRegex(\"a\")]", 1)]
    [InlineData("new Regex(\n  pattern,\n  RegexOptions.NonBacktracking);", 0)]
    [InlineData("Regex.Escape(text);", 0)]
    public void One_that_may_is_seen(string source, int count) => Offenders(source).Count().ShouldBe(count);

    private static IEnumerable<string> Offenders(string source) =>
        Use().Matches(source).Select(match => match.Value).Where(use => !use.Contains("NonBacktracking", StringComparison.Ordinal));

    // Up to the end of the statement; an attribute's is that of the method below it.
    [GeneratedRegex(@"(new Regex|Regex\.(IsMatch|Match|Matches|Replace|Split|Count|EnumerateMatches)|GeneratedRegex)\([^;]*", RegexOptions.NonBacktracking)]
    private static partial Regex Use();
}

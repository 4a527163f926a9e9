using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

using CommandLine;

namespace KubeLint.Cli;

/// <summary>A command of the tool: its options and what runs.</summary>
internal abstract class Verb
{
    // What the options' class must keep in a trimmed program: CommandLineParser makes it and reads its attributes.
    protected const DynamicallyAccessedMemberTypes Kept = DynamicallyAccessedMemberTypes.All;

    // Reading the options of all verbs would be a third of the program's start.
    private readonly Lazy<ImmutableArray<VerbOption>> options;

    protected Verb(string name, string summary, Func<ImmutableArray<VerbOption>> readOptions, ImmutableArray<string> examples)
    {
        Name = name;
        Summary = summary;
        options = new Lazy<ImmutableArray<VerbOption>>(readOptions);
        Examples = examples;
    }

    /// <summary>The word that a user writes.</summary>
    public string Name { get; }

    /// <summary>What it does, in one line.</summary>
    public string Summary { get; }

    /// <summary>Its options.</summary>
    public ImmutableArray<VerbOption> Options => options.Value;

    /// <summary>Command lines that show its use.</summary>
    public ImmutableArray<string> Examples { get; }

    /// <summary>Makes a verb of an options class and the method that runs it.</summary>
    /// <param name="name">The word that a user writes.</param>
    /// <param name="summary">What it does, in one line without a final stop.</param>
    /// <param name="run">Runs it.</param>
    /// <param name="examples">Command lines that show its use.</param>
    public static Verb Create<[DynamicallyAccessedMembers(Kept)] TOptions>(
        string name,
        string summary,
        Func<TOptions, CliHost, CancellationToken, Task<int>> run,
        params ImmutableArray<string> examples)
        where TOptions : class, new() =>
        new Typed<TOptions>(name, summary, examples, run);

    /// <summary>Runs the command.</summary>
    /// <param name="parser">Reads the arguments.</param>
    /// <param name="arguments">What stands behind the verb.</param>
    /// <param name="fail">Makes the exception to throw of what is wrong with the arguments.</param>
    /// <param name="host">The world around it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    public abstract Task<int> RunAsync(
        Parser parser, IEnumerable<string> arguments, Func<IEnumerable<Error>, UsageException> fail, CliHost host, CancellationToken cancellationToken);

    private sealed class Typed<[DynamicallyAccessedMembers(Kept)] TOptions>(
        string name,
        string summary,
        ImmutableArray<string> examples,
        Func<TOptions, CliHost, CancellationToken, Task<int>> run) : Verb(name, summary, ReadOptions, examples)
        where TOptions : class, new()
    {
        // The library's own verbs would read the attributes of the class several times.
        public override Task<int> RunAsync(
            Parser parser, IEnumerable<string> arguments, Func<IEnumerable<Error>, UsageException> fail, CliHost host, CancellationToken cancellationToken) =>
            parser.ParseArguments(static () => new TOptions(), arguments).MapResult(options => run(options, host, cancellationToken), errors => throw fail(errors));

        private static ImmutableArray<VerbOption> ReadOptions() =>
            [.. typeof(TOptions).GetProperties().Select(property => VerbOption.From(property)).OfType<VerbOption>()];
    }
}

/// <summary>An option of a verb, or the values that stand without a name.</summary>
/// <param name="LongName">The long name without dashes; empty for the values.</param>
/// <param name="ShortName">The letter; null where there is none.</param>
/// <param name="TakesValue">Whether a value follows; otherwise it is a switch.</param>
/// <param name="IsRepeatable">Whether it may occur several times, one value each.</param>
/// <param name="MetaValue">What the value is called in the help.</param>
/// <param name="HelpText">What it does.</param>
internal sealed record VerbOption(string LongName, char? ShortName, bool TakesValue, bool IsRepeatable, string MetaValue, string HelpText)
{
    public static VerbOption? From(PropertyInfo property)
    {
        var isRepeatable = property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(System.Collections.IEnumerable));
        if (property.GetCustomAttribute<OptionAttribute>() is { } option)
        {
            var shortName = option.ShortName is { Length: 1 } letter ? letter[0] : (char?)null;
            return new VerbOption(option.LongName, shortName, property.PropertyType != typeof(bool), isRepeatable, option.MetaValue, option.HelpText);
        }

        return property.GetCustomAttribute<ValueAttribute>() is { } value ? new VerbOption("", null, true, isRepeatable, value.MetaName, value.HelpText) : null;
    }
}

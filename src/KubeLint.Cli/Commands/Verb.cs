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

    protected Verb(Type optionsType, VerbAttribute attribute, Func<ImmutableArray<VerbOption>> readOptions, ImmutableArray<string> examples)
    {
        OptionsType = optionsType;
        Name = attribute.Name;
        Summary = attribute.HelpText;
        options = new Lazy<ImmutableArray<VerbOption>>(readOptions);
        Examples = examples;
    }

    /// <summary>The word that a user writes.</summary>
    public string Name { get; }

    /// <summary>What it does, in one line.</summary>
    public string Summary { get; }

    /// <summary>The class that CommandLineParser fills.</summary>
    public Type OptionsType { get; }

    /// <summary>Its options.</summary>
    public ImmutableArray<VerbOption> Options => options.Value;

    /// <summary>Command lines that show its use.</summary>
    public ImmutableArray<string> Examples { get; }

    /// <summary>Makes a verb of an options class, which has a <see cref="VerbAttribute"/>, and the method that runs it.</summary>
    public static Verb Create<[DynamicallyAccessedMembers(Kept)] TOptions>(
        Func<TOptions, CliHost, CancellationToken, Task<int>> run,
        params ImmutableArray<string> examples)
        where TOptions : class =>
        new Typed<TOptions>(typeof(TOptions).GetCustomAttribute<VerbAttribute>()!, examples, run);

    /// <summary>Runs the command.</summary>
    /// <param name="options">What CommandLineParser made of the arguments.</param>
    /// <param name="host">The world around it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    public abstract Task<int> RunAsync(object options, CliHost host, CancellationToken cancellationToken);

    private sealed class Typed<[DynamicallyAccessedMembers(Kept)] TOptions>(
        VerbAttribute attribute,
        ImmutableArray<string> examples,
        Func<TOptions, CliHost, CancellationToken, Task<int>> run) : Verb(typeof(TOptions), attribute, ReadOptions, examples)
        where TOptions : class
    {
        public override Task<int> RunAsync(object options, CliHost host, CancellationToken cancellationToken) =>
            run((TOptions)options, host, cancellationToken);

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

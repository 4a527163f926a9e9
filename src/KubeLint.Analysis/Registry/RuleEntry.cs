using System.Collections.Immutable;

namespace KubeLint.Analysis;

/// <summary>A rule as the registry knows it: its descriptor, its options and how to make one.</summary>
public sealed class RuleEntry
{
    private readonly Func<OptionReader, Rule> create;

    private RuleEntry(Func<OptionReader, Rule> create, ImmutableArray<OptionInfo> options)
    {
        this.create = create;
        Options = options;
        Descriptor = create(OptionReader.Empty).Descriptor;
    }

    /// <summary>What is known of the rule without running it.</summary>
    public RuleDescriptor Descriptor { get; }

    /// <summary>Its options, in the order of the record.</summary>
    public ImmutableArray<OptionInfo> Options { get; }

    /// <summary>An entry for a rule without options.</summary>
    /// <param name="create">Makes the rule.</param>
    public static RuleEntry Of(Func<Rule> create) => new(_ => create(), []);

    /// <summary>An entry for a rule with options.</summary>
    /// <param name="create">Makes the rule with its options.</param>
    /// <param name="bind">Reads the options.</param>
    /// <param name="options">What the options are.</param>
    public static RuleEntry Of<TOptions>(Func<TOptions, Rule> create, Func<OptionReader, TOptions> bind, ImmutableArray<OptionInfo> options) =>
        new(reader => create(bind(reader)), options);

    /// <summary>Makes the rule with the options that the reader gives.</summary>
    /// <param name="options">The configured options; <see cref="OptionReader.Empty"/> for the defaults.</param>
    public Rule Create(OptionReader options) => create(options);

    /// <summary>The default of each option, as text, in the order of <see cref="Options"/>.</summary>
    public ImmutableArray<EffectiveValue> Defaults()
    {
        var values = new List<EffectiveValue>();
        create(new OptionReader("", [], [], values));
        return [.. values];
    }
}

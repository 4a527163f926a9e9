using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>What a rule's callback sees and how it reports. Valid during the call only.</summary>
public abstract class RuleContext
{
    // A value can be made in many steps; the nearest ones are told.
    private const int MaxOrigins = 16;

    private readonly ReportSink sink;
    private readonly RunState run;

    private protected RuleContext(ReportSink sink, RunState run)
    {
        this.sink = sink;
        this.run = run;
    }

    /// <summary>The repository.</summary>
    public RepositoryModel Model => run.Model;

    /// <summary>What is configured of the repository, for all rules alike.</summary>
    public RepositorySettings Settings => run.Settings;

    /// <summary>The absolute folder to which the paths of <see cref="Settings"/> are relative.</summary>
    public string SettingsDirectory => run.SettingsDirectory ?? Model.Workspace.BaseDirectory;

    /// <summary>JSON Schemas that were fetched before the run, by absolute address.</summary>
    public ImmutableDictionary<string, string> FetchedSchemas => run.FetchedSchemas;

    /// <summary>
    /// A value that several rules, or one rule's many calls, need: made by the first that asks, once in a run, and used from several threads.
    /// It depends on nothing but the repository and its settings.
    /// </summary>
    /// <typeparam name="T">The value's type, which names it.</typeparam>
    /// <param name="make">Makes the value.</param>
    public T Shared<T>(Func<RepositoryModel, RepositorySettings, T> make)
        where T : class => run.Shared(make);

    /// <summary>The same for a value that needs more of what the run was given, which is the same in all contexts of a run.</summary>
    /// <typeparam name="T">The value's type, which names it.</typeparam>
    /// <param name="make">Makes the value; a static one costs nothing where the value is there.</param>
    public T Shared<T>(Func<RuleContext, T> make)
        where T : class => run.Find<T>() ?? MakeShared(make);

    /// <summary>Ends the run; a callback that may work long looks at it.</summary>
    public CancellationToken CancellationToken => run.CancellationToken;

    /// <summary>Where reports go.</summary>
    internal ReportSink Sink => sink;

    /// <summary>The object that a report is about where none is given.</summary>
    private protected virtual ObjectId? Subject => null;

    /// <summary>The place that the callback looks at.</summary>
    internal abstract Location Place { get; }

    /// <summary>
    /// Reports a finding at a node. It points where a person wrote the node: the patch that set it, the field that made it,
    /// the outer file of a text inside a scalar.
    /// </summary>
    /// <param name="at">The node at fault; as small as possible.</param>
    /// <param name="message">What is wrong: one sentence without a final stop, naming the thing.</param>
    /// <param name="help">What to write instead; null where the rule's page says all there is.</param>
    /// <param name="related">Places that explain it.</param>
    /// <param name="fixes">Ways to mend it, the best first.</param>
    /// <param name="about">The object it is about; null for the one that the callback was called with.</param>
    public void Report(
        YamlNode at,
        string message,
        string? help = null,
        ImmutableArray<RelatedLocation> related = default,
        ImmutableArray<Fix> fixes = default,
        ObjectId? about = null) => sink.Add(at.Location, message, help, related, fixes, about ?? Subject, OriginsOf(at));

    /// <summary>Reports a finding at a place. See <see cref="Report(YamlNode, string, string?, ImmutableArray{RelatedLocation}, ImmutableArray{Fix}, ObjectId?)"/>.</summary>
    public void Report(
        Location at,
        string message,
        string? help = null,
        ImmutableArray<RelatedLocation> related = default,
        ImmutableArray<Fix> fixes = default,
        ObjectId? about = null) =>
        sink.Add(at, message, help, related, fixes, about ?? Subject, []);

    // Apart, so that nothing is made where the value is there.
    private T MakeShared<T>(Func<RuleContext, T> make)
        where T : class => run.Shared((_, _) => make(this));

    private static ImmutableArray<Location> OriginsOf(YamlNode node)
    {
        if (node.Derivation is null)
        {
            return [];
        }

        var result = ImmutableArray.CreateBuilder<Location>();
        var rest = new Stack<YamlNode>([node]);
        while (rest.TryPop(out var next) && result.Count < MaxOrigins)
        {
            if (!ReferenceEquals(next, node))
            {
                result.Add(next.Location);
            }

            foreach (var input in next.Derivation?.Inputs ?? [])
            {
                rest.Push(input);
            }

            if (next.Derivation?.Replaced is { } replaced)
            {
                rest.Push(replaced);
            }
        }

        return result.ToImmutable();
    }
}

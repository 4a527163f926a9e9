using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>An object as a cluster gets it.</summary>
public sealed class ObjectContext : RuleContext
{
    private object? value;
    private List<object>? others;

    internal ObjectContext(ReportSink sink, RunState run, KubernetesObject item)
        : base(sink, run) => Object = item;

    /// <summary>The object.</summary>
    public KubernetesObject Object { get; }

    /// <summary>A value that several rules need of the object: made by the first that asks.</summary>
    /// <typeparam name="T">The value's type, which names it.</typeparam>
    /// <param name="make">Makes the value, of nothing but the object and what the run is given.</param>
    public T Once<T>(Func<ObjectContext, T> make)
        where T : class
    {
        if (value is T known)
        {
            return known;
        }

        if (others is not null && others.Find(other => other is T) is T other)
        {
            return other;
        }

        var made = make(this);
        if (value is null)
        {
            value = made;
        }
        else
        {
            (others ??= []).Add(made);
        }

        return made;
    }

    private protected override ObjectId? Subject => Object.Id;

    internal override Location Place => Object.Root.Location;
}

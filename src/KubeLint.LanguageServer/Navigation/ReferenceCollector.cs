using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Navigation;

/// <summary>Collects targets, each place once, and the references to them.</summary>
internal sealed class ReferenceCollector
{
    private readonly Dictionary<Place, Target> targets = [];
    private readonly Dictionary<(Place At, Place Target), Reference> references = [];

    /// <summary>An index of what was collected.</summary>
    public ReferenceIndex ToIndex() => new(targets.Values, references.Values);

    /// <summary>Takes an object; null where it has no name.</summary>
    public Target? Add(KubernetesObject item)
    {
        if (item.Root.Get("metadata", "name") is not { } name)
        {
            return null;
        }

        var at = name.Written().Location;
        var target = targets.TryGetValue(Place.Of(at), out var known) ? known : new Target(TargetKind.Object, at, item.Root.Location);
        if (target.Kind == TargetKind.Object && !target.Objects.Any(other => ReferenceEquals(other, item)))
        {
            target = target with { Objects = target.Objects.Add(item) };
            targets[target.Place] = target;
        }

        return target;
    }

    /// <summary>Takes a variable.</summary>
    public Target AddVariable(YamlEntry entry) => AddOther(new Target(TargetKind.Variable, entry.Key.Location, Around(entry.Key.Location, entry.Value.Location)));

    /// <summary>Takes a file.</summary>
    public Target AddFile(SourceText text) => AddOther(new Target(TargetKind.File, new Location(text, default), new Location(text, default)));

    /// <summary>Takes a reference.</summary>
    public void Add(Reference reference) => references.TryAdd((Place.Of(reference.At), reference.Target.Place), reference);

    private Target AddOther(Target target)
    {
        if (targets.TryGetValue(target.Place, out var known))
        {
            return known;
        }

        targets.Add(target.Place, target);
        return target;
    }

    private static Location Around(Location key, Location value) =>
        key.Text == value.Text && value.Span.Start >= key.Span.Start ? key with { Span = TextSpan.FromBounds(key.Span.Start, Math.Max(key.Span.End, value.Span.End)) } : key;
}

namespace KubeLint.LanguageServer.Navigation;

/// <summary>Every reference of a repository, from both ends. Immutable once it is made.</summary>
internal sealed class ReferenceIndex
{
    private readonly Dictionary<string, List<Reference>> byFile = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Target>> targetsByFile = new(StringComparer.Ordinal);
    private readonly Dictionary<Place, List<Reference>> byTarget = [];

    /// <summary>An index.</summary>
    /// <param name="targets">All objects and variables, and the files that something names.</param>
    /// <param name="references">The references to them.</param>
    public ReferenceIndex(IEnumerable<Target> targets, IEnumerable<Reference> references)
    {
        foreach (var target in targets)
        {
            Add(targetsByFile, target.Place.Path, target);
        }

        foreach (var reference in references)
        {
            Add(byFile, reference.At.Text.Root.Path, reference);
            Add(byTarget, reference.Target.Place, reference);
        }

        foreach (var list in byFile.Values)
        {
            list.Sort(static (left, right) => left.At.Span.Start.CompareTo(right.At.Span.Start));
        }
    }

    /// <summary>The references in a file, in order.</summary>
    /// <param name="path">The shown path.</param>
    public IReadOnlyList<Reference> InFile(string path) => byFile.TryGetValue(path, out var list) ? list : [];

    /// <summary>The references at an offset of a file; several where clusters differ.</summary>
    public IReadOnlyList<Reference> At(string path, int offset) => [.. InFile(path).Where(reference => reference.At.Span.Touches(offset))];

    /// <summary>The object or variable that is made at an offset of a file; null where none is.</summary>
    public Target? TargetAt(string path, int offset)
    {
        foreach (var target in targetsByFile.GetValueOrDefault(path, []))
        {
            var span = target.Kind == TargetKind.Variable ? target.Whole.Span : target.Name.Span;
            if (target.Kind != TargetKind.File && span.Touches(offset))
            {
                return target;
            }
        }

        return null;
    }

    /// <summary>A file that something names; null where nothing does.</summary>
    public Target? File(string path) => targetsByFile.GetValueOrDefault(path, []).Find(target => target.Kind == TargetKind.File);

    /// <summary>All objects and variables, and the files that something names.</summary>
    public IEnumerable<Target> Targets => targetsByFile.Values.SelectMany(list => list);

    /// <summary>The references to a target.</summary>
    public IReadOnlyList<Reference> To(Target target) => byTarget.TryGetValue(target.Place, out var list) ? list : [];

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key, TValue value)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        list.Add(value);
    }
}

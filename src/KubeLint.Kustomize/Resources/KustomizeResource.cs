using KubeLint.Kustomize.Origins;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Resources;

/// <summary>
/// A resource on its way through a build: its tree, which the transformers replace, and the books that kustomize keeps
/// about it in annotations that never reach the result.
/// </summary>
internal sealed class KustomizeResource
{
    private YamlMapping? root;
    private ResourceId currentId;
    private bool isIdRead;

    // What the id's group and version were read from: it hardly ever changes with the tree.
    private string? apiVersion;
    private List<(string Kind, string Name, string Namespace)>? previous;
    private List<string>? prefixes;
    private List<string>? suffixes;
    private List<string>? variables;

    /// <summary>A resource with a tree.</summary>
    public KustomizeResource(YamlMapping root)
    {
        this.root = root;
        Source = root;
    }

    /// <summary>The tree as it was loaded or generated: where problems with the resource are shown.</summary>
    public YamlNode Source { get; }

    /// <summary>The tree; null once a patch has deleted it.</summary>
    public YamlMapping? Root
    {
        get => root;
        set
        {
            root = value;
            isIdRead = false;
        }
    }

    /// <summary>Whether a patch has deleted the resource, or left nothing of it.</summary>
    public bool IsEmpty => root is null || root.Entries.IsEmpty;

    /// <summary>Whether the name gets a hash of the content at the end.</summary>
    public bool NeedsHashSuffix { get; set; }

    /// <summary>How the resource meets one that is already there, where it was generated.</summary>
    public GenerationBehavior Behavior { get; set; }

    /// <summary>Where the resource came from, where the build keeps it.</summary>
    public ResourceOrigin? Origin { get; set; }

    /// <summary>What changed the resource, where the build keeps it.</summary>
    public List<ResourceOrigin>? Transformations { get; set; }

    /// <summary>The prefixes that the name has got, in order.</summary>
    public IReadOnlyList<string> Prefixes => prefixes ?? (IReadOnlyList<string>)[];

    /// <summary>The suffixes that the name has got, in order.</summary>
    public IReadOnlyList<string> Suffixes => suffixes ?? (IReadOnlyList<string>)[];

    /// <summary>The names of the variables that read a field of this resource.</summary>
    public IReadOnlyList<string> Variables => variables ?? (IReadOnlyList<string>)[];

    /// <summary>Whether the resource ever had another name, namespace or kind on record.</summary>
    public bool HasPreviousIds => previous is not null;

    /// <summary>Whether kustomize has books about the resource, which it keeps in the resource's annotations.</summary>
    public bool HasBooks => HasPreviousIds || prefixes is not null || suffixes is not null || NeedsHashSuffix
        || Behavior != GenerationBehavior.Unspecified || Origin is not null || Transformations is not null;

    /// <summary>The type, name and namespace now.</summary>
    public ResourceId CurrentId
    {
        get
        {
            if (!isIdRead)
            {
                currentId = ReadId();
                isIdRead = true;
            }

            return currentId;
        }
    }

    /// <summary>The type, name and namespace at first.</summary>
    public ResourceId OriginalId => previous is null ? CurrentId : PreviousAt(0);

    /// <summary>The kind now.</summary>
    public string Kind => CurrentId.Type.Kind;

    /// <summary>The name now.</summary>
    public string Name => CurrentId.Name;

    /// <summary>The namespace now, as written.</summary>
    public string Namespace => CurrentId.Namespace;

    /// <summary>How many earlier ids are on record.</summary>
    public int PreviousCount => previous?.Count ?? 0;

    /// <summary>The metadata mapping; null where there is none.</summary>
    public YamlMapping? Metadata => root is null ? null : Tree.Get(root, "metadata") as YamlMapping;

    /// <summary>An earlier id. kustomize records kind, name and namespace; group and version are those of now.</summary>
    public ResourceId PreviousAt(int index)
    {
        var (kind, name, ns) = previous![index];
        return new ResourceId(CurrentId.Type with { Kind = kind }, name, ns);
    }

    /// <summary>Records the present id before a change.</summary>
    public void StorePreviousId()
    {
        var id = CurrentId;
        (previous ??= new(1)).Add((id.Type.Kind, id.Name, id.EffectiveNamespace));
    }

    /// <summary>Whether the present id or an earlier one is meant.</summary>
    public bool MatchesAnyId(Func<ResourceId, bool> matches)
    {
        for (var i = 0; i < PreviousCount; i++)
        {
            if (matches(PreviousAt(i)))
            {
                return true;
            }
        }

        return matches(CurrentId);
    }

    /// <summary>Whether the present id or an earlier one is this one.</summary>
    public bool HasOrHadId(ResourceId id)
    {
        for (var i = 0; i < PreviousCount; i++)
        {
            if (id.Matches(PreviousAt(i)))
            {
                return true;
            }
        }

        return id.Matches(CurrentId);
    }

    /// <summary>Whether an earlier id is of a type.</summary>
    public bool WasOfType(GroupVersionKind selector)
    {
        for (var i = 0; i < PreviousCount; i++)
        {
            if (PreviousAt(i).Type.IsSelectedBy(selector))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Records a prefix of the name.</summary>
    public void AddPrefix(string prefix)
    {
        if (prefix.Length > 0)
        {
            (prefixes ??= []).Add(prefix);
        }
    }

    /// <summary>Records a suffix of the name.</summary>
    public void AddSuffix(string suffix)
    {
        if (suffix.Length > 0)
        {
            (suffixes ??= []).Add(suffix);
        }
    }

    /// <summary>Records that a variable reads a field of this resource.</summary>
    public void AddVariable(string name) => (variables ??= []).Add(name);

    /// <summary>Takes the books of the resource whose place this one takes.</summary>
    public void TakeBooksOf(KustomizeResource other)
    {
        previous = other.previous is null ? null : [.. other.previous];
        prefixes = other.prefixes is null ? null : [.. other.prefixes];
        suffixes = other.suffixes is null ? null : [.. other.suffixes];
        variables = other.variables is null ? null : [.. other.variables];
    }

    /// <summary>Forgets all books, as kustomize does when a patch removes all annotations: it keeps them there.</summary>
    public void ClearBooks()
    {
        previous = null;
        prefixes = null;
        suffixes = null;
        NeedsHashSuffix = false;
        Behavior = GenerationBehavior.Unspecified;
        Origin = null;
        Transformations = null;
    }

    /// <summary>Sets the name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="at">The field that made it.</param>
    /// <param name="by">The field's name.</param>
    public void SetName(string name, YamlNode at, string by) => SetMetadata("name", name, at, by);

    /// <summary>Sets the namespace, or removes it where it is empty.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="at">The field that made it.</param>
    /// <param name="by">The field's name.</param>
    public void SetNamespace(string ns, YamlNode at, string by)
    {
        if (ns.Length > 0)
        {
            SetMetadata("namespace", ns, at, by);
        }
        else if (Metadata is { } metadata)
        {
            SetMetadata(Tree.Remove(metadata, "namespace"), at, by);
        }
    }

    /// <summary>Sets the metadata mapping.</summary>
    public void SetMetadata(YamlMapping metadata, YamlNode at, string by)
    {
        if (root is not null && !ReferenceEquals(Metadata, metadata))
        {
            Root = Metadata is null && Tree.IndexOf(root, "metadata") < 0
                ? Tree.Add(root, "metadata", metadata, by)
                : Tree.Set(root, "metadata", metadata, by);
        }
    }

    private void SetMetadata(string key, string value, YamlNode at, string by)
    {
        if (root is null)
        {
            return;
        }

        var metadata = Metadata ?? Tree.ComputedMapping(at, by, []);
        var old = Tree.Get(metadata, key);
        var scalar = Tree.Overwrite(old, at, value, by, old is YamlScalar ? null : YamlTags.String);
        if (!ReferenceEquals(old, scalar))
        {
            SetMetadata(Tree.Set(metadata, key, scalar, by), at, by);
        }
    }

    private ResourceId ReadId()
    {
        if (root is null)
        {
            apiVersion = null;
            return default;
        }

        var (version, kind, metadata) = (TextOf("apiVersion"), TextOf("kind"), Metadata);
        var type = version == apiVersion ? currentId.Type with { Kind = kind } : GroupVersionKind.From(version, kind);
        apiVersion = version;
        return new ResourceId(type, Tree.Text(metadata, "name"), Tree.Text(metadata, "namespace"));
    }

    private string TextOf(string key) => Tree.Get(root!, key) is YamlScalar scalar ? scalar.Value : "";
}

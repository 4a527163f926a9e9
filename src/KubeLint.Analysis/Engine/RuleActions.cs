using System.Collections.Immutable;

namespace KubeLint.Analysis;

/// <summary>The callbacks of all rules by what they are called for.</summary>
internal sealed class RuleActions
{
    private static readonly List<(RuleInstance, Action<ObjectContext>)> None = [];

    private readonly List<(RuleInstance, Action<FileContext>)> files = [];
    private readonly List<(RuleInstance, Action<DocumentContext>)> documents = [];
    private readonly List<(RuleInstance, Action<ObjectContext>)> anyObject = [];
    private readonly Dictionary<(string Group, string Kind), List<(RuleInstance, Action<ObjectContext>)>> objects = [];
    private readonly List<(RuleInstance, Action<ImageContext>)> images = [];
    private readonly List<(RuleInstance, Action<RepositoryContext>)> repository = [];
    private readonly List<(RuleInstance, Action<KustomizationContext>)> kustomizations = [];
    private readonly List<(RuleInstance, Action<HelmReleaseContext>)> releases = [];
    private readonly List<(RuleInstance, Action<GraphContext>)> graphs = [];
    private readonly List<(RuleInstance, Action<ChangeContext>)> changes = [];
    private readonly List<(RuleInstance, Action<LiveContext>)> live = [];
    private readonly bool isLive;

    public RuleActions(ImmutableArray<RuleInstance> instances, bool isLive)
    {
        this.isLive = isLive;
        foreach (var instance in instances)
        {
            instance.Rule.Register(new Registrar(this, instance));
        }
    }

    public ModelParts Parts { get; private set; }

    public List<(RuleInstance Source, Action<FileContext> Run)> Files => files;

    public List<(RuleInstance Source, Action<DocumentContext> Run)> Documents => documents;

    public List<(RuleInstance Source, Action<ObjectContext> Run)> AnyObject => anyObject;

    public List<(RuleInstance Source, Action<ImageContext> Run)> Images => images;

    public List<(RuleInstance Source, Action<RepositoryContext> Run)> Repository => repository;

    public List<(RuleInstance Source, Action<KustomizationContext> Run)> Kustomizations => kustomizations;

    public List<(RuleInstance Source, Action<HelmReleaseContext> Run)> Releases => releases;

    public List<(RuleInstance Source, Action<GraphContext> Run)> Graphs => graphs;

    public List<(RuleInstance Source, Action<ChangeContext> Run)> Changes => changes;

    public List<(RuleInstance Source, Action<LiveContext> Run)> Live => live;

    public List<(RuleInstance Source, Action<ObjectContext> Run)> ObjectsOf(string group, string kind) =>
        objects.TryGetValue((group, kind), out var found) ? found : None;

    private sealed class Registrar(RuleActions owner, RuleInstance instance) : IRuleRegistrar
    {
        private const ModelParts Everywhere = ModelParts.Files | ModelParts.Objects;

        public void File(Action<FileContext> run) => Add(ModelParts.Files, owner.files, run);

        public void Document(Action<DocumentContext> run) => Add(ModelParts.Files, owner.documents, run);

        public void Object(Action<ObjectContext> run) => Add(ModelParts.Objects, owner.anyObject, run);

        public void Object(string group, string kind, Action<ObjectContext> run)
        {
            if (!owner.objects.TryGetValue((group, kind), out var list))
            {
                owner.objects.Add((group, kind), list = []);
            }

            Add(ModelParts.Objects, list, run);
        }

        public void Image(Action<ImageContext> run) => Add(Everywhere, owner.images, run);

        public void Kustomization(Action<KustomizationContext> run) => Add(ModelParts.Objects, owner.kustomizations, run);

        public void HelmRelease(Action<HelmReleaseContext> run) => Add(ModelParts.Objects, owner.releases, run);

        public void Graph(Action<GraphContext> run) => Add(ModelParts.Objects, owner.graphs, run);

        public void Change(Action<ChangeContext> run) => Add(ModelParts.Changes, owner.changes, run);

        public void Repository(Action<RepositoryContext> run) => Add(Everywhere, owner.repository, run);

        public void Live(Action<LiveContext> run)
        {
            if (owner.isLive)
            {
                Add(ModelParts.Objects, owner.live, run);
            }
        }

        private void Add<TContext>(ModelParts parts, List<(RuleInstance, Action<TContext>)> list, Action<TContext> run)
        {
            owner.Parts |= parts;
            list.Add((instance, run));
        }
    }
}

using System.Collections.Immutable;

namespace KubeLint.Analysis;

/// <summary>The callbacks of all rules by what they are called for.</summary>
internal sealed class RuleActions
{
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

    public IReadOnlyList<(RuleInstance Source, Action<FileContext> Run)> Files => files;

    public IReadOnlyList<(RuleInstance Source, Action<DocumentContext> Run)> Documents => documents;

    public IReadOnlyList<(RuleInstance Source, Action<ObjectContext> Run)> AnyObject => anyObject;

    public IReadOnlyList<(RuleInstance Source, Action<ImageContext> Run)> Images => images;

    public IReadOnlyList<(RuleInstance Source, Action<RepositoryContext> Run)> Repository => repository;

    public IReadOnlyList<(RuleInstance Source, Action<KustomizationContext> Run)> Kustomizations => kustomizations;

    public IReadOnlyList<(RuleInstance Source, Action<HelmReleaseContext> Run)> Releases => releases;

    public IReadOnlyList<(RuleInstance Source, Action<GraphContext> Run)> Graphs => graphs;

    public IReadOnlyList<(RuleInstance Source, Action<ChangeContext> Run)> Changes => changes;

    public IReadOnlyList<(RuleInstance Source, Action<LiveContext> Run)> Live => live;

    public IReadOnlyList<(RuleInstance Source, Action<ObjectContext> Run)> ObjectsOf(string group, string kind) =>
        objects.TryGetValue((group, kind), out var found) ? found : [];

    private sealed class Registrar(RuleActions owner, RuleInstance instance) : IRuleRegistrar
    {
        public void File(Action<FileContext> run)
        {
            owner.Parts |= ModelParts.Files;
            owner.files.Add((instance, run));
        }

        public void Document(Action<DocumentContext> run)
        {
            owner.Parts |= ModelParts.Files;
            owner.documents.Add((instance, run));
        }

        public void Object(Action<ObjectContext> run)
        {
            owner.Parts |= ModelParts.Objects;
            owner.anyObject.Add((instance, run));
        }

        public void Object(string group, string kind, Action<ObjectContext> run)
        {
            owner.Parts |= ModelParts.Objects;
            if (!owner.objects.TryGetValue((group, kind), out var list))
            {
                owner.objects.Add((group, kind), list = []);
            }

            list.Add((instance, run));
        }

        public void Image(Action<ImageContext> run)
        {
            owner.Parts |= ModelParts.Files | ModelParts.Objects;
            owner.images.Add((instance, run));
        }

        public void Kustomization(Action<KustomizationContext> run)
        {
            owner.Parts |= ModelParts.Objects;
            owner.kustomizations.Add((instance, run));
        }

        public void HelmRelease(Action<HelmReleaseContext> run)
        {
            owner.Parts |= ModelParts.Objects;
            owner.releases.Add((instance, run));
        }

        public void Graph(Action<GraphContext> run)
        {
            owner.Parts |= ModelParts.Objects;
            owner.graphs.Add((instance, run));
        }

        public void Change(Action<ChangeContext> run)
        {
            owner.Parts |= ModelParts.Changes;
            owner.changes.Add((instance, run));
        }

        public void Repository(Action<RepositoryContext> run)
        {
            owner.Parts |= ModelParts.Files | ModelParts.Objects;
            owner.repository.Add((instance, run));
        }

        public void Live(Action<LiveContext> run)
        {
            if (owner.isLive)
            {
                owner.Parts |= ModelParts.Objects;
                owner.live.Add((instance, run));
            }
        }
    }
}

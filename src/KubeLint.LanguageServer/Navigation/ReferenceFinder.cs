using KubeLint.Flux;
using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Navigation;

/// <summary>Finds every reference of a repository as its clusters resolve it; what no cluster gets is resolved as it is written.</summary>
internal static class ReferenceFinder
{
    /// <summary>The references of a repository.</summary>
    public static ReferenceIndex Find(RepositoryModel model)
    {
        var collector = new ReferenceCollector();
        foreach (var item in model.Objects)
        {
            collector.Add(item);
        }

        foreach (var cluster in model.Clusters)
        {
            AddCluster(model.Workspace.Files, cluster, collector);
        }

        AddAsWritten(model, collector);
        FileReferences.Add(model, collector);
        return collector.ToIndex();
    }

    private static void AddCluster(YamlFileCache files, FluxCluster cluster, ReferenceCollector collector)
    {
        var seen = new HashSet<KubernetesObject>();
        foreach (var kustomization in cluster.Kustomizations)
        {
            collector.Add(kustomization.Object);
            AddReferences(cluster, kustomization.Object, collector, seen);
            AddVariables(cluster, kustomization, collector);
            foreach (var effective in kustomization.AllObjects())
            {
                collector.Add(effective.Object);
                AddReferences(cluster, effective.Object, collector, seen);
            }

            PatchReferences.Add(files, kustomization, collector);
        }

        // The values of a chart that is known make pods, too.
        foreach (var pod in cluster.Workloads.All)
        {
            if (pod.IsFromChart)
            {
                foreach (var reference in PodReferences.Of(pod))
                {
                    AddTo(cluster, pod.Owner, reference.At, new ObjectId("", reference.Kind, pod.Namespace ?? "default", reference.Name), collector);
                }
            }
        }
    }

    private static void AddReferences(FluxCluster cluster, KubernetesObject item, ReferenceCollector collector, HashSet<KubernetesObject> seen)
    {
        if (seen.Add(item))
        {
            foreach (var reference in ReferenceFields.In(item))
            {
                AddTo(cluster, item, reference.At, reference.Id, collector);
            }
        }
    }

    private static void AddTo(FluxCluster cluster, KubernetesObject owner, YamlNode at, ObjectId id, ReferenceCollector collector)
    {
        var written = at.Written();
        var isOfFlux = FluxGroups.OfKind(owner.Kind) == owner.Group;
        var producers = cluster.Knowledge.ProducersOf(id.Group, id.Kind, id.Namespace, id.Name);
        foreach (var producer in producers)
        {
            if (collector.Add(producer.Object) is { } target)
            {
                collector.Add(new Reference(written, written.Location, target) { Id = id, IsOfFlux = isOfFlux });
            }
        }

        if (!producers.IsEmpty)
        {
            return;
        }

        foreach (var kustomization in cluster.Kustomizations)
        {
            if (kustomization.Id == id && collector.Add(kustomization.Object) is { } target)
            {
                collector.Add(new Reference(written, written.Location, target) { Id = id, IsOfFlux = isOfFlux });
                return;
            }
        }

        var existence = cluster.Knowledge.Find(id.Group, id.Kind, id.Namespace, id.Name, owner);
        if (existence is { By: UnseenMaker.Generator or UnseenMaker.ByHand or UnseenMaker.ResourceSet or UnseenMaker.Bootstrap, Maker: { } maker } && collector.Add(maker) is { } made)
        {
            collector.Add(new Reference(written, written.Location, made) { Id = id, IsOfFlux = isOfFlux, IsToMaker = existence.By != UnseenMaker.ByHand });
        }
    }

    private static void AddVariables(FluxCluster cluster, FluxKustomization kustomization, ReferenceCollector collector)
    {
        if (kustomization.Variables is not { } variables || kustomization.Object.Root.Get("spec", "postBuild") is not YamlMapping postBuild)
        {
            return;
        }

        var definitions = new Dictionary<Place, Target>();
        Define(postBuild["substitute"]);
        foreach (var reference in postBuild["substituteFrom"]?.AsSequence()?.Items ?? [])
        {
            if (reference.GetString("kind") is { } kind && reference.GetString("name") is { } name
                && cluster.Find("", kind, kustomization.Id.Namespace, name)?.Object is { } data)
            {
                Define(data.Root["data"]);
                Define(data.Root["stringData"]);
            }
        }

        foreach (var use in kustomization.VariableUses)
        {
            if (use.Variable?.Definition is { } definition && definitions.TryGetValue(PlaceOf(definition), out var target))
            {
                collector.Add(new Reference(use.Scalar, use.Where, target));
            }
        }

        void Define(YamlNode? node)
        {
            foreach (var entry in node?.AsMapping()?.EffectiveEntries() ?? [])
            {
                // A key that a generator made stands at the generator.
                if (variables.Find(entry.Name ?? "") is { } variable && variable.Definition is { } definition && PlaceOf(definition) == PlaceOf(entry.Value.Resolved))
                {
                    definitions[PlaceOf(definition)] = collector.AddVariable(new YamlEntry(entry.Key.Written(), entry.Value.Written()));
                }
            }
        }

        static Place PlaceOf(YamlNode node) => Place.Of(node.Written().Location);
    }

    private static void AddAsWritten(RepositoryModel model, ReferenceCollector collector)
    {
        var items = model.Clusters.IsEmpty ? model.Objects : [.. model.UnreachedFiles.SelectMany(file => file.Objects)];
        if (items.IsEmpty)
        {
            return;
        }

        var byName = model.Objects.ToLookup(item => (item.Group, item.Kind, item.Name));
        foreach (var item in items)
        {
            foreach (var reference in ReferenceFields.In(item))
            {
                var id = reference.Id;
                var named = byName[(id.Group, id.Kind, id.Name)].ToList();
                var near = named.FindAll(other => other.Namespace is null || other.Namespace == id.Namespace || item.Namespace is null);
                foreach (var other in near.Count > 0 ? near : [])
                {
                    if (collector.Add(other) is { } target)
                    {
                        var written = reference.At.Written();
                        var isOfFlux = FluxGroups.OfKind(item.Kind) == item.Group;
                        collector.Add(new Reference(written, written.Location, target) { Id = id, IsOfFlux = isOfFlux });
                    }
                }
            }
        }
    }
}

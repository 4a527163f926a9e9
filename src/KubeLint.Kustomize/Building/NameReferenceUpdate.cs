using System.Collections.Immutable;

using KubeLint.Kustomize.FieldSpecs;
using KubeLint.Kustomize.Output;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Building;

/// <summary>
/// Makes fields that name other resources follow those whose names or namespaces have changed
/// (https://github.com/kubernetes-sigs/kustomize, api/filters/nameref).
/// </summary>
internal sealed class NameReferenceUpdate
{
    private readonly TransformerConfiguration configuration;
    private readonly BuildContext context;
    private readonly ResourceMap resources;
    private Dictionary<string, List<KustomizeResource>>? byPreviousName;

    /// <summary>An update of all resources.</summary>
    public NameReferenceUpdate(TransformerConfiguration configuration, ResourceMap resources, BuildContext context)
    {
        this.configuration = configuration;
        this.resources = resources;
        this.context = context;
    }

    // By all their earlier names. Most resources refer to nothing, so that no one asks.
    private Dictionary<string, List<KustomizeResource>> ByPreviousName => byPreviousName ??= IndexPreviousNames();

    /// <summary>Updates all names.</summary>
    public void Run()
    {
        ReportBlankNamespaces();

        // Only what has had another name, or namespace, can be named by it.
        if (!resources.Items.Any(resource => resource.HasPreviousIds))
        {
            return;
        }

        foreach (var referrer in resources)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var type = referrer.OriginalId.Type;
            Setter? setter = null;
            foreach (var (target, field) in configuration.ReferencesOf(type.Kind))
            {
                if (type.IsSelectedBy(field.Type))
                {
                    setter ??= new Setter(this, referrer);
                    setter.Update(target, field);
                }
            }
        }
    }

    private Dictionary<string, List<KustomizeResource>> IndexPreviousNames()
    {
        var index = new Dictionary<string, List<KustomizeResource>>(StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            for (var i = 0; i < resource.PreviousCount; i++)
            {
                var name = resource.PreviousAt(i).Name;
                if (!index.TryGetValue(name, out var list))
                {
                    index[name] = list = [];
                }

                if (list.Count == 0 || !ReferenceEquals(list[^1], resource))
                {
                    list.Add(resource);
                }
            }
        }

        return index;
    }

    // kustomize asks for these namespaces before it looks for names.
    private void ReportBlankNamespaces()
    {
        foreach (var resource in resources)
        {
            if (resource.Kind != "RoleBinding" || Tree.Get(resource.Root!, "subjects") is not YamlSequence subjects)
            {
                continue;
            }

            foreach (var subject in subjects.Items.OfType<YamlMapping>())
            {
                if (Tree.Text(subject, "kind") == "ServiceAccount" && Tree.Get(subject, "namespace") is { } ns
                    && !(ns is YamlScalar scalar && ScalarResolver.Resolve(scalar).Type == YamlScalarType.String))
                {
                    context.Error(
                        KustomizeProblemKind.InvalidResource, ns, $"Invalid Input: namespace is blank for resource \"{resource.CurrentId}\"");
                }
            }
        }
    }

    private sealed class Setter : FieldEdit
    {
        private readonly NameReferenceUpdate update;
        private readonly KustomizeResource referrer;
        private readonly ResourceId referrerId;
        private readonly bool isClusterScoped;
        private HashSet<string>? subjectNamespaces;
        private GroupVersionKind target;
        private string path = "";

        public Setter(NameReferenceUpdate update, KustomizeResource referrer)
            : base(update.context, referrer.Source, "nameReference", FieldCreation.None)
        {
            this.update = update;
            this.referrer = referrer;
            referrerId = referrer.CurrentId;
            isClusterScoped = referrerId.IsClusterScoped;
        }

        public void Update(GroupVersionKind named, FieldSpec field)
        {
            target = named;
            path = field.Path;

            // The field was chosen by the type that the referrer had at first; now it is looked for in what it has become.
            Apply(referrer, field.Type == referrerId.Type || referrerId.Type.IsSelectedBy(field.Type) ? field : field.For(referrerId.Type));
        }

        protected override YamlNode Edit(YamlNode node, FieldSpec spec)
        {
            switch (node)
            {
                case YamlScalar { IsNull: true }:
                    return node;
                case YamlScalar scalar:
                    return EditScalar(scalar);
                case YamlMapping mapping:
                    return EditMapping(mapping, spec);
                case YamlSequence sequence:
                    ImmutableArray<YamlNode>.Builder? items = null;
                    for (var i = 0; i < sequence.Items.Length; i++)
                    {
                        var item = sequence.Items[i];
                        var after = item is YamlSequence ? Fail(item, spec, "expected either a string or a mapping") : Edit(item, spec);
                        if (!ReferenceEquals(item, after))
                        {
                            items ??= sequence.Items.ToBuilder();
                            items[i] = after;
                        }
                    }

                    return items is null ? sequence : sequence.With(items.MoveToImmutable());
                default:
                    return node;
            }
        }

        private YamlScalar EditScalar(YamlScalar scalar)
        {
            var referral = Select(scalar, scalar.Value, isMapping: false, null);
            return referral is null || referral.Name == scalar.Value
                ? scalar
                : Tree.Overwrite(scalar, ResourceMap.NameNode(referral), referral.Name, By, null);
        }

        private YamlMapping EditMapping(YamlMapping mapping, FieldSpec spec)
        {
            if (Tree.Get(mapping, "name") is not { } nameNode)
            {
                Fail(mapping, spec, "there is no 'name' field in it");
                return mapping;
            }

            var name = nameNode is YamlScalar scalar ? scalar.Value : "";
            var ns = Tree.Get(mapping, "namespace");
            var referral = Select(nameNode, name, isMapping: true, ns is YamlScalar nsScalar ? nsScalar.Value : ns is null ? null : "");
            if (referral is null || (referral.Name == name && referral.Namespace.Length == 0))
            {
                return mapping;
            }

            var result = Set(mapping, "name", referral.Name, ResourceMap.NameNode(referral));
            return referral.Namespace.Length == 0
                ? result
                : Set(result, "namespace", referral.Namespace, Tree.Get(referral.Metadata!, "namespace") ?? ResourceMap.NameNode(referral));
        }

        private YamlMapping Set(YamlMapping mapping, string key, string value, YamlNode at)
        {
            var old = Tree.Get(mapping, key);
            var after = Tree.Overwrite(old, at, value, By, old is null ? YamlTags.String : null);
            return ReferenceEquals(old, after) ? mapping : Tree.Set(mapping, key, after, By);
        }

        // The resource that a name means; null where there is none, or, with the problem noted, more than one.
        private KustomizeResource? Select(YamlNode at, string name, bool isMapping, string? ns)
        {
            if (!update.ByPreviousName.TryGetValue(name, out var named))
            {
                return null;
            }

            var candidates = named.FindAll(IsCandidate);
            if (ns is not null)
            {
                candidates = InNamespace(candidates, ns);
            }

            if (candidates.Count != 1)
            {
                candidates = candidates.FindAll(candidate => HasSameAffixes(candidate, allowsEmpty: true));
                if (candidates.Count > 1)
                {
                    candidates = candidates.FindAll(candidate => HasSameAffixes(candidate, allowsEmpty: false));
                }
            }

            if (candidates.Count <= 1 || AreIdentical(candidates, withNamespace: isMapping))
            {
                return candidates.Count == 0 ? null : candidates[0];
            }

            Context.Error(
                KustomizeProblemKind.AmbiguousReference,
                at,
                $"Found multiple possible referrals: {string.Join(", ", candidates.Select(candidate => candidate.CurrentId.ToString()))}");
            return null;
        }

        // A candidate may be seen by the referrer, is of the type that is named, and lies in the referrer's namespace.
        private bool IsCandidate(KustomizeResource candidate)
        {
            var id = candidate.CurrentId;
            if (!isClusterScoped && !id.IsClusterScoped && id.EffectiveNamespace != referrerId.EffectiveNamespace
                && (!SubjectNamespaces().Contains(candidate.Namespace) || candidate.Kind != "ServiceAccount"))
            {
                return false;
            }

            return candidate.WasOfType(target) && (!path.EndsWith("roleRef/name", StringComparison.Ordinal) || IsRoleMeant(candidate));
        }

        private bool IsRoleMeant(KustomizeResource candidate)
        {
            if (Tree.Get(referrer.Root!, "roleRef") is not YamlMapping role
                || Tree.Get(role, "apiGroup") is not YamlScalar group || Tree.Get(role, "kind") is not YamlScalar kind)
            {
                return true;
            }

            return candidate.WasOfType(new GroupVersionKind(group.Value, "", kind.Value));
        }

        // The namespaces that a RoleBinding's service accounts name: those may lie elsewhere.
        private HashSet<string> SubjectNamespaces()
        {
            if (subjectNamespaces is not null)
            {
                return subjectNamespaces;
            }

            subjectNamespaces = new HashSet<string>(StringComparer.Ordinal);
            if (referrer.Kind == "RoleBinding" && Tree.Get(referrer.Root!, "subjects") is YamlSequence subjects)
            {
                foreach (var subject in subjects.Items.OfType<YamlMapping>())
                {
                    if (Tree.Text(subject, "kind") == "ServiceAccount" && Tree.Get(subject, "namespace") is YamlScalar ns)
                    {
                        subjectNamespaces.Add(ns.Value);
                    }
                }
            }

            return subjectNamespaces;
        }

        // Those whose first namespace is named, else those whose present one is: decided by all that the referrer may see.
        private List<KustomizeResource> InNamespace(List<KustomizeResource> candidates, string ns)
        {
            var anyOriginal = update.resources.Items.Any(item => MaySee(item) && item.OriginalId.EffectiveNamespace == ns);
            return ns == ResourceId.NoNamespace ? []
                : candidates.FindAll(candidate => (anyOriginal ? candidate.OriginalId : candidate.CurrentId).EffectiveNamespace == ns);
        }

        private bool MaySee(KustomizeResource candidate)
        {
            var id = candidate.CurrentId;
            return isClusterScoped || id.IsClusterScoped || id.EffectiveNamespace == referrerId.EffectiveNamespace
                || SubjectNamespaces().Contains(candidate.Namespace);
        }

        private bool HasSameAffixes(KustomizeResource candidate, bool allowsEmpty) =>
            HasSameEnding(candidate.Prefixes, referrer.Prefixes, allowsEmpty) && HasSameEnding(candidate.Suffixes, referrer.Suffixes, allowsEmpty);

        private static bool HasSameEnding(IReadOnlyList<string> left, IReadOnlyList<string> right, bool allowsEmpty)
        {
            if (left.Count == 0 || right.Count == 0)
            {
                return allowsEmpty || left.Count == right.Count;
            }

            for (var i = 1; i <= Math.Min(left.Count, right.Count); i++)
            {
                if (left[^i] != right[^i])
                {
                    return false;
                }
            }

            return true;
        }

        private static bool AreIdentical(List<KustomizeResource> candidates, bool withNamespace) =>
            candidates.TrueForAll(candidate => candidate.Name == candidates[0].Name && (!withNamespace || candidate.Namespace == candidates[0].Namespace));
    }
}

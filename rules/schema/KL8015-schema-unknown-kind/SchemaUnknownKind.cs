using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>Reports kinds and versions that groups of Kubernetes and of Flux do not have.</summary>
public sealed class SchemaUnknownKind : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8015", "schema-unknown-kind", "The API group has no such kind or version", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/reference/kubernetes-api/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(static context =>
    {
        var item = context.Object;
        if (SchemaRun.Of(context).Definitions.Find(item) is { } definition)
        {
            var served = CustomDefinitions.Served(definition);
            if (!served.IsEmpty && !served.Contains(item.Version) && item.Root["apiVersion"] is { IsUnknown: false } unserved)
            {
                context.Report(
                    unserved,
                    $"The CRD of {item.Kind} serves no version {item.Version}: the object cannot be applied",
                    $"Write `{item.Group}/{served[^1]}`",
                    [new RelatedLocation((definition.Root.Get("spec", "versions") ?? definition.Root).Location.FirstLine(), "The versions are here")]);
            }

            return;
        }

        var kinds = KnownKinds.Of(context);
        if (kinds.Contains(item.ApiVersion, item.Kind) || !kinds.IsWhole(item.Group) || KnownElsewhere(item)
            || item.Root["apiVersion"] is not YamlScalar { IsUnknown: false } version || item.Root["kind"] is not YamlScalar { IsUnknown: false } kind)
        {
            return;
        }

        var versions = kinds.VersionsOf(item.Group, item.Kind);
        if (versions.Count > 0)
        {
            // Alpha and beta versions come and go; only what no version can be is judged.
            if (!item.Version.Contains("alpha", StringComparison.Ordinal) && !item.Version.Contains("beta", StringComparison.Ordinal))
            {
                context.Report(version, $"There is no version {item.Version} of {item.Kind}: the object cannot be applied", $"Write `{versions[^1]}`");
            }
        }
        else if (kinds.GroupsOf(item.Kind) is [var other] && other != item.ApiVersion)
        {
            context.Report(version, $"{item.ApiVersion} has no kind '{item.Kind}': the object cannot be applied", $"Write `apiVersion: {other}`");
        }
        else if (kinds.HasVersion(item.ApiVersion))
        {
            var nearest = NearestName.Find(item.Kind, kinds.KindsOf(item.ApiVersion));
            context.Report(kind, $"{item.ApiVersion} has no kind '{item.Kind}': the object cannot be applied", nearest is null ? null : $"Did you mean `{nearest}`?");
        }
    });

    private static bool KnownElsewhere(KubernetesObject item) =>
        item.Kind.EndsWith("List", StringComparison.Ordinal) || KubernetesApis.MigrationOf(item) is not null || FluxVersions.MigrationOf(item) is not null;

    /// <summary>The kinds that come with KubeLint, by group.</summary>
    private sealed class KnownKinds
    {
        private readonly HashSet<(string ApiVersion, string Kind)> all;
        private readonly HashSet<string> versions = new(StringComparer.Ordinal);
        private readonly HashSet<string> groups = new(StringComparer.Ordinal);
        private readonly HashSet<string> defined = new(StringComparer.Ordinal);

        private KnownKinds(RepositoryModel model)
        {
            all = [.. BuiltInSchemas.Kubernetes.Kinds, .. BuiltInSchemas.Flux.Kinds];
            foreach (var (apiVersion, _) in all)
            {
                versions.Add(apiVersion);
                groups.Add(GroupOf(apiVersion));
            }

            foreach (var item in model.Objects)
            {
                if (item.Is("apiextensions.k8s.io", "CustomResourceDefinition") && item.Root.GetString("spec", "group") is { } group)
                {
                    defined.Add(group);
                }
            }
        }

        public static KnownKinds Of(RuleContext context) => context.Shared(static (model, _) => new KnownKinds(model));

        public bool Contains(string apiVersion, string kind) => all.Contains((apiVersion, kind));

        public bool HasVersion(string apiVersion) => versions.Contains(apiVersion);

        /// <summary>Whether all kinds of a group are known: no CRD of the repository adds to it.</summary>
        public bool IsWhole(string group) => groups.Contains(group) && (!defined.Contains(group) || FluxVersions.IsFlux(group));

        public IEnumerable<string> KindsOf(string apiVersion) => all.Where(entry => entry.ApiVersion == apiVersion).Select(entry => entry.Kind);

        public List<string> VersionsOf(string group, string kind) =>
            [.. all.Where(entry => entry.Kind == kind && GroupOf(entry.ApiVersion) == group).Select(entry => entry.ApiVersion).Order(StringComparer.Ordinal)];

        public List<string> GroupsOf(string kind) => [.. all.Where(entry => entry.Kind == kind && entry.Kind != "Event").Select(entry => entry.ApiVersion).Distinct()];

        private static string GroupOf(string apiVersion) => apiVersion.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? apiVersion[..slash] : "";
    }
}

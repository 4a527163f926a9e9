using System.Collections.Concurrent;
using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Rules.Substitution;
using KubeLint.Schema;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>What schemas say of the objects of a run.</summary>
internal sealed class SchemaRun
{
    private readonly RepositoryModel model;
    private readonly ConcurrentDictionary<(string, string), ValueSchema?> schemas = new();

    private readonly Lazy<HashSet<string>> built;
    private readonly Lazy<CustomDefinitions> definitions;

    private readonly SchemaLocations locations;

    private SchemaRun(RepositoryModel model, RepositorySettings settings, string directory, ImmutableDictionary<string, string> fetched)
    {
        this.model = model;
        locations = new SchemaLocations(model.Workspace.Files, directory, settings, fetched);
        definitions = new(() => new CustomDefinitions(model));
        built = new(() =>
        [
            .. model.Clusters.SelectMany(cluster => cluster.Kustomizations).SelectMany(kustomization => kustomization.Build?.Inputs ?? [])
                .Select(input => YamlFileCache.Normalize(input.Path)),
        ]);
    }

    /// <summary>That of the run.</summary>
    public static SchemaRun Of(RuleContext context) =>
        context.Shared(static context => new SchemaRun(context.Model, context.Settings, context.SettingsDirectory, context.FetchedSchemas));

    /// <summary>The schemas that are to be fetched before the rules run: of the kinds whose schema neither KubeLint nor the repository nor a folder has.</summary>
    public static ImmutableArray<SchemaRequest> Requests(RepositoryModel model, RepositorySettings settings, string directory)
    {
        var run = new SchemaRun(model, settings, directory, ImmutableDictionary<string, string>.Empty);
        return
        [
            .. model.Objects.DistinctBy(item => (item.ApiVersion, item.Kind)).Where(item => run.Find(item) is null)
                .Select(item => new SchemaRequest($"{item.Kind} ({item.ApiVersion})", run.locations.AddressesOf(item))).Where(request => !request.Addresses.IsEmpty),
        ];
    }

    /// <summary>What is wrong with an object: it is checked once for all rules that ask.</summary>
    public static SchemaFindings Check(ObjectContext context) => context.Once(static context => Of(context).Check(context.Object));

    /// <summary>The schema of an object's kind; null where none is known.</summary>
    public ValueSchema? Find(KubernetesObject item) =>
        schemas.GetOrAdd((item.ApiVersion, item.Kind), static key => BuiltInSchemas.Find(key.Item1, key.Item2)) ?? Definitions.FindSchema(item) ?? locations.Find(item);

    /// <summary>The CRDs that clusters get.</summary>
    public CustomDefinitions Definitions => definitions.Value;

    /// <summary>Whether a cluster's build reads a kustomization file.</summary>
    /// <param name="path">Its absolute path.</param>
    public bool IsBuilt(string path) => built.Value.Contains(YamlFileCache.Normalize(path));

    /// <summary>What is wrong with a kustomization file.</summary>
    public static ImmutableArray<SchemaViolation> CheckKustomization(YamlNode root)
    {
        var schema = BuiltInSchemas.Kustomization;
        // kustomize finds fields in any case.
        return SchemaChecker.Check(root, schema).RemoveAll(violation =>
            violation.Kind == ViolationKind.UnknownField && violation.Schema.Fields!.Keys.Contains(violation.Field, StringComparer.OrdinalIgnoreCase));
    }

    private SchemaFindings Check(KubernetesObject item)
    {
        if (Find(item) is not { } schema || SchemaChecker.Check(item.Root, schema) is not { IsEmpty: false } found)
        {
            return SchemaFindings.None;
        }

        // What nothing applies as it stands may be a part of an object: a patch, a skeleton.
        var isWhole = Applied.IsKnown(model, item);
        return new SchemaFindings(found, found.RemoveAll(violation =>
            (violation.Kind == ViolationKind.MissingField && !isWhole)
            || violation is { Kind: ViolationKind.UnknownField, Path: "sops" }
            || KnownElsewhere.Contains(item, violation)));
    }
}

/// <summary>What is wrong with an object by its schema; nothing where no schema is known.</summary>
/// <param name="All">All of it, with what other rules report.</param>
/// <param name="Own">What the rules over schemas report.</param>
internal sealed record SchemaFindings(ImmutableArray<SchemaViolation> All, ImmutableArray<SchemaViolation> Own)
{
    /// <summary>Nothing is wrong.</summary>
    public static SchemaFindings None { get; } = new([], []);
}

/// <summary>Whether objects are applied.</summary>
internal static class Applied
{
    /// <summary>Whether a cluster is known to get the object as it is.</summary>
    public static bool IsKnown(RepositoryModel model, KubernetesObject item) => !model.ProducersOf(item).IsEmpty || model.IsInEntryPointFile(item);
}

/// <summary>Violations of which another rule knows more to say.</summary>
internal static class KnownElsewhere
{
    /// <summary>Whether another rule reports it.</summary>
    public static bool Contains(KubernetesObject item, SchemaViolation violation) =>
        violation.Kind switch
        {
            ViolationKind.UnknownField => RemovedFields.Find(item, violation.Path) is not null,
            // Twice the same name of an environment variable: KL7049.
            ViolationKind.DuplicateItem => violation.Path.Contains(".env[", StringComparison.Ordinal),
            ViolationKind.WrongType => IsKnownType(item, violation),
            ViolationKind.InvalidValue => IsKnownValue(item, violation),
            _ => false,
        };

    // KL5010, KL5018, and what Flux's substitution made of a string: KL5009.
    // Labels and annotations of the object itself cannot fail: kustomize writes annotations as strings, and Flux drops labels that it cannot read as such.
    private static bool IsKnownType(KubernetesObject item, SchemaViolation violation) =>
        violation.Path.StartsWith("metadata.labels", StringComparison.Ordinal) || violation.Path.StartsWith("metadata.annotations", StringComparison.Ordinal)
        || (item.Is(FluxGroups.Kustomize, "Kustomization") && violation.Path.StartsWith("spec.postBuild.substitute.", StringComparison.Ordinal))
        || (violation.Path.EndsWith("].value", StringComparison.Ordinal) && violation.Path.Contains(".env[", StringComparison.Ordinal))
        || (violation.At.Derivation?.By == PostBuildSubstitution.By && StringPlaces.Of(item).Any(place => ReferenceEquals(place.Node.Resolved, violation.At)));

    // KL2002 and KL6006.
    private static bool IsKnownValue(KubernetesObject item, SchemaViolation violation) =>
        FluxVersions.IsFlux(item.Group)
        && (violation.Path.EndsWith("sourceRef.kind", StringComparison.Ordinal) || violation.Path == "spec.chartRef.kind"
            || (item.Kind == "GitRepository" && violation.Path == "spec.url"
                && violation.At is YamlScalar url && url.Value.Contains('@', StringComparison.Ordinal) && !url.Value.Contains("://", StringComparison.Ordinal)));
}

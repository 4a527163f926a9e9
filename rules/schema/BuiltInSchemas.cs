using System.Collections.Immutable;

using KubeLint.Schema;

namespace KubeLint.Rules.Schema;

/// <summary>The schemas that come with KubeLint. They are read from the assembly's resources when they are first asked for.</summary>
internal static class BuiltInSchemas
{
    private static readonly Lazy<SchemaText> FluxText = new(() => Read("flux.schema"));
    private static readonly Lazy<SchemaText> KubernetesText = new(() => Read("kubernetes.schema"));
    private static readonly Lazy<SchemaText> KustomizeText = new(() => Read("kustomize.schema"));

    private static readonly Lazy<ValueSchema> KustomizationFile =
        new(() => WithObjectFields(KustomizeText.Value.Find("kustomize.config.k8s.io/v1beta1", "Kustomization")!));

    /// <summary>The kinds of Flux.</summary>
    public static SchemaText Flux => FluxText.Value;

    /// <summary>The kinds of Kubernetes.</summary>
    public static SchemaText Kubernetes => KubernetesText.Value;

    /// <summary>The schema of a kustomization file.</summary>
    public static ValueSchema Kustomization => KustomizationFile.Value;

    /// <summary>The schema of an object's <c>metadata</c>.</summary>
    public static ValueSchema ObjectMeta => FluxText.Value.Type("ObjectMeta");

    /// <summary>The schema of a kind as an object of it stands in a file: with <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>. Null where there is none.</summary>
    public static ValueSchema? Find(string apiVersion, string kind) =>
        (apiVersion.Contains(".fluxcd.io/", StringComparison.Ordinal) ? Flux : Kubernetes).Find(apiVersion, kind) is { } schema ? WithObjectFields(schema) : null;

    /// <summary>A kind's schema with the fields that each object has.</summary>
    public static ValueSchema WithObjectFields(ValueSchema schema)
    {
        var fields = new Dictionary<string, SchemaField>(schema.Fields ?? ImmutableDictionary<string, SchemaField>.Empty, StringComparer.Ordinal)
        {
            ["apiVersion"] = new(new ValueSchema { Types = ValueTypes.String }),
            ["kind"] = new(new ValueSchema { Types = ValueTypes.String }),
            ["metadata"] = new(new ValueSchema(() => ObjectMeta)),
            // Written by controllers; what stands in a file is passed over.
            ["status"] = new(ValueSchema.Anything),
        };
        return new ValueSchema
        {
            Types = ValueTypes.Object,
            Fields = fields,
            Required = schema.Required,
            IsClosed = schema.IsClosed || (schema.Fields is null && schema.Types == ValueTypes.Object && schema.Others is null && schema.AllOf.IsEmpty),
            Others = schema.Others,
            AllOf = schema.AllOf,
            AnyOf = schema.AnyOf,
            OneOf = schema.OneOf,
            Not = schema.Not,
        };
    }

    private static SchemaText Read(string name)
    {
        using var stream = typeof(BuiltInSchemas).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return new SchemaText(reader.ReadToEnd());
    }
}

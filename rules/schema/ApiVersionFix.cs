using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Schema;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>Writes another API version.</summary>
internal static class ApiVersionFix
{
    /// <summary>What to write, and what has to change before.</summary>
    public static string Help(KubernetesObject item, FluxMigration migration)
    {
        var removed = Removed(item, migration);
        return removed.Count == 0 ? $"Write `{migration.Group}/{migration.New}`"
            : $"Write `{migration.Group}/{migration.New}`, which has no {string.Join(" and no ", removed.Select(field => $"`{field.Path}`"))}: {Lower(removed[0].Instead)}";
    }

    /// <summary>The edit; none where the object has fields that the new version lacks, or the value is not written as it stands.</summary>
    public static ImmutableArray<Fix> Create(KubernetesObject item, YamlScalar version, FluxMigration migration)
    {
        if (Find(item, migration) is { } schema && SchemaChecker.Check(item.Root, schema).Any(violation => violation.Kind != ViolationKind.MissingField))
        {
            return [];
        }

        return Replace(version, item.ApiVersion, $"{migration.Group}/{migration.New}");
    }

    /// <summary>The edit that replaces an API version; none where it is not written as it stands.</summary>
    public static ImmutableArray<Fix> Replace(YamlScalar node, string old, string now)
    {
        if (node.Derivation is not null || node.Anchor is not null || node.Source.Parent is not null)
        {
            return [];
        }

        var at = node.Source.Content.IndexOf(old, node.Span.Start, node.Span.Length, StringComparison.Ordinal);
        return at < 0 ? []
            : [new Fix($"Write {now}", FixSafety.Safe, [new FileEdit(node.Source, [new TextEdit(new TextSpan(at, old.Length), now)])])];
    }

    private static ValueSchema? Find(KubernetesObject item, FluxMigration migration) => BuiltInSchemas.Find($"{migration.Group}/{migration.New}", item.Kind);

    private static List<RemovedField> Removed(KubernetesObject item, FluxMigration migration) =>
        Find(item, migration) is { } schema
            ? [.. SchemaChecker.Check(item.Root, schema).Where(violation => violation.Kind == ViolationKind.UnknownField)
                .Select(violation => RemovedFields.Find(item, violation.Path)).OfType<RemovedField>().Distinct()]
            : [];

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}

using System.Collections.Immutable;

using KubeLint.Kustomize.FieldSpecs;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Loading;

/// <summary>
/// Reads the files that <c>configurations</c> names, over the defaults
/// (https://github.com/kubernetes-sigs/kustomize, examples/transformerconfigs).
/// </summary>
internal static class ConfigurationReader
{
    /// <summary>The field specs that hold for a kustomization.</summary>
    public static TransformerConfiguration Read(KustomizationFile file, BuildContext context)
    {
        var result = TransformerConfiguration.Empty;
        foreach (var path in KustomizationFields.Texts(file.Root, "configurations"))
        {
            if (ConfigurationFile.Load(path, file, context) is not { } root
                || !KustomizationFields.Check(root, KustomizationFields.Configuration, strict: true, context))
            {
                continue;
            }

            result = result.Merge(From(root), out var conflict);
            if (conflict is not null)
            {
                context.Error(KustomizeProblemKind.InvalidField, path, $"Conflicting fieldspecs: '{conflict.Path}' of {conflict.Type}");
            }
        }

        var merged = DefaultFieldSpecs.Configuration.Merge(result, out var withDefaults);
        if (withDefaults is not null)
        {
            context.Error(
                KustomizeProblemKind.InvalidField,
                KustomizationFields.Get(file.Root, "configurations")!,
                $"Conflicting fieldspecs: '{withDefaults.Path}' of {withDefaults.Type} is a default with another 'create'");
        }

        return merged;
    }

    /// <summary>The field specs in a list.</summary>
    public static ImmutableArray<FieldSpec> Fields(YamlMapping? root, string name) =>
        [.. KustomizationFields.Objects(root, name).Select(entry => new FieldSpec(TypeOf(entry), KustomizationFields.Text(entry, "path"), KustomizationFields.IsTrue(entry, "create")))];

    private static TransformerConfiguration From(YamlMapping root) => new()
    {
        NamePrefix = Sorted(root, "namePrefix"),
        NameSuffix = Sorted(root, "nameSuffix"),
        Namespace = Sorted(root, "namespace"),
        CommonLabels = Sorted(root, "commonLabels"),
        Labels = Sorted(root, "labels"),
        TemplateLabels = Sorted(root, "templateLabels"),
        CommonAnnotations = Sorted(root, "commonAnnotations"),
        VarReferences = Sorted(root, "varReference"),
        Images = Sorted(root, "images"),
        Replicas = Sorted(root, "replicas"),
        NameReferences = TransformerConfiguration.Sort(
            [.. KustomizationFields.Objects(root, "nameReference").Select(entry => new NameReference(TypeOf(entry), Fields(entry, "fieldSpecs")))]),
    };

    private static ImmutableArray<FieldSpec> Sorted(YamlMapping root, string name) => TransformerConfiguration.Sort(Fields(root, name));

    private static GroupVersionKind TypeOf(YamlMapping entry) =>
        new(KustomizationFields.Text(entry, "group"), KustomizationFields.Text(entry, "version"), KustomizationFields.Text(entry, "kind"));
}

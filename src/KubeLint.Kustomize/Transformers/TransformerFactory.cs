using System.Collections.Immutable;

using KubeLint.Kustomize.FieldSpecs;
using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Origins;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Transformers;

/// <summary>Makes the transformers that a kustomization's fields, or plugin configurations, ask for.</summary>
/// <param name="file">The kustomization.</param>
/// <param name="origin">The path from the outermost directory, where the build keeps origins.</param>
/// <param name="context">Where problems go.</param>
internal sealed class TransformerFactory(KustomizationFile file, ResourceOrigin? origin, BuildContext context)
{
    private readonly PatchReader patches = new(file, context);

    /// <summary>The transformers of the kustomization's fields, in kustomize's order.</summary>
    public List<Transformer> Create(TransformerConfiguration configuration)
    {
        var root = file.Root;
        var result = new List<Transformer>();
        if (KustomizationFields.Get(root, "patchesStrategicMerge") is YamlSequence { Items.IsEmpty: false } merges)
        {
            result.AddRange(patches.StrategicMerges(merges, KustomizationFields.Texts(root, "patchesStrategicMerge")));
        }

        foreach (var entry in KustomizationFields.Objects(root, "patches"))
        {
            Add(result, patches.Patch(entry));
        }

        if (Text("namespace") is { } ns)
        {
            result.Add(new NamespaceTransformer(ns, ns.Value, configuration.Namespace));
        }

        if (Text("namePrefix") is { } prefix)
        {
            result.Add(new NameAffixTransformer(prefix, prefix.Value, isPrefix: true, configuration.NamePrefix));
        }

        if (Text("nameSuffix") is { } suffix)
        {
            result.Add(new NameAffixTransformer(suffix, suffix.Value, isPrefix: false, configuration.NameSuffix));
        }

        AddLabels(result, configuration);
        if (KustomizationFields.Object(root, "commonAnnotations") is { Entries.IsEmpty: false } annotations)
        {
            result.Add(new PairsTransformer("AnnotationsTransformer", "commonAnnotations", annotations, annotations, configuration.CommonAnnotations));
        }

        foreach (var entry in KustomizationFields.Objects(root, "patchesJson6902"))
        {
            Add(result, patches.JsonPatch(entry));
        }

        foreach (var entry in KustomizationFields.Objects(root, "replicas"))
        {
            result.Add(Replica(entry, configuration.Replicas));
        }

        foreach (var field in (ReadOnlySpan<string>)["images", "imageTags"])
        {
            foreach (var entry in KustomizationFields.Objects(root, field))
            {
                result.Add(new ImageTransformer(entry, configuration.Images));
            }
        }

        if (KustomizationFields.Get(root, "replacements") is YamlSequence { Items.IsEmpty: false } list)
        {
            result.Add(new ReplacementTransformer(list, file));
        }

        foreach (var transformer in result)
        {
            transformer.Origin = origin is null ? null : file.PluginOrigin(origin, transformer.Kind);
        }

        return result;
    }

    /// <summary>The transformers that a plugin's configuration asks for; none, with the problem noted, where it is wrong.</summary>
    public IEnumerable<Transformer> Create(KustomizeResource plugin)
    {
        var root = plugin.Root!;
        var fields = Fields(root);
        switch (plugin.Kind)
        {
            case "AnnotationsTransformer":
                return [Pairs(root, plugin.Kind, "annotations", fields)];
            case "LabelTransformer":
                return [Pairs(root, plugin.Kind, "labels", fields)];
            case "NamespaceTransformer":
                return Namespace(root, fields);
            case "PrefixTransformer":
                return Affix(root, "prefix", true, fields);
            case "SuffixTransformer":
                return Affix(root, "suffix", false, fields);
            case "PrefixSuffixTransformer":
                return [.. Affix(root, "prefix", true, fields), .. Affix(root, "suffix", false, fields)];
            case "ImageTagTransformer":
                return Check(root, "imageTag", FieldShape.Object, KustomizationFields.Image)
                    && KustomizationFields.Object(root, "imageTag") is { } image ? [new ImageTransformer(image, fields)] : [];
            case "ReplicaCountTransformer":
                return Check(root, "replica", FieldShape.Object, KustomizationFields.Replica)
                    && KustomizationFields.Object(root, "replica") is { } replica ? [Replica(replica, fields)] : [];
            case "PatchTransformer":
                return KustomizationFields.Check(root, KustomizationFields.Patch, strict: false, context) && patches.Patch(root) is { } patch ? [patch] : [];
            case "PatchJson6902Transformer":
                return patches.JsonPatch(root) is { } jsonPatch ? [jsonPatch] : [];
            case "PatchStrategicMergeTransformer":
                return patches.StrategicMerges(root, KustomizationFields.Texts(root, "paths"), KustomizationFields.Get(root, "patches") as YamlScalar);
            case "ReplacementTransformer":
                return Check(root, "replacements", FieldShape.ObjectList, KustomizationFields.Replacement)
                    && KustomizationFields.Get(root, "replacements") is YamlSequence list ? [new ReplacementTransformer(list, file)] : [];
            case "ValueAddTransformer":
                return ValueAddTransformer.From(root, file, context) is { } valueAdd ? [valueAdd] : [];
            case "HashTransformer":
                return [new HashTransformer(root)];
            default:
                context.Error(
                    KustomizeProblemKind.ExternalPlugin, ResourceMap.NameNode(plugin), $"Plugin {plugin.CurrentId} is not a transformer that is built in");
                return [];
        }
    }

    private static void Add(List<Transformer> result, Transformer? transformer)
    {
        if (transformer is not null)
        {
            result.Add(transformer);
        }
    }

    private static ReplicaTransformer Replica(YamlMapping entry, ImmutableArray<FieldSpec> fields) =>
        new(entry, KustomizationFields.Text(entry, "name"), KustomizationFields.Get(entry, "count") as YamlScalar, fields);

    private static PairsTransformer Pairs(YamlMapping root, string kind, string field, ImmutableArray<FieldSpec> fields) =>
        new(kind, kind, root, KustomizationFields.Object(root, field), fields);

    private YamlScalar? Text(string field) => KustomizationFields.Get(file.Root, field) is YamlScalar { Value.Length: > 0 } scalar ? scalar : null;

    private void AddLabels(List<Transformer> result, TransformerConfiguration configuration)
    {
        var common = KustomizationFields.Object(file.Root, "commonLabels");
        var any = false;
        foreach (var label in KustomizationFields.Objects(file.Root, "labels"))
        {
            any = true;
            FieldSpec? conflict = null;
            var fields = TransformerConfiguration.Merge(ConfigurationReader.Fields(label, "fields"), configuration.Labels, ref conflict);
            if (KustomizationFields.IsTrue(label, "includeSelectors"))
            {
                fields = TransformerConfiguration.Merge(fields, configuration.CommonLabels, ref conflict);
            }
            else
            {
                if (KustomizationFields.IsTrue(label, "includeTemplates"))
                {
                    fields = TransformerConfiguration.Merge(fields, configuration.TemplateLabels, ref conflict);
                }

                fields = TransformerConfiguration.Merge(fields, [DefaultFieldSpecs.MetadataLabels], ref conflict);
            }

            if (conflict is not null)
            {
                context.Error(KustomizeProblemKind.InvalidField, label, $"Failed to merge labels: conflicting fieldspecs for '{conflict.Path}'");
            }

            result.Add(new PairsTransformer("LabelTransformer", "labels", label, KustomizationFields.Object(label, "pairs"), fields));
        }

        // kustomize counts a transformer for commonLabels even where only labels are set.
        if (any || common is { Entries.IsEmpty: false })
        {
            result.Add(new PairsTransformer("LabelTransformer", "commonLabels", common ?? file.Root, common, configuration.CommonLabels));
        }
    }

    private ImmutableArray<FieldSpec> Fields(YamlMapping root) =>
        Check(root, "fieldSpecs", FieldShape.ObjectList, KustomizationFields.FieldSpec) ? ConfigurationReader.Fields(root, "fieldSpecs") : [];

    private bool Check(YamlMapping root, string field, FieldShape shape, ImmutableArray<KnownField> fields) =>
        KustomizationFields.Check(root, [new KnownField(field, shape, fields)], strict: false, context);

    private Transformer[] Affix(YamlMapping root, string field, bool isPrefix, ImmutableArray<FieldSpec> fields)
    {
        if (KustomizationFields.Get(root, "fieldSpecs") is null)
        {
            context.Error(KustomizeProblemKind.InvalidField, root, "The fieldSpecs are missing");
            return [];
        }

        var value = KustomizationFields.Get(root, field) as YamlScalar;
        return [new NameAffixTransformer(value ?? (YamlNode)root, value?.Value ?? "", isPrefix, fields)];
    }

    private Transformer[] Namespace(YamlMapping root, ImmutableArray<FieldSpec> fields)
    {
        var ns = KustomizationFields.Get(KustomizationFields.Object(root, "metadata"), "namespace") as YamlScalar;
        var mode = KustomizationFields.Text(root, "setRoleBindingSubjects");
        RoleBindingSubjects? subjects = mode switch
        {
            "" or "defaultOnly" => RoleBindingSubjects.DefaultOnly,
            "allServiceAccounts" => RoleBindingSubjects.AllServiceAccounts,
            "none" => RoleBindingSubjects.None,
            _ => null,
        };
        if (subjects is null)
        {
            context.Error(
                KustomizeProblemKind.InvalidField,
                KustomizationFields.Get(root, "setRoleBindingSubjects")!,
                $"Invalid value \"{mode}\" for setRoleBindingSubjects: must be one of \"defaultOnly\", \"none\" or \"allServiceAccounts\"");
            return [];
        }

        return [new NamespaceTransformer(ns ?? (YamlNode)root, ns?.Value ?? "", fields, KustomizationFields.IsTrue(root, "unsetOnly"), subjects.Value)];
    }
}

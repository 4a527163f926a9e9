using KubeLint.Kustomize.FieldSpecs;
using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Patching;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Transformers;

/// <summary>
/// <c>ValueAddTransformer</c>: sets a field, or puts a part into a path that the field holds
/// (https://github.com/kubernetes-sigs/kustomize, api/filters/valueadd).
/// </summary>
internal sealed class ValueAddTransformer : Transformer
{
    private readonly string value;
    private readonly List<YamlMapping> targets;

    private ValueAddTransformer(YamlNode at, string value, List<YamlMapping> targets)
        : base("ValueAddTransformer", at)
    {
        this.value = value;
        this.targets = targets;
    }

    /// <summary>Reads a plugin's configuration; null, with the problem noted, where it is wrong.</summary>
    public static ValueAddTransformer? From(YamlMapping root, KustomizationFile file, BuildContext context)
    {
        var valueNode = KustomizationFields.Get(root, "value");
        var value = KustomizationFields.Text(root, "value").Trim();
        List<YamlMapping> targets = [.. KustomizationFields.Objects(root, "targets")];
        if (KustomizationFields.Get(root, "targetFilePath") is YamlScalar { Value.Length: > 0 } path)
        {
            targets.AddRange(KustomizationFields.Objects(ConfigurationFile.Load(path, file, context), "targets"));
        }

        foreach (var target in targets)
        {
            if (KustomizationFields.Text(target, "fieldPath").Length == 0)
            {
                context.Error(KustomizeProblemKind.InvalidField, target, "FieldPath cannot be empty");
                return null;
            }
        }

        if (targets.Count == 0)
        {
            context.Error(KustomizeProblemKind.InvalidField, root, "Must specify at least one target");
            return null;
        }

        return new ValueAddTransformer(valueNode ?? root, value.Length > 0 ? value : file.Directory[(file.Directory.LastIndexOf('/') + 1)..], targets);
    }

    /// <inheritdoc/>
    public override void Transform(ResourceMap resources, BuildContext context)
    {
        foreach (var target in targets)
        {
            var path = KustomizationFields.Text(target, "fieldPath");
            _ = int.TryParse(KustomizationFields.Text(target, "filePathPosition"), out var position);
            var isNamespace = path == "metadata/namespace";
            var selected = KustomizationFields.Object(target, "selector") is { } selector
                ? ResourceSelector.Select(resources, selector, context) : resources.Items;
            var setter = new Setter(context, At, value, position);
            foreach (var resource in selected)
            {
                if (isNamespace)
                {
                    if (!resource.CurrentId.IsClusterScoped)
                    {
                        resource.SetNamespace(value, At, "ValueAddTransformer");
                    }
                }
                else
                {
                    setter.Apply(resource, new FieldSpec(new GroupVersionKind("", "", ""), path, creates: true));
                }
            }
        }
    }

    private sealed class Setter(BuildContext context, YamlNode at, string value, int position)
        : FieldEdit(context, at, "ValueAddTransformer", FieldCreation.Scalar)
    {
        protected override YamlNode Edit(YamlNode node, FieldSpec spec) => node is YamlScalar scalar
            ? Tree.Overwrite(scalar, At, position > 0 ? Insert(scalar.Value, position - 1, value) : value, By, null)
            : Fail(node, spec, "expected a scalar node");

        // A part put into a path, at most at its end.
        private static string Insert(string path, int position, string part)
        {
            var isAbsolute = path.StartsWith('/');
            var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
            parts.Insert(Math.Min(position, parts.Count), part);
            return (isAbsolute ? "/" : "") + string.Join('/', parts);
        }
    }
}

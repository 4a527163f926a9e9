using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Replacements;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Transformers;

/// <summary>Makes <c>replacements</c>.</summary>
/// <param name="at">The list.</param>
/// <param name="file">The kustomization, from which files are named.</param>
internal sealed class ReplacementTransformer(YamlSequence at, KustomizationFile file) : Transformer("ReplacementTransformer", at)
{
    /// <inheritdoc/>
    public override void Transform(ResourceMap resources, BuildContext context)
    {
        var entries = new List<YamlMapping>();
        foreach (var item in at.Items)
        {
            if (item.AsMapping() is { } entry && !TryRead(entry, entries, context))
            {
                return;
            }
        }

        foreach (var entry in entries)
        {
            if (!new Replacement(entry).Apply(resources, context))
            {
                return;
            }
        }

        CheckIds(resources, context);
    }

    // A replacement may write names, so that two resources have one, or one has none.
    private void CheckIds(ResourceMap resources, BuildContext context)
    {
        var seen = new HashSet<(GroupVersionKind Type, string Name, string Namespace)>();
        foreach (var resource in resources)
        {
            if (resource.IsEmpty)
            {
                continue;
            }

            var id = resource.CurrentId;
            if (id.Name.Length == 0 || id.Type.Kind.Length == 0)
            {
                context.Error(KustomizeProblemKind.Replacement, At, $"The replacements leave {resource.OriginalId} without {(id.Name.Length == 0 ? "metadata.name" : "kind")}");
            }
            else if (!seen.Add((id.Type, id.Name, id.EffectiveNamespace)))
            {
                context.Error(KustomizeProblemKind.ResourceConflict, ResourceMap.NameNode(resource), $"May not add resource with an already registered id: {id}");
            }
        }
    }

    // An entry is a replacement, or names a file that holds one or a list of them.
    private bool TryRead(YamlMapping entry, List<YamlMapping> entries, BuildContext context)
    {
        if (KustomizationFields.Get(entry, "path") is not YamlScalar { Value.Length: > 0 } path)
        {
            entries.Add(entry);
            return true;
        }

        if (KustomizationFields.Get(entry, "source") is not null || KustomizationFields.Get(entry, "targets") is YamlSequence { Items.IsEmpty: false })
        {
            context.Error(KustomizeProblemKind.Replacement, path, "Cannot specify both path and inline replacement");
            return false;
        }

        var absolute = file.Resolve(path.Value);
        if (!context.Files.Source.FileExists(absolute))
        {
            context.Error(KustomizeProblemKind.MissingFile, path, $"No such replacement file: '{context.Files.Display(absolute)}'", file.Nearest(path.Value, context));
            return false;
        }

        context.Read(absolute, file, path);
        var parsed = context.Files.Parse(absolute);
        foreach (var problem in parsed.Problems)
        {
            context.Error(KustomizeProblemKind.Syntax, parsed.Text.Locate(problem.Span), problem.Message);
            return false;
        }

        switch (parsed.Documents.IsEmpty ? null : parsed.Documents[0].Root?.Resolved)
        {
            case YamlMapping one:
                entries.Add(one);
                return true;
            case YamlSequence list:
                entries.AddRange(list.Items.Select(item => item.AsMapping()).OfType<YamlMapping>());
                return true;
            default:
                context.Error(KustomizeProblemKind.Replacement, path, "The file holds no replacement and no list of them");
                return false;
        }
    }
}

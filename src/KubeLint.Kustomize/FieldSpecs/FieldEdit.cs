using System.Collections.Immutable;

using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.FieldSpecs;

/// <summary>What a field that is missing is made as.</summary>
internal enum FieldCreation
{
    /// <summary>It is not made.</summary>
    None,

    /// <summary>An empty scalar.</summary>
    Scalar,

    /// <summary>An empty mapping.</summary>
    Mapping,
}

/// <summary>
/// Edits the fields that field specs name: walks a tree without changing it and makes a new one that shares all else.
/// </summary>
/// <param name="context">Where problems go.</param>
/// <param name="at">The field that asks for the edit.</param>
/// <param name="by">The field's name.</param>
/// <param name="creation">What a missing field is made as, where the field spec allows it.</param>
internal abstract class FieldEdit(BuildContext context, YamlNode at, string by, FieldCreation creation)
{
    private YamlScalar? emptyScalar;

    /// <summary>Where problems go.</summary>
    protected BuildContext Context { get; } = context;

    /// <summary>The field that asks for the edit.</summary>
    protected YamlNode At { get; } = at;

    /// <summary>The field's name.</summary>
    protected string By { get; } = by;

    /// <summary>Applies the edit to all fields of the resource that the specs name.</summary>
    public void Apply(KustomizeResource resource, ImmutableArray<FieldSpec> specs)
    {
        foreach (var spec in specs)
        {
            Apply(resource, spec);
        }
    }

    /// <summary>Applies the edit to the fields of the resource that a spec names.</summary>
    public void Apply(KustomizeResource resource, FieldSpec spec)
    {
        if (resource.Root is not { } root || !resource.CurrentId.Type.IsSelectedBy(spec.Type))
        {
            return;
        }

        var edited = Walk(root, spec, 0);
        if (!ReferenceEquals(edited, root))
        {
            resource.Root = (YamlMapping)edited;
        }
    }

    /// <summary>What stands in a field's place after the edit; the node itself where it stays.</summary>
    protected abstract YamlNode Edit(YamlNode node, FieldSpec spec);

    /// <summary>Notes that the edit cannot be made at a node, and leaves it.</summary>
    protected YamlNode Fail(YamlNode node, FieldSpec spec, string message)
    {
        Context.Error(KustomizeProblemKind.Transformer, node, $"'{By}' cannot edit the field '{spec.Path}': {message}");
        return node;
    }

    private YamlNode Walk(YamlNode node, FieldSpec spec, int step)
    {
        if (step == spec.Steps.Length)
        {
            return Edit(node, spec);
        }

        return node switch
        {
            YamlMapping mapping => WalkMapping(mapping, spec, step),
            YamlSequence sequence => WalkSequence(sequence, spec, step),
            YamlScalar { IsNull: true } => node,
            _ => Fail(node, spec, "expected sequence or mapping node"),
        };
    }

    private YamlSequence WalkSequence(YamlSequence sequence, FieldSpec spec, int step)
    {
        ImmutableArray<YamlNode>.Builder? edited = null;
        for (var i = 0; i < sequence.Items.Length; i++)
        {
            var item = sequence.Items[i];
            var after = Walk(item, spec, step);
            if (!ReferenceEquals(item, after))
            {
                edited ??= sequence.Items.ToBuilder();
                edited[i] = after;
            }
        }

        return edited is null ? sequence : sequence.With(edited.MoveToImmutable());
    }

    private YamlMapping WalkMapping(YamlMapping mapping, FieldSpec spec, int step)
    {
        var (name, isSequence) = spec.Steps[step];
        var index = Tree.IndexOf(mapping, name);
        var creates = spec.Creates && creation != FieldCreation.None && !isSequence;
        if (index < 0)
        {
            if (!creates)
            {
                return mapping;
            }

            var made = Walk(Create(spec, step, null), spec, step + 1);
            return Tree.Add(mapping, name, made, By);
        }

        var value = mapping.Entries[index].Value;
        var before = value;
        if (value is YamlScalar { IsNull: true })
        {
            // kustomize turns a null into what it needs there.
            value = creates ? Create(spec, step, value) : isSequence ? EmptySequence(value) : value;
        }

        var after = Walk(value, spec, step + 1);
        return ReferenceEquals(before, after) ? mapping : Tree.ReplaceAt(mapping, index, after);
    }

    private YamlNode Create(FieldSpec spec, int step, YamlNode? replaced)
    {
        if (step < spec.Steps.Length - 1 || creation != FieldCreation.Scalar)
        {
            return Tree.ComputedMapping(At, By, [], replaced);
        }

        // One for all resources that lack the field: the edit puts its value there.
        return replaced is null
            ? emptyScalar ??= Tree.Computed(At, "", By, YamlScalarStyle.Plain, null, null)
            : Tree.Computed(At, replaced is YamlScalar old ? old.Value : "", By, YamlScalarStyle.Plain, null, replaced);
    }

    private YamlSequence EmptySequence(YamlNode replaced) =>
        new(At.Source, At.Span, [], isFlow: false, new NodeExtras(null, null, new Derivation(By, replaced)));
}

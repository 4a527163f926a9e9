using System.Collections.Immutable;

using KubeLint.Kustomize.FieldSpecs;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Transformers;

/// <summary>Which subjects of a role binding get the namespace.</summary>
internal enum RoleBindingSubjects
{
    /// <summary>Those named <c>default</c>.</summary>
    DefaultOnly,

    /// <summary>All service accounts.</summary>
    AllServiceAccounts,

    /// <summary>None.</summary>
    None,
}

/// <summary>
/// <c>namespace</c>: sets the namespace of every resource that can have one
/// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/namespace/).
/// </summary>
internal sealed class NamespaceTransformer : Transformer
{
    private const string Field = "namespace";
    private static readonly FieldSpec MetadataNamespace = new(new GroupVersionKind("", "", ""), "metadata/namespace", true);

    private readonly string value;
    private readonly ImmutableArray<FieldSpec> fields;
    private readonly bool unsetOnly;
    private readonly RoleBindingSubjects subjects;

    /// <summary>Sets a namespace.</summary>
    /// <param name="at">The field.</param>
    /// <param name="value">The namespace.</param>
    /// <param name="fields">The further fields that hold it.</param>
    /// <param name="unsetOnly">Whether a namespace that is there stays.</param>
    /// <param name="subjects">Which subjects of role bindings get it.</param>
    public NamespaceTransformer(
        YamlNode at, string value, ImmutableArray<FieldSpec> fields, bool unsetOnly = false, RoleBindingSubjects subjects = RoleBindingSubjects.DefaultOnly)
        : base("NamespaceTransformer", at)
    {
        this.value = value;
        this.fields = fields;
        this.unsetOnly = unsetOnly;
        this.subjects = subjects;
    }

    /// <inheritdoc/>
    public override void Transform(ResourceMap resources, BuildContext context)
    {
        if (value.Length == 0)
        {
            return;
        }

        var setter = new Setter(context, At, value, unsetOnly);
        foreach (var resource in resources)
        {
            if (!resource.IsEmpty)
            {
                Transform(resource, setter);
                ReportConflict(resource, resources, context);
            }
        }
    }

    private static bool IsRoleBinding(string kind) => kind is "RoleBinding" or "ClusterRoleBinding";

    private void Transform(KustomizeResource resource, Setter setter)
    {
        resource.StorePreviousId();
        if (!resource.CurrentId.IsClusterScoped)
        {
            setter.Apply(resource, MetadataNamespace);
        }

        var isBinding = IsRoleBinding(resource.Kind);
        if (isBinding)
        {
            SetSubjects(resource, setter);
        }

        var isCoreV1 = Tree.Text(resource.Root, "apiVersion") == "v1";
        foreach (var field in fields)
        {
            // The resource's own namespace and a binding's subjects are set already; a Namespace is only renamed where it is the cluster's own kind.
            var isSet = field.Path == MetadataNamespace.Path || (isBinding && field.Path == "subjects/namespace" && IsRoleBinding(field.Type.Kind));
            if (!isSet && (isCoreV1 || field.Path != "metadata/name"))
            {
                setter.Apply(resource, field);
            }
        }
    }

    private void ReportConflict(KustomizeResource resource, ResourceMap resources, BuildContext context)
    {
        if (resources.HasAnother(resource))
        {
            context.Error(KustomizeProblemKind.ResourceConflict, At, $"The namespace transformation produces an ID conflict: {resource.CurrentId}");
        }
    }

    private void SetSubjects(KustomizeResource resource, Setter setter)
    {
        if (subjects == RoleBindingSubjects.None || Tree.Get(resource.Root!, "subjects") is not YamlSequence list)
        {
            return;
        }

        ImmutableArray<YamlNode>.Builder? edited = null;
        for (var i = 0; i < list.Items.Length; i++)
        {
            var isMeant = list.Items[i] is YamlMapping subject
                && (subjects == RoleBindingSubjects.DefaultOnly ? Tree.Text(subject, "name") == "default" : Tree.Text(subject, "kind") == "ServiceAccount");
            if (isMeant)
            {
                edited ??= list.Items.ToBuilder();
                edited[i] = setter.SetSubject((YamlMapping)list.Items[i]);
            }
        }

        if (edited is not null)
        {
            resource.Root = Tree.Set(resource.Root!, "subjects", list.With(edited.MoveToImmutable()), Field);
        }
    }

    private sealed class Setter(BuildContext context, YamlNode at, string value, bool unsetOnly)
        : FieldEdit(context, at, Field, FieldCreation.Scalar)
    {
        public YamlMapping SetSubject(YamlMapping subject)
        {
            var old = Tree.Get(subject, Field);
            return unsetOnly && IsSet(old) ? subject : Tree.Set(subject, Field, Tree.Overwrite(old, At, value, By, YamlTags.String), By);
        }

        protected override YamlNode Edit(YamlNode node, FieldSpec spec)
        {
            if (node is not YamlScalar scalar)
            {
                return Fail(node, spec, "namespace field specs must target scalar nodes");
            }

            return unsetOnly && IsSet(node) ? node : Tree.Overwrite(scalar, At, value, By, YamlTags.String);
        }

        private static bool IsSet(YamlNode? node) => node is YamlScalar { IsNull: false, Value.Length: > 0 };
    }
}

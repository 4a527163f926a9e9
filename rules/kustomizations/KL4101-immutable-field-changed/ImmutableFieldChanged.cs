using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports changes of fields that the API server does not let anybody change.</summary>
public sealed class ImmutableFieldChanged : Rule
{
    private const string Annotations = "kustomize.toolkit.fluxcd.io/";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4101", "immutable-field-changed", "A field differs from the revision that cannot be changed once the object is there", Severity.Error)
        {
            NeedsRevision = true,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#force"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Change(Check);

    private static void Check(ChangeContext context)
    {
        foreach (var change in context.Comparison.Objects)
        {
            if (!change.IsChanged || IsReplaced(change) || (change.Producer is null && !context.Model.Clusters.IsEmpty))
            {
                continue;
            }

            foreach (var field in ImmutableFields.Of(change.Now))
            {
                Check(context, change, field);
            }

            if (change.Now.Is("", "PersistentVolumeClaim"))
            {
                CheckSize(context, change);
            }
        }
    }

    private static void Check(ChangeContext context, ObjectChange change, ImmutableField field)
    {
        var before = change.Before.Root.Get(field.Path.AsSpan());
        var now = change.Now.Root.Get(field.Path.AsSpan());
        if (field.Default is { } fallback ? Same(before, now, fallback) : field.NeedsBoth && (before is null || now is null))
        {
            return;
        }

        if ((before is null && now is null) || IsUnknown(before) || IsUnknown(now) || ContentDifference.Find(before, now) is not { } difference)
        {
            return;
        }

        var place = difference.Node ?? change.Now.Root.Get("metadata", "name") ?? change.Now.Root;
        var path = string.Join('.', field.Path);
        var was = before is null ? "it was not there" : before is YamlScalar scalar ? $"it was '{scalar.Value}'" : "it was another one";
        context.Report(
            place.Location.FirstLine(),
            $"{path} of a {change.Now.Kind} cannot be changed once it is there, and {was} at {context.Revision}: the API server refuses {change.Now.Id}, so Flux applies nothing of its Kustomization",
            Help(change.Now),
            about: change.Now.Id);
    }

    private static void CheckSize(ChangeContext context, ObjectChange change)
    {
        ReadOnlySpan<string> path = ["spec", "resources", "requests", "storage"];
        if (change.Before.Root.Get(path) is YamlScalar { IsUnknown: false } before && change.Now.Root.Get(path) is YamlScalar { IsUnknown: false } now
            && Quantity.Parse(before.Value) is { } old && Quantity.Parse(now.Value) is { } size && size < old)
        {
            context.Report(
                now,
                $"{change.Now.Id} shrinks from {before.Value} at {context.Revision} to {now.Value}: a claim can grow only, so the API server refuses it and Flux applies nothing of its Kustomization",
                "Leave the size, or make a claim of another name and copy the data",
                about: change.Now.Id);
        }
    }

    private static string Help(KubernetesObject item) =>
        item.Kind switch
        {
            "Job" => $"Give the Job another name, or annotate it with `{Annotations}force: Enabled` so that Flux makes it anew",
            "PersistentVolumeClaim" => "Make a claim of another name and copy the data",
            "StatefulSet" => $"Delete it by hand with `--cascade=orphan` before, or annotate it with `{Annotations}force: Enabled`, which deletes it with its pods",
            _ => $"Give it another name, or annotate it with `{Annotations}force: Enabled` so that Flux deletes and makes it anew",
        };

    // An absent field has its default.
    private static bool Same(YamlNode? before, YamlNode? now, string fallback) =>
        (before is null || now is null) && ((before ?? now) is not YamlScalar scalar || scalar.Value == fallback);

    // Flux makes it anew, does not touch it, or it is gone by then.
    private static bool IsReplaced(ObjectChange change) =>
        change.Producer?.Object.Root.GetString("spec", "force") == "true"
        || Says(change.Now, "force", "Enabled")
        || Says(change.Now, "ssa", "IfNotPresent") || Says(change.Now, "ssa", "Ignore")
        || Says(change.Now, "reconcile", "Disabled")
        || (change.Now.Kind == "Job" && change.Before.Root.Get("spec", "ttlSecondsAfterFinished") is not null);

    // https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources: an annotation or a label.
    private static bool Says(KubernetesObject item, string name, string value) =>
        value.Equals(item.Annotation(Annotations + name) ?? item.Label(Annotations + name), StringComparison.OrdinalIgnoreCase);

    private static bool IsUnknown(YamlNode? node) => node?.Resolved switch
    {
        null => false,
        { IsUnknown: true } => true,
        YamlScalar scalar => scalar.Value.Contains("${", StringComparison.Ordinal),
        YamlMapping mapping => mapping.EffectiveEntries().Any(entry => IsUnknown(entry.Value)),
        YamlSequence sequence => sequence.Items.Any(IsUnknown),
        _ => false,
    };
}

/// <summary>A field that cannot be changed.</summary>
/// <param name="Path">The keys that lead to it.</param>
/// <param name="Default">What its absence means; null where it means that nothing is there.</param>
/// <param name="NeedsBoth">Whether its absence means a value that only the cluster knows.</param>
internal sealed record ImmutableField(ImmutableArray<string> Path, string? Default = null, bool NeedsBoth = false);

/// <summary>The fields that the API server does not let change, by kind.</summary>
internal static class ImmutableFields
{
    private static readonly Dictionary<(string Group, string Kind), ImmutableArray<ImmutableField>> ByKind = new()
    {
        // https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/: all of spec but replicas, ordinals, template, updateStrategy,
        // revisionHistoryLimit, persistentVolumeClaimRetentionPolicy and minReadySeconds.
        [("apps", "StatefulSet")] =
        [
            new(["spec", "serviceName"]), new(["spec", "selector"]), new(["spec", "volumeClaimTemplates"]), new(["spec", "podManagementPolicy"], "OrderedReady"),
        ],
        [("apps", "Deployment")] = [new(["spec", "selector"])],
        [("apps", "DaemonSet")] = [new(["spec", "selector"])],
        [("apps", "ReplicaSet")] = [new(["spec", "selector"])],
        [("batch", "Job")] = [new(["spec", "template"]), new(["spec", "selector"], NeedsBoth: true), new(["spec", "completionMode"], "NonIndexed")],
        [("", "PersistentVolumeClaim")] =
        [
            new(["spec", "accessModes"], NeedsBoth: true), new(["spec", "storageClassName"], NeedsBoth: true), new(["spec", "volumeName"], NeedsBoth: true),
            new(["spec", "volumeMode"], "Filesystem"), new(["spec", "selector"], NeedsBoth: true), new(["spec", "dataSource"], NeedsBoth: true),
        ],
        [("", "Service")] = [new(["spec", "clusterIP"], NeedsBoth: true)],
        [("", "Secret")] = [new(["type"], "Opaque")],
        [("rbac.authorization.k8s.io", "RoleBinding")] = [new(["roleRef"])],
        [("rbac.authorization.k8s.io", "ClusterRoleBinding")] = [new(["roleRef"])],
        [("storage.k8s.io", "StorageClass")] =
        [
            new(["provisioner"]), new(["parameters"]), new(["reclaimPolicy"], "Delete"), new(["volumeBindingMode"], "Immediate"),
        ],
        [("scheduling.k8s.io", "PriorityClass")] = [new(["value"])],
        [("networking.k8s.io", "IngressClass")] = [new(["spec", "controller"])],
        [("apiextensions.k8s.io", "CustomResourceDefinition")] = [new(["spec", "scope"])],
    };

    /// <summary>The fields of an object's kind.</summary>
    public static ImmutableArray<ImmutableField> Of(KubernetesObject item) => ByKind.GetValueOrDefault((item.Group, item.Kind), []);
}

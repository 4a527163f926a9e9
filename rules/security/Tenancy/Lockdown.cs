using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>
/// What holds Flux's controllers to the namespaces of tenants (https://fluxcd.io/flux/installation/configuration/multitenancy/), as the
/// repository sets it: in the controllers' arguments, in patches of them, or in the FluxInstance.
/// </summary>
internal sealed class Lockdown
{
    private const string CrossFlag = "--no-cross-namespace-refs";
    private const string AccountFlag = "--default-service-account=";

    private static readonly ImmutableArray<string> Controllers =
        ["kustomize-controller", "helm-controller", "notification-controller", "image-reflector-controller", "image-automation-controller"];

    private readonly Dictionary<string, YamlNode> crossRefs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Name, YamlNode At)> accounts = new(StringComparer.Ordinal);

    private Lockdown()
    {
    }

    /// <summary>Whether anything is set.</summary>
    public bool IsSet => crossRefs.Count > 0 || accounts.Count > 0;

    /// <summary>What forbids a controller to read other namespaces; null where nothing does.</summary>
    public YamlNode? CrossNamespaceRefs(string controller) => crossRefs.GetValueOrDefault(controller);

    /// <summary>The account that a controller takes where none is written; null where it takes its own.</summary>
    public (string Name, YamlNode At)? DefaultAccount(string controller) => accounts.TryGetValue(controller, out var account) ? account : null;

    /// <summary>The namespaces in which Flux itself runs: those of the cluster's entry points.</summary>
    public static ImmutableHashSet<string> OwnNamespaces(FluxCluster cluster) =>
        [.. cluster.Knowledge.Beginnings.Select(kustomization => kustomization.Id.Namespace).OfType<string>(), "flux-system"];

    /// <summary>What a cluster's repository sets.</summary>
    public static Lockdown Of(GraphContext context) =>
        context.Shared(static (model, _) => new PerCluster<Lockdown>(cluster => Read(model, cluster))).Of(context.Cluster);

    private static Lockdown Read(RepositoryModel model, FluxCluster cluster)
    {
        var result = new Lockdown();
        foreach (var item in cluster.Knowledge.OfKind("apps", "Deployment"))
        {
            if (item.Object.Name is { } name && Controllers.Contains(name))
            {
                result.Read(item.Object.Root.Get("spec", "template", "spec", "containers"), [name]);
            }
        }

        if (cluster.Entry.Instance is { } instance)
        {
            result.ReadInstance(instance);
        }

        // What `flux bootstrap` writes beside may be missing: its patches are there all the same.
        var directories = cluster.Knowledge.Beginnings.Select(kustomization => kustomization.Directory).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var files = directories.Count == 0 ? [] : model.Workspace.SelectedFiles.Where(file => PatchesOf(file) is { } patches && LockingPatches(patches).Any()).ToList();
        foreach (var directory in files.Count > 0 ? directories : [])
        {
            var folder = directory + "/";
            foreach (var file in files)
            {
                if (file.Path.StartsWith(folder, StringComparison.Ordinal))
                {
                    result.ReadPatches(PatchesOf(file));
                }
            }
        }

        return result;
    }

    private static YamlNode? PatchesOf(WorkspaceFile file) =>
        FileClassification.IsKustomizationName(file.Path) && file.Yaml.Documents is [{ Root: { } root }, ..] ? root.Get("patches") : null;

    private static IEnumerable<(YamlNode Item, YamlScalar Patch)> LockingPatches(YamlNode? patches)
    {
        foreach (var item in patches?.AsSequence()?.Items ?? [])
        {
            if (item.Get("patch") is YamlScalar patch && (patch.Value.Contains(CrossFlag, StringComparison.Ordinal) || patch.Value.Contains(AccountFlag, StringComparison.Ordinal)))
            {
                yield return (item, patch);
            }
        }
    }

    private void ReadInstance(YamlMapping instance)
    {
        if (instance.Get("cluster", "multitenant") is YamlScalar { IsUnknown: false } multitenant && multitenant.AsBoolean() == true)
        {
            foreach (var controller in Controllers)
            {
                crossRefs.TryAdd(controller, multitenant);
            }

            var account = instance.GetString("cluster", "tenantDefaultServiceAccount") ?? "default";
            accounts.TryAdd("kustomize-controller", (account, multitenant));
            accounts.TryAdd("helm-controller", (account, multitenant));
        }

        ReadPatches(instance.Get("kustomize", "patches"));
    }

    private void ReadPatches(YamlNode? patches)
    {
        foreach (var (item, patch) in LockingPatches(patches))
        {
            foreach (var document in YamlParser.Parse(patch.EmbeddedText()).Documents)
            {
                var target = item.GetString("target", "name") ?? document.Root?.GetString("metadata", "name") ?? ".*";
                Read(document.Root, [.. Controllers.Where(controller => ControllerPattern.Matches(target, controller))]);
            }
        }
    }

    private void Read(YamlNode? node, ImmutableArray<string> controllers)
    {
        switch (node?.Resolved)
        {
            case YamlScalar scalar when scalar.Value is CrossFlag or CrossFlag + "=true":
                foreach (var controller in controllers)
                {
                    crossRefs.TryAdd(controller, scalar);
                }

                break;
            case YamlScalar scalar when scalar.Value.Length > AccountFlag.Length && scalar.Value.StartsWith(AccountFlag, StringComparison.Ordinal):
                foreach (var controller in controllers)
                {
                    accounts.TryAdd(controller, (scalar.Value[AccountFlag.Length..], scalar));
                }

                break;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    Read(entry.Value, controllers);
                }

                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    Read(item, controllers);
                }

                break;
        }
    }
}

using System.Collections.Immutable;
using System.Text.RegularExpressions;

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
    public static ImmutableHashSet<string> OwnNamespaces(FluxCluster cluster)
    {
        var result = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        result.Add("flux-system");
        foreach (var kustomization in cluster.Kustomizations)
        {
            if (kustomization is { EntryPoint: not null, Id.Namespace: { } ns })
            {
                result.Add(ns);
            }
        }

        return result.ToImmutable();
    }

    /// <summary>What a cluster's repository sets.</summary>
    public static Lockdown Of(GraphContext context)
    {
        var result = new Lockdown();
        var cluster = context.Cluster;
        foreach (var item in cluster.Objects())
        {
            if (item.Object.Is("apps", "Deployment") && item.Object.Name is { } name && Controllers.Contains(name))
            {
                result.Read(item.Object.Root.Get("spec", "template", "spec", "containers"), [name]);
            }
        }

        if (cluster.Entry.Instance is { } instance)
        {
            result.ReadInstance(instance);
        }

        // What `flux bootstrap` writes beside may be missing: its patches are there all the same.
        foreach (var kustomization in cluster.Kustomizations)
        {
            if (kustomization is { EntryPoint: not null, Directory: { } directory })
            {
                foreach (var file in context.Model.Workspace.SelectedFiles)
                {
                    if (file.Path.StartsWith(directory + "/", StringComparison.Ordinal) && FileClassification.IsKustomizationName(file.Path) && file.Yaml.Documents is [{ Root: { } root }, ..])
                    {
                        result.ReadPatches(root.Get("patches"));
                    }
                }
            }
        }

        return result;
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
        foreach (var item in patches?.AsSequence()?.Items ?? [])
        {
            if (item.Get("patch") is not YamlScalar patch || !(patch.Value.Contains(CrossFlag, StringComparison.Ordinal) || patch.Value.Contains(AccountFlag, StringComparison.Ordinal)))
            {
                continue;
            }

            foreach (var document in YamlParser.Parse(patch.EmbeddedText()).Documents)
            {
                var target = item.GetString("target", "name") ?? document.Root?.GetString("metadata", "name") ?? ".*";
                Read(document.Root, [.. Controllers.Where(controller => Matches(target, controller))]);
            }
        }
    }

    private static bool Matches(string pattern, string controller)
    {
        try
        {
            return Regex.IsMatch(controller, $"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;
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

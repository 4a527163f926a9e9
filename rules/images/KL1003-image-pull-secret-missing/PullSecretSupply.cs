using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Flux.Images;
using KubeLint.Yaml;

namespace KubeLint.Rules.Images;

/// <summary>Whether a pull secret reaches an image's pod, as far as the repository tells.</summary>
internal enum PullSecretReach
{
    /// <summary>None does.</summary>
    None,

    /// <summary>Something may hand one to it that is not written here.</summary>
    Unseen,

    /// <summary>One does.</summary>
    Reached,
}

/// <summary>What of a repository hands pull secrets to pods: service accounts, registry secrets, policies that change pods.</summary>
internal sealed class PullSecretSupply
{
    private readonly Dictionary<(string Namespace, string Name), bool> accounts = [];
    private readonly List<RegistrySecret> secrets = [];
    private readonly bool hasChangingPolicy;

    public PullSecretSupply(ImmutableArray<KubernetesObject> objects)
    {
        foreach (var item in objects)
        {
            if (item.Is("", "ServiceAccount") && item.Name is { } name)
            {
                var key = (item.Namespace ?? "", name);
                accounts[key] = accounts.GetValueOrDefault(key) || !PodSecrets(item.Root["imagePullSecrets"]).IsEmpty;
            }
            else if (RegistrySecret.From(item) is { } secret)
            {
                secrets.Add(secret);
            }
            else if (item.Group == "kyverno.io" && item.Kind is "ClusterPolicy" or "Policy" or "MutatingPolicy" or "GeneratingPolicy")
            {
                hasChangingPolicy |= ChangesPullSecrets(item);
            }
        }
    }

    /// <summary>The objects that make registry secrets.</summary>
    public IReadOnlyList<RegistrySecret> Secrets => secrets;

    /// <summary>Whether a pull secret reaches the pod of an image.</summary>
    public PullSecretReach ReachOf(ContainerImage image)
    {
        if (!image.Credentials.PullSecrets.IsEmpty)
        {
            return PullSecretReach.Reached;
        }

        if (image.Namespace is not { } ns || hasChangingPolicy)
        {
            return PullSecretReach.Unseen;
        }

        // An operator chooses the account of its pods, and may hand them secrets of its own.
        var account = image.Credentials.ServiceAccount;
        if (account.State == PartState.Unknown || (image.Shape == ImageShape.CustomResource && !account.IsWritten))
        {
            return PullSecretReach.Unseen;
        }

        // The account `default` is always there; another one that is not in the repository is made by something else.
        var name = account.Value ?? "default";
        if (accounts.TryGetValue((ns, name), out var hasSecret) || accounts.TryGetValue(("", name), out hasSecret))
        {
            return hasSecret ? PullSecretReach.Reached : PullSecretReach.None;
        }

        return name == "default" ? PullSecretReach.None : PullSecretReach.Unseen;
    }

    /// <summary>Whether a secret for the registry is copied to namespaces that this repository does not tell.</summary>
    public bool MayBeCopied(string host)
    {
        foreach (var secret in secrets)
        {
            if (secret.IsCopied && (!secret.AreRegistriesKnown || secret.IsFor(host)))
            {
                return true;
            }
        }

        return false;
    }

    private static ImmutableArray<YamlNode> PodSecrets(YamlNode? list) => list?.AsSequence()?.Items ?? [];

    // A mutate rule that adds pull secrets, or a generate rule that clones secrets or accounts.
    private static bool ChangesPullSecrets(KubernetesObject policy)
    {
        if (policy.Kind is "MutatingPolicy" or "GeneratingPolicy")
        {
            return true;
        }

        if (policy.Spec?["rules"]?.AsSequence() is not { } rules)
        {
            return false;
        }

        foreach (var rule in rules.Items)
        {
            if (rule.Get("mutate") is not null || rule.GetString("generate", "kind") is "Secret" or "ServiceAccount" || rule.Get("generate", "cloneList") is not null)
            {
                return true;
            }
        }

        return false;
    }
}

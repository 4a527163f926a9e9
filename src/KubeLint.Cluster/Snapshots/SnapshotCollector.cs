using System.Text.Json;
using KubeLint.Cluster.Api;
using KubeLint.Cluster.Pulls;
using KubeLint.Flux;
using KubeLint.Registry;
using KubeLint.Registry.Credentials;
using KubeLint.Registry.Pins;

namespace KubeLint.Cluster.Snapshots;

/// <summary>Reads what a diagnosis needs, in the order of its list. What the user may not read is noted and never counts as absent.</summary>
public sealed class SnapshotCollector
{
    private const string DnsNamespace = "kube-system";
    private const int MostParents = 6;
    private const int TagPages = 5;
    private const int MostUnusedSecrets = 10;

    private readonly IClusterReader reader;
    private readonly SnapshotOptions options;
    private readonly SecretReader secrets;
    private readonly List<(string Area, string Why)> notChecked = [];

    /// <summary>Over a cluster.</summary>
    /// <param name="reader">Reads.</param>
    /// <param name="options">What else to look at.</param>
    /// <param name="scrubber">Learns the values of the Secrets that are read, so that no output can have them.</param>
    public SnapshotCollector(IClusterReader reader, SnapshotOptions options, SecretScrubber scrubber)
    {
        this.reader = reader;
        this.options = options;
        secrets = new SecretReader(reader, scrubber);
    }

    /// <summary>Reads everything about a workload.</summary>
    /// <param name="inNamespace">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="kind">Its kind, or null to look for the name among all kinds that pods come from.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ClusterException">The server cannot be reached.</exception>
    public async Task<ClusterSnapshot> CollectAsync(string inNamespace, string name, string? kind, CancellationToken cancellationToken)
    {
        notChecked.Clear();
        var found = await reader.GetAsync(ResourceType.Namespace, null, inNamespace, cancellationToken).ConfigureAwait(false);
        Note("namespace", found);
        bool? exists = found.State switch { ReadState.Ok => true, ReadState.NotFound => false, _ => null };
        var workload = exists == false ? null : await FindWorkloadAsync(inNamespace, name, kind, cancellationToken).ConfigureAwait(false);
        var snapshot = new ClusterSnapshot
        {
            Cluster = reader.Name,
            Namespace = inNamespace,
            Name = name,
            NamespaceExists = exists,
            Workload = workload,
        };
        if (workload is not null)
        {
            snapshot = await WithPodsAsync(snapshot, cancellationToken).ConfigureAwait(false);
            snapshot = await WithAccountAsync(snapshot, cancellationToken).ConfigureAwait(false);
            snapshot = await WithSecretsAsync(snapshot, cancellationToken).ConfigureAwait(false);
            snapshot = await WithNodesAndLimitsAsync(snapshot, cancellationToken).ConfigureAwait(false);
            snapshot = await WithPoliciesAsync(snapshot, cancellationToken).ConfigureAwait(false);
            snapshot = await WithRegistriesAsync(snapshot, cancellationToken).ConfigureAwait(false);
            snapshot = await WithFluxAsync(snapshot, cancellationToken).ConfigureAwait(false);
        }

        else
        {
            // What never came: Flux may say why.
            var kustomizations = await ListAsync(ResourceType.Kustomization, null, cancellationToken).ConfigureAwait(false);
            snapshot = snapshot with { Troubled = [.. kustomizations.Where(item => item.Root.Flag("spec", "suspend") || item.Condition("Ready") is { Status: "False" })] };
        }

        return snapshot with { NotChecked = [.. notChecked] };
    }

    private async Task<ClusterObject?> FindWorkloadAsync(string inNamespace, string name, string? kind, CancellationToken cancellationToken)
    {
        foreach (var type in ResourceType.Workloads)
        {
            if (kind is not null && !type.Kind.Equals(kind, StringComparison.OrdinalIgnoreCase) && !type.Plural.Equals(kind, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var found = await reader.GetAsync(type, inNamespace, name, cancellationToken).ConfigureAwait(false);
            Note(type.Plural, found);
            if (found.Single is { } item)
            {
                return item;
            }
        }

        return null;
    }

    private async Task<ClusterSnapshot> WithPodsAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var workload = snapshot.Workload!;
        var roots = new List<ClusterObject> { workload };
        var between = new List<ClusterObject>();
        var home = snapshot.Namespace;
        if (workload.Type == ResourceType.HelmRelease)
        {
            home = workload.Root.Text("spec", "targetNamespace") ?? snapshot.Namespace;
            foreach (var type in (ResourceType[])[ResourceType.Deployment, ResourceType.StatefulSet, ResourceType.DaemonSet, ResourceType.CronJob, ResourceType.Job])
            {
                between.AddRange((await ListAsync(type, home, cancellationToken).ConfigureAwait(false)).Where(item => item.IsOfRelease(workload)));
            }

            roots.AddRange(between);
        }

        foreach (var type in (ResourceType[])[ResourceType.ReplicaSet, ResourceType.Job])
        {
            if (roots.Exists(root => root.Type == ResourceType.Deployment) && type == ResourceType.ReplicaSet
                || roots.Exists(root => root.Type == ResourceType.CronJob) && type == ResourceType.Job)
            {
                between.AddRange((await ListAsync(type, home, cancellationToken).ConfigureAwait(false))
                    .Where(item => item.Controller is { } owner && roots.Exists(root => root.Uid == owner.Uid))
                    .OrderByDescending(Revision));
            }
        }

        var owners = roots.Concat(between).Select(item => item.Uid).ToHashSet();
        var pods = workload.Type == ResourceType.Pod
            ? [workload]
            : (await ListAsync(ResourceType.Pod, home, cancellationToken).ConfigureAwait(false))
                .Where(pod => pod.Controller is { } owner && owners.Contains(owner.Uid)).ToList();
        var events = new Dictionary<string, ClusterEvent>();
        foreach (var type in (ResourceType[])[ResourceType.CoreEvent, ResourceType.Event])
        {
            var objects = roots.Concat(between).Concat(pods).ToList();
            foreach (var item in await ListAsync(type, home, cancellationToken).ConfigureAwait(false))
            {
                var e = ClusterEvent.From(item);
                if (objects.Exists(e.IsAbout))
                {
                    events.TryAdd(e.Uid, e);
                }
            }
        }

        var newestFirst = events.Values.OrderByDescending(e => e.Time).ThenBy(e => e.Uid, StringComparer.Ordinal).ToList();
        return snapshot with
        {
            Namespace = home,
            Between = between,
            Pods = pods,
            Events = newestFirst,
            Containers = [.. pods.SelectMany(pod => ContainerReader.Read(pod, newestFirst))],
            ServiceAccountName = pods.Select(pod => pod.Root.Text("spec", "serviceAccountName")).FirstOrDefault(account => account is not null)
                ?? between.Append(workload).Select(PodSpec).Select(spec => spec.Text("serviceAccountName")).FirstOrDefault(account => account is not null)
                ?? "default",
        };
    }

    private async Task<ClusterSnapshot> WithAccountAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var account = await reader.GetAsync(ResourceType.ServiceAccount, snapshot.Namespace, snapshot.ServiceAccountName, cancellationToken).ConfigureAwait(false);
        Note("service account", account);
        return snapshot with { ServiceAccount = account.Single, ServiceAccountMissing = account.State == ReadState.NotFound };
    }

    private async Task<ClusterSnapshot> WithSecretsAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var specs = snapshot.Pods.Count > 0 ? snapshot.Pods.Select(pod => pod.Root.At("spec")) : snapshot.Between.Append(snapshot.Workload!).Select(PodSpec);
        var onPods = specs.SelectMany(spec => spec.Items("imagePullSecrets")).Select(entry => entry.Text("name")).OfType<string>().Distinct().ToList();
        var onAccount = snapshot.ServiceAccount?.Root.Items("imagePullSecrets").Select(entry => entry.Text("name")).OfType<string>().Distinct().ToList() ?? [];
        var views = new List<PullSecretView>();
        foreach (var name in onPods.Union(onAccount))
        {
            var view = await ReadSecretAsync(snapshot.Namespace, name, cancellationToken).ConfigureAwait(false);
            if (view.State == ReadState.NotFound)
            {
                var elsewhere = await reader.ListAsync(ResourceType.Secret, null, $"metadata.name={name}", metadataOnly: true, cancellationToken).ConfigureAwait(false);
                Note("secrets of other namespaces", elsewhere);
                view = view with { OtherNamespaces = [.. elsewhere.Items.Where(item => item.Name == name).Select(item => item.Namespace).OfType<string>()] };
            }

            views.Add(view with { OnPod = onPods.Contains(name), OnServiceAccount = onAccount.Contains(name) });
        }

        var unused = new List<PullSecretView>();
        if (snapshot.Containers.Any(container => container.Failure is { IsAccess: true } or { Kind: PullFailureKind.RateLimited or PullFailureKind.RepositoryNotFound }))
        {
            var others = await reader.ListAsync(ResourceType.Secret, snapshot.Namespace, "type=kubernetes.io/dockerconfigjson", metadataOnly: true, cancellationToken).ConfigureAwait(false);
            Note("secrets", others);
            foreach (var other in others.Items.Where(item => !views.Exists(view => view.Name == item.Name)).Take(MostUnusedSecrets))
            {
                unused.Add(await ReadSecretAsync(snapshot.Namespace, other.Name, cancellationToken).ConfigureAwait(false));
            }
        }

        return snapshot with { PullSecrets = views, UnusedPullSecrets = unused };
    }

    private async Task<PullSecretView> ReadSecretAsync(string inNamespace, string name, CancellationToken cancellationToken)
    {
        var (result, view) = await secrets.ReadAsync(inNamespace, name, cancellationToken).ConfigureAwait(false);
        Note($"secret {name}", result);
        return view;
    }

    private async Task<ClusterSnapshot> WithNodesAndLimitsAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var nodes = await ListAsync(ResourceType.Node, null, cancellationToken).ConfigureAwait(false);
        return snapshot with
        {
            Nodes = nodes.ToDictionary(node => node.Name),
            Quotas = await ListAsync(ResourceType.ResourceQuota, snapshot.Namespace, cancellationToken).ConfigureAwait(false),
            LimitRanges = await ListAsync(ResourceType.LimitRange, snapshot.Namespace, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<ClusterSnapshot> WithPoliciesAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var troubled = snapshot.Containers.Any(container => container.Failure is not null);
        if (!troubled)
        {
            return snapshot;
        }

        var services = await ListAsync(ResourceType.Service, null, cancellationToken).ConfigureAwait(false);
        var policies = (await ListAsync(ResourceType.NetworkPolicy, snapshot.Namespace, cancellationToken).ConfigureAwait(false)).ToList();
        foreach (var home in snapshot.Containers
            .Where(container => container.Failure is { IsNetwork: true })
            .Select(container => ServiceOf(container, services)?.Namespace)
            .OfType<string>().Distinct().Where(home => home != snapshot.Namespace))
        {
            policies.AddRange(await ListAsync(ResourceType.NetworkPolicy, home, cancellationToken).ConfigureAwait(false));
        }

        return snapshot with
        {
            Services = services,
            NetworkPolicies = policies,
            CiliumPolicies = await ListAsync(ResourceType.CiliumClusterwideNetworkPolicy, null, cancellationToken).ConfigureAwait(false),
            CalicoPolicies = await ListEitherAsync(ResourceType.GlobalNetworkPolicy, ResourceType.GlobalNetworkPolicyOfApi, cancellationToken).ConfigureAwait(false),
            HostEndpoints = await ListEitherAsync(ResourceType.HostEndpoint, ResourceType.HostEndpointOfApi, cancellationToken).ConfigureAwait(false),
            ClusterDns = services.FirstOrDefault(service => service.Namespace == DnsNamespace && service.Label("k8s-app") == "kube-dns")
                ?? services.FirstOrDefault(service => service.Namespace == DnsNamespace && service.Name is "kube-dns" or "coredns" or "rke2-coredns-rke2-coredns"),
            CoreDns = (await reader.GetAsync(ResourceType.Deployment, DnsNamespace, "coredns", cancellationToken).ConfigureAwait(false)).Single,
        };
    }

    /// <summary>The service of the cluster that an image's registry is, or null: by DNS name, by cluster address, by node port.</summary>
    internal static ClusterObject? ServiceOf(ContainerView container, IReadOnlyList<ClusterObject> services)
    {
        if (container.Reference is not { } reference)
        {
            return null;
        }

        var (host, port) = Split(reference.Registry);
        var labels = host.Split('.');
        var dialled = container.Failure?.Address is { } address ? Split(address).Host : null;
        foreach (var service in services)
        {
            var named = labels.Length >= 2 && labels[0] == service.Name && labels[1] == service.Namespace
                && (labels.Length == 2 || labels[2] == "svc");
            var address1 = service.Root.Text("spec", "clusterIP");
            var addressed = address1 is { Length: > 0 } and not "None" && (address1 == host || address1 == dialled);
            var onNode = host is "localhost" or "127.0.0.1"
                && service.Root.Items("spec", "ports").Any(entry => entry.Number("nodePort") is { } number && number.ToString(System.Globalization.CultureInfo.InvariantCulture) == port);
            if (named || addressed || onNode)
            {
                return service;
            }
        }

        return null;
    }

    private async Task<ClusterSnapshot> WithRegistriesAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (options.Registries is not { } registries)
        {
            notChecked.Add(("registry", "left out with --offline"));
            return snapshot;
        }

        var looks = new Dictionary<string, RegistryLook>();
        var troubledFirst = snapshot.Containers.OrderBy(container => container.Failure is null ? 1 : 0).DistinctBy(container => container.Image).Take(options.MostImages);
        foreach (var container in troubledFirst)
        {
            if (container.Reference is not { } image)
            {
                continue;
            }

            // The body, which tells the platforms, counts as a pull at Docker Hub: only where a pull fails.
            var platforms = container.Failure is not null;
            var anonymous = await registries.CheckAsync(image, null, platforms, cancellationToken).ConfigureAwait(false);
            RegistryAnswer? withSecret = null;
            var secret = snapshot.PullSecrets.FirstOrDefault(view => view.Covers(image));
            if (secret is not null && anonymous is not (RegistryAnswer.Exists or RegistryAnswer.Unreachable))
            {
                withSecret = await registries.CheckAsync(image, secret.Config, platforms, cancellationToken).ConfigureAwait(false);
            }

            var look = new RegistryLook(anonymous, withSecret, secret?.Name, null);
            if (platforms && container.IsMutable && look.Found is not null && options.Pins is { } pins)
            {
                var (pin, _) = await pins.ResolveAsync(image, anonymous is RegistryAnswer.Exists ? null : secret?.Config, cancellationToken).ConfigureAwait(false);
                look = look with { Pin = pin };
            }

            if (platforms && look.Found is null && (anonymous is RegistryAnswer.NotFound || withSecret is RegistryAnswer.NotFound))
            {
                look = await WithTagsAsync(registries, look, image, anonymous is RegistryAnswer.NotFound ? null : secret?.Config, cancellationToken).ConfigureAwait(false);
            }

            looks[container.Image] = look;
        }

        return snapshot with { Registries = looks };
    }

    /// <summary>What the repository has in place of a tag that it has not: the highest version, of the same major where there is one.</summary>
    private static async Task<RegistryLook> WithTagsAsync(
        RegistryClient registries,
        RegistryLook look,
        RegistryImage image,
        ICredentialSource? credentials,
        CancellationToken cancellationToken)
    {
        var (tags, failure) = await registries.ListTagsAsync(image, credentials, TagPages, cancellationToken).ConfigureAwait(false);
        if (failure is not null)
        {
            return look with { RepositoryMissing = failure is RegistryAnswer.NotFound { RepositoryMissing: true } };
        }

        VersionTag? best = null;
        var major = image.Tag?.TrimStart('v').Split('.')[0];
        foreach (var tag in tags)
        {
            if (VersionTag.TryParse(tag, out var version)
                && (best is null || (SameMajor(version, major), version).CompareTo((SameMajor(best.Value, major), best.Value)) > 0))
            {
                best = version;
            }
        }

        Pin? pin = null;
        if (best is { } chosen
            && await registries.CheckAsync(image with { Tag = chosen.Tag, Digest = null }, credentials, platforms: false, cancellationToken).ConfigureAwait(false) is RegistryAnswer.Exists exists)
        {
            pin = new Pin(chosen.Tag, exists.Digest);
        }

        return look with { TagCount = tags.Length, Pin = pin };

        static bool SameMajor(VersionTag version, string? major) => version.Tag.TrimStart('v').Split('.')[0] == major;
    }

    private async Task<ClusterSnapshot> WithFluxAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var workload = snapshot.Workload!;
        var release = workload.Type == ResourceType.HelmRelease ? workload : await FindReleaseAsync(workload, snapshot, cancellationToken).ConfigureAwait(false);
        var kustomizations = new List<ClusterObject>();
        var item = release ?? workload;
        while (item is not null && kustomizations.Count < MostParents)
        {
            item = await FindKustomizationAsync(item, cancellationToken).ConfigureAwait(false);
            if (item is null || kustomizations.Exists(known => known.Uid == item.Uid && known.Name == item.Name))
            {
                break;
            }

            kustomizations.Add(item);
        }

        var sources = new List<ClusterObject>();
        foreach (var (kind, name, home) in SourceReferences(release, kustomizations).Distinct())
        {
            if (ResourceType.Sources.TryGetValue(kind, out var type))
            {
                var source = await reader.GetAsync(type, home, name, cancellationToken).ConfigureAwait(false);
                Note(type.Plural, source);
                sources.AddRange(source.Items);
            }
        }

        return snapshot with { HelmRelease = release, Kustomizations = kustomizations, Sources = sources };
    }

    private static IEnumerable<(string Kind, string Name, string Namespace)> SourceReferences(ClusterObject? release, List<ClusterObject> kustomizations)
    {
        IEnumerable<(ClusterObject Item, JsonElement Reference)> all = kustomizations.Select(item => (item, item.Root.At("spec", "sourceRef")));
        if (release is not null)
        {
            all = all.Prepend((release, release.Root.At("spec", "chart", "spec", "sourceRef"))).Prepend((release, release.Root.At("spec", "chartRef")));
        }

        foreach (var (item, reference) in all)
        {
            if (reference.Text("kind") is { } kind && reference.Text("name") is { } name)
            {
                yield return (kind, name, reference.Text("namespace") ?? item.Namespace ?? "");
            }
        }
    }

    private async Task<ClusterObject?> FindReleaseAsync(ClusterObject workload, ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var owned = workload;
        if (owned.AppliedBy(FluxGroups.Helm) is null && snapshot.Pods.Count > 0 && snapshot.Pods[0].AppliedBy(FluxGroups.Helm) is not null)
        {
            owned = snapshot.Pods[0];
        }

        if (owned.AppliedBy(FluxGroups.Helm) is var (name, home))
        {
            var found = await reader.GetAsync(ResourceType.HelmRelease, home, name, cancellationToken).ConfigureAwait(false);
            Note("HelmRelease", found);
            return found.Single;
        }

        if (workload.Annotation("meta.helm.sh/release-name") is not null)
        {
            foreach (var release in await ListAsync(ResourceType.HelmRelease, null, cancellationToken).ConfigureAwait(false))
            {
                if (workload.IsOfRelease(release))
                {
                    return release;
                }
            }
        }

        return null;
    }

    private async Task<ClusterObject?> FindKustomizationAsync(ClusterObject item, CancellationToken cancellationToken)
    {
        if (item.AppliedBy(FluxGroups.Kustomize) is not var (name, home))
        {
            return null;
        }

        var found = await reader.GetAsync(ResourceType.Kustomization, home, name, cancellationToken).ConfigureAwait(false);
        Note("Kustomization", found);
        return found.Single;
    }

    /// <summary>The spec of the pods that a workload makes.</summary>
    internal static JsonElement PodSpec(ClusterObject item) => item.Type.Kind switch
    {
        "Pod" => item.Root.At("spec"),
        "CronJob" => item.Root.At("spec", "jobTemplate", "spec", "template", "spec"),
        _ => item.Root.At("spec", "template", "spec"),
    };

    /// <summary>Calico keeps its objects in a group of its own, and serves them in another, where its API server runs.</summary>
    private async Task<IReadOnlyList<ClusterObject>> ListEitherAsync(ResourceType type, ResourceType other, CancellationToken cancellationToken) =>
        await ListAsync(type, null, cancellationToken).ConfigureAwait(false) is { Count: > 0 } found ? found : await ListAsync(other, null, cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<ClusterObject>> ListAsync(ResourceType type, string? inNamespace, CancellationToken cancellationToken)
    {
        var result = await reader.ListAsync(type, inNamespace, null, metadataOnly: false, cancellationToken).ConfigureAwait(false);
        Note(type.Plural, result);
        return result.Items;
    }

    private void Note(string area, ReadResult result)
    {
        if (result.IsUnknown && !notChecked.Exists(entry => entry.Area == area))
        {
            notChecked.Add((area, result.State == ReadState.Forbidden ? $"not allowed to read: {result.Message}" : result.Message));
        }
    }

    private static long Revision(ClusterObject item) =>
        long.TryParse(item.Annotation("deployment.kubernetes.io/revision"), System.Globalization.CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    private static (string Host, string Port) Split(string address) =>
        address.LastIndexOf(':') is > 0 and var colon ? (address[..colon], address[(colon + 1)..]) : (address, "");
}

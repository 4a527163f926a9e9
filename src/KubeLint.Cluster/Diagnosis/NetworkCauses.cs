using System.Net;
using KubeLint.Cluster.Api;
using KubeLint.Cluster.Pulls;
using KubeLint.Cluster.Snapshots;

namespace KubeLint.Cluster.Diagnosis;

/// <summary>What lies between node and registry.</summary>
internal static class NetworkCauses
{
    public static IEnumerable<Cause> Find(ClusterSnapshot snapshot)
    {
        foreach (var container in snapshot.Containers)
        {
            if (container.Failure is not { } failure || container.Reference is not { } image)
            {
                continue;
            }

            var said = $"pod {container.Pod.Name}, container {container.Name}: {failure.Message}";
            var node = snapshot.NodeOf(container);
            var onNode = NodeCauses.ImagesOnNode(node, container);
            if (container.PullPolicy == "Always" && onNode.Count > 0 && (failure.IsNetwork || failure.Kind == PullFailureKind.ServerError))
            {
                yield return new Cause
                {
                    Kind = CauseKind.AlwaysWithRegistryDown,
                    Weight = 118,
                    Title = $"The pull policy is Always, so the pod waits for {image.Registry}, which does not answer, although node {container.Node} has the image.",
                    Evidence = [said, $"node {container.Node} has {onNode[0]}", $"imagePullPolicy: {container.PullPolicy}"],
                    Container = container,
                    Explains = [CauseKind.ConnectionFailed, CauseKind.DnsFailure, CauseKind.RegistryError],
                    Goal = EditGoal.TagAndPolicy,
                    Steps = ["Pin the image and set the policy to IfNotPresent: the node's copy then starts at once. Then see why the registry is not reached."],
                    Commands = [new($"kubectl debug node/{container.Node} -it --image=busybox -- wget -S -O- https://{image.Registry}/v2/", "try the registry from the node's network")],
                };
            }

            // Who answers that there is no such name was reached: the firewall is the next trouble, not this one.
            var isAnswered = failure.Kind == PullFailureKind.Dns
                && ((string[])["no such host", "name or service not known", "nxdomain", "name does not resolve"]).Any(words => failure.Message.Contains(words, StringComparison.OrdinalIgnoreCase));
            if (failure.IsNetwork && node is not null && HostFirewall.Blocking(snapshot, node, image.Registry, failure.Address) is { Count: > 0 } policies)
            {
                yield return new Cause
                {
                    Kind = CauseKind.HostFirewall,
                    Weight = isAnswered ? 60 : 122,
                    Title = $"The host firewall ({string.Join(", ", policies.Select(policy => $"{policy.Type.Kind} {policy.Name}"))}) leaves node {node.Name} no way to {image.Registry}.",
                    Evidence = [said, .. policies.Select(policy => $"{policy.Type.Kind} {policy.Name} holds for node {node.Name} and no rule allows {image.Registry}")],
                    Container = container,
                    Explains = isAnswered ? [] : [CauseKind.ConnectionFailed, CauseKind.DnsFailure],
                    Steps = [$"Allow the nodes egress to {image.Registry} (and its token and storage hosts) on port 443 in the host policy."],
                    Commands = [.. policies.Select(policy => new Command($"kubectl get {policy.Type.Plural}.{policy.Type.Group} {policy.Name} -o yaml", "show the policy"))],
                };
            }

            if (failure.IsNetwork && SnapshotCollector.ServiceOf(container, snapshot.Services) is { } service && Ingress(snapshot, service, node) is { } ingress)
            {
                yield return new Cause
                {
                    Kind = CauseKind.RegistryIngressPolicy,
                    Weight = 122,
                    Title = $"NetworkPolicy {ingress.Namespace}/{ingress.Name} keeps the nodes from the registry in the cluster.",
                    Evidence = [said, $"{image.Registry} is Service {service.Namespace}/{service.Name}", $"NetworkPolicy {ingress.Namespace}/{ingress.Name} selects its pods and no rule allows the nodes' addresses"],
                    Container = container,
                    Explains = [CauseKind.ConnectionFailed, CauseKind.DnsFailure],
                    Steps = ["Allow the nodes' addresses by an ipBlock: the kubelet's runtime pulls from the host's network, which no pod or namespace selector covers."],
                    Commands = [new($"kubectl -n {ingress.Namespace} get networkpolicy {ingress.Name} -o yaml", "show the policy")],
                };
            }

            if (Mirror(container, failure, said) is { } mirror)
            {
                yield return mirror;
            }

            if (Plain(snapshot, container, failure, said) is { } plain)
            {
                yield return plain;
            }
        }
    }

    private static Cause? Mirror(ContainerView container, PullFailure failure, string said)
    {
        var proxy = failure.Kind == PullFailureKind.Proxy;
        var wrong = failure.Kind == PullFailureKind.WrongAnswer;
        if (!failure.ThroughMirror && !proxy && !wrong)
        {
            return null;
        }

        var who = failure.MirrorHost ?? (proxy ? failure.Address : failure.Host);
        var registry = container.Reference!.Value.Registry;
        var upstreamDecides = failure.Message.Contains("Mirrors also failed", StringComparison.OrdinalIgnoreCase) && !failure.IsNetwork && !wrong;
        var certificate = failure.Kind is PullFailureKind.UnknownAuthority or PullFailureKind.Tls or PullFailureKind.HttpAtHttps or PullFailureKind.RateLimited or PullFailureKind.NoSpace;
        return new Cause
        {
            Kind = CauseKind.MirrorOrProxy,
            Weight = upstreamDecides || certificate ? 60 : 121,
            Title = proxy ? $"The proxy {who ?? "of the container runtime"} does not let pulls through."
                : failure.ThroughMirror ? $"The mirror {who} that the container runtime uses for {registry} answers wrongly."
                : $"Something between the node and {registry} answers in its place: the answer is not a registry's.",
            Evidence = [said],
            Container = container,
            Explains = upstreamDecides || certificate
                ? []
                : [
                    CauseKind.ConnectionFailed, CauseKind.DnsFailure, CauseKind.RegistryError, CauseKind.TagNotFound, CauseKind.RepositoryMissingOrPrivate,
                    CauseKind.CredentialsRefused, CauseKind.AlwaysWithRegistryDown,
                ],
            Steps =
            [
                proxy
                    ? "Correct HTTPS_PROXY and NO_PROXY of the container runtime's service on the node, or the proxy."
                    : $"Correct or remove the mirror of {registry} in the runtime's configuration on the node (containerd: certs.d/{registry}/hosts.toml; CRI-O: registries.conf).",
            ],
            Commands =
            [
                new($"kubectl debug node/{container.Node ?? "NODE"} -it --image=busybox -- cat /host/etc/containerd/certs.d/{registry}/hosts.toml", "show containerd's mirrors"),
                new($"kubectl debug node/{container.Node ?? "NODE"} -it --image=busybox -- cat /host/etc/containers/registries.conf", "show CRI-O's mirrors"),
                new("systemctl show containerd crio -p Environment", "on the node: show the runtime's proxy"),
            ],
        };
    }

    private static Cause? Plain(ClusterSnapshot snapshot, ContainerView container, PullFailure failure, string said)
    {
        var registry = container.Reference!.Value.Registry;
        var node = container.Node ?? "NODE";
        var look = snapshot.Registries.GetValueOrDefault(container.Image);
        var evidence = new List<string> { said };
        if (look is not null)
        {
            evidence.Add($"the registry, asked from here: {RegistryWords.Describe(look.Anonymous)}");
        }

        var template = new Cause { Kind = CauseKind.ConnectionFailed, Weight = 97, Title = "", Container = container, Evidence = evidence };
        var fromNode = new Command($"kubectl debug node/{node} -it --image=busybox -- wget -S -O- https://{registry}/v2/", "try the registry from the node's network");
        switch (failure.Kind)
        {
            case PullFailureKind.Dns:
                var server = failure.DnsServer;
                var clusters = server is not null && snapshot.ClusterDns?.Root.Text("spec", "clusterIP") is { } ip && server.StartsWith(ip + ":", StringComparison.Ordinal);
                if (clusters)
                {
                    var available = snapshot.CoreDns?.Root.Number("status", "availableReplicas") ?? 0;
                    evidence.Add($"{server} is the cluster's DNS service, so CoreDNS matters here; it has {available} available replicas");
                }

                return template with
                {
                    Kind = CauseKind.DnsFailure,
                    Weight = 101,
                    Title = $"The node cannot resolve {failure.Host ?? registry}{(server is null ? "" : $" (asking {server})")}.",
                    Steps =
                    [
                        clusters
                            ? "Bring CoreDNS up, or let the nodes use a resolver outside of the cluster."
                            : "Correct the node's resolver (/etc/resolv.conf, the network's DNS). CoreDNS is for pods: the runtime pulls with the host's resolver.",
                    ],
                    Commands = [new($"kubectl debug node/{node} -it --image=busybox -- nslookup {failure.Host ?? registry}", "resolve it in the node's network"), fromNode],
                };
            case PullFailureKind.Refused or PullFailureKind.NoRoute or PullFailureKind.Timeout or PullFailureKind.Broken:
                var how = failure.Kind switch
                {
                    PullFailureKind.Refused => "the connection is refused",
                    PullFailureKind.NoRoute => "there is no route",
                    PullFailureKind.Timeout => "it gets no answer in time",
                    _ => "the connection breaks",
                };
                return template with
                {
                    Title = $"The node does not get through to {failure.Host ?? registry}{(failure.Address is null ? "" : $" ({failure.Address})")}: {how}.",
                    Goal = container is { PullPolicy: "Always", IsMutable: true } ? EditGoal.TagAndPolicy : EditGoal.None,
                    Steps = [failure.Kind == PullFailureKind.Refused ? "See that the registry runs and listens at this address and port." : "Look at firewalls, routes and proxies between the node and the registry."],
                    Commands = [fromNode],
                };
            case PullFailureKind.UnknownAuthority:
                return template with
                {
                    Kind = CauseKind.UnknownCertificateAuthority,
                    Weight = 111,
                    Title = $"The node does not know the authority of {failure.Host ?? registry}'s certificate.",
                    Steps = [$"Give the node the CA (containerd: ca in certs.d/{registry}/hosts.toml; CRI-O: /etc/containers/certs.d/{registry}/ca.crt), or let the registry use a public one."],
                    Commands = [new($"openssl s_client -connect {(registry.Contains(':', StringComparison.Ordinal) ? registry : registry + ":443")} -showcerts", "show the certificate chain")],
                };
            case PullFailureKind.Tls:
                return template with
                {
                    Kind = CauseKind.TlsFailure,
                    Weight = 110,
                    Title = $"TLS to {failure.Host ?? registry} fails.",
                    Steps = ["Renew or correct the registry's certificate, and see that the node's clock is right."],
                    Commands = [new($"openssl s_client -connect {(registry.Contains(':', StringComparison.Ordinal) ? registry : registry + ":443")}", "show the certificate")],
                };
            case PullFailureKind.HttpAtHttps:
                return template with
                {
                    Kind = CauseKind.HttpAtHttps,
                    Weight = 111,
                    Title = $"{failure.Host ?? registry} speaks plain HTTP where the node expects HTTPS.",
                    Steps = [$"Give the registry TLS, or name it as http:// in the runtime's configuration (containerd: server and host in certs.d/{registry}/hosts.toml; CRI-O: insecure = true)."],
                    Commands = [new($"curl -v http://{registry}/v2/", "see that it answers HTTP")],
                };
            case PullFailureKind.ServerError:
                return template with
                {
                    Kind = CauseKind.RegistryError,
                    Weight = 96,
                    Title = $"The registry {failure.Host ?? registry} answers with a server error.",
                    Steps = ["Wait, or look at the registry's status and logs."],
                    Commands = [fromNode],
                };
            default:
                return null;
        }
    }

    /// <summary>A policy that selects a registry's pods and lets no node in, or null.</summary>
    private static ClusterObject? Ingress(ClusterSnapshot snapshot, ClusterObject service, ClusterObject? node)
    {
        var selector = service.Root.Table("spec", "selector");
        var addresses = node?.Root.Items("status", "addresses").Select(address => address.Text("address")).OfType<string>().ToList() ?? [];
        ClusterObject? denying = null;
        foreach (var policy in snapshot.NetworkPolicies)
        {
            var types = policy.Root.Items("spec", "policyTypes").Select(type => type.GetString()).ToList();
            if (policy.Namespace != service.Namespace || (types.Count > 0 && !types.Contains("Ingress"))
                || !Selectors.Matches(policy.Root.At("spec", "podSelector"), key => selector.FirstOrDefault(pair => pair.Key == key).Value))
            {
                continue;
            }

            denying ??= policy;
            foreach (var rule in policy.Root.Items("spec", "ingress"))
            {
                var peers = rule.Items("from").ToList();
                if (peers.Count == 0 || peers.Exists(peer => peer.Text("ipBlock", "cidr") is { } cidr
                    && (addresses.Count == 0 || addresses.Exists(address => IPNetwork.TryParse(cidr, out var network) && IPAddress.TryParse(address, out var ip) && network.Contains(ip)))))
                {
                    return null;
                }
            }
        }

        return denying;
    }
}

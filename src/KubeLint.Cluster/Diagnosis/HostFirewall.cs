using System.Globalization;
using System.Net;
using System.Text.Json;
using KubeLint.Cluster.Api;
using KubeLint.Cluster.Snapshots;

namespace KubeLint.Cluster.Diagnosis;

/// <summary>
/// Policies that hold for the node's own traffic, which is what pulls images. Sources: docs.cilium.io, "Host Policies";
/// docs.tigera.io, "Protect hosts and VMs".
/// </summary>
internal static class HostFirewall
{
    /// <summary>The policies that keep a node from a registry; none where some policy lets it through or no policy holds for the node.</summary>
    public static IReadOnlyList<ClusterObject> Blocking(ClusterSnapshot snapshot, ClusterObject node, string registry, string? address)
    {
        var target = new Target(registry, address);
        var cilium = Cilium(snapshot, node, target);
        return cilium.Count > 0 ? cilium : Calico(snapshot, node, target);
    }

    private static List<ClusterObject> Cilium(ClusterSnapshot snapshot, ClusterObject node, Target target)
    {
        var denying = new List<ClusterObject>();
        foreach (var policy in snapshot.CiliumPolicies)
        {
            foreach (var spec in policy.Root.Items("specs").Append(policy.Root.At("spec")))
            {
                if (spec.At("nodeSelector").ValueKind != JsonValueKind.Object || !Selectors.Matches(spec.At("nodeSelector"), node))
                {
                    continue;
                }

                foreach (var rule in spec.Items("egressDeny"))
                {
                    if (CiliumReaches(rule, target))
                    {
                        // A denial wins over every allowance.
                        return [policy];
                    }
                }

                var has = spec.At("egress").ValueKind == JsonValueKind.Array || spec.At("egressDeny").ValueKind == JsonValueKind.Array;
                if (has && spec.At("enableDefaultDeny", "egress").ValueKind != JsonValueKind.False)
                {
                    denying.Add(policy);
                }

                foreach (var rule in spec.Items("egress"))
                {
                    if (CiliumReaches(rule, target))
                    {
                        return [];
                    }
                }
            }
        }

        return denying;
    }

    private static bool CiliumReaches(JsonElement rule, Target target)
    {
        if (!PortsAllow(rule, target.Port))
        {
            return false;
        }

        foreach (var entity in rule.Items("toEntities"))
        {
            if (entity.GetString() is "world" or "world-ipv4" or "world-ipv6" or "all")
            {
                return true;
            }
        }

        foreach (var cidr in rule.Items("toCIDR").Select(item => item.GetString()).Concat(rule.Items("toCIDRSet").Select(item => item.Text("cidr"))))
        {
            if (cidr is not null && target.IsIn(cidr))
            {
                return true;
            }
        }

        foreach (var name in rule.Items("toFQDNs"))
        {
            if (name.Text("matchName") == target.Host
                || (name.Text("matchPattern") is { } pattern && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, target.Host)))
            {
                return true;
            }
        }

        // Ports alone, without a peer, mean every peer.
        return rule.ValueKind == JsonValueKind.Object && rule.At("toPorts").ValueKind == JsonValueKind.Array
            && rule.EnumerateObject().All(property => property.Name == "toPorts");
    }

    private static bool PortsAllow(JsonElement rule, string port)
    {
        var any = false;
        foreach (var entry in rule.Items("toPorts").SelectMany(ports => ports.Items("ports")))
        {
            any = true;
            var protocol = entry.Text("protocol") ?? "ANY";
            if (protocol is "TCP" or "ANY" && (entry.Text("port") == port || entry.Text("port") is "0" or null || InRange(entry, port)))
            {
                return true;
            }
        }

        return !any;
    }

    private static bool InRange(JsonElement entry, string port) =>
        entry.Number("endPort") is { } end
        && long.TryParse(entry.Text("port"), CultureInfo.InvariantCulture, out var start)
        && long.TryParse(port, CultureInfo.InvariantCulture, out var wanted)
        && wanted >= start && wanted <= end;

    private static List<ClusterObject> Calico(ClusterSnapshot snapshot, ClusterObject node, Target target)
    {
        var endpoint = snapshot.HostEndpoints.FirstOrDefault(candidate => candidate.Root.Text("spec", "node") == node.Name);
        if (endpoint is null)
        {
            return [];
        }

        var holding = snapshot.CalicoPolicies
            .Where(policy => Selectors.CalicoMatches(policy.Root.Text("spec", "selector") ?? "all()", endpoint) && HoldsForEgress(policy))
            .OrderBy(policy => policy.Root.At("spec", "order") is { ValueKind: JsonValueKind.Number } order ? order.GetDouble() : double.MaxValue)
            .ToList();
        foreach (var policy in holding)
        {
            foreach (var rule in policy.Root.Items("spec", "egress"))
            {
                if (rule.Text("protocol") is not (null or "TCP") || !CalicoReaches(rule.At("destination"), target))
                {
                    continue;
                }

                // Rules are tried in order: the first that matches decides.
                switch (rule.Text("action"))
                {
                    case "Allow":
                        return [];
                    case "Deny":
                        return [policy];
                }
            }
        }

        // Policies without a matching rule end in a denial; without any, the endpoint's profiles decide, and without profiles all is denied.
        return holding.Count > 0 ? holding : endpoint.Root.Items("spec", "profiles").Any() ? [] : [endpoint];
    }

    private static bool HoldsForEgress(ClusterObject policy)
    {
        var types = policy.Root.Items("spec", "types").Select(type => type.GetString()).ToList();
        return types.Count > 0 ? types.Contains("Egress") : policy.Root.At("spec", "egress").ValueKind == JsonValueKind.Array;
    }

    private static bool CalicoReaches(JsonElement destination, Target target)
    {
        if (destination.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        if (destination.Text("selector") is { Length: > 0 } or not null && destination.At("nets").ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        var nets = destination.Items("nets").Select(net => net.GetString() ?? "").ToList();
        var ports = destination.Items("ports").Select(port => port.ToString()).ToList();
        var domains = destination.Items("domains").Select(domain => domain.GetString() ?? "").ToList();
        return (nets.Count == 0 || nets.Exists(target.IsIn))
            && (domains.Count == 0 || domains.Exists(domain => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(domain, target.Host)))
            && (ports.Count == 0 || ports.Contains(target.Port));
    }

    /// <summary>Where a pull goes to.</summary>
    private sealed class Target
    {
        public Target(string registry, string? address)
        {
            var colon = registry.LastIndexOf(':');
            Host = registry == "docker.io" ? "registry-1.docker.io" : colon > 0 ? registry[..colon] : registry;
            Port = colon > 0 ? registry[(colon + 1)..] : "443";
            var text = address is null ? Host : address[..Math.Max(0, address.LastIndexOf(':'))].Trim('[', ']');
            Address = IPAddress.TryParse(text, out var parsed) ? parsed : null;
        }

        public string Host { get; }

        public string Port { get; }

        private IPAddress? Address { get; }

        public bool IsIn(string cidr) =>
            cidr is "0.0.0.0/0" or "::/0" || (Address is not null && IPNetwork.TryParse(cidr, out var network) && network.Contains(Address));
    }
}

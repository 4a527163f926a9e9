using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>What service accounts of a cluster are bound to, by the cluster's RoleBindings and ClusterRoleBindings.</summary>
internal sealed class RoleBindings
{
    private readonly Dictionary<(string Namespace, string Name), List<(EffectiveObject Binding, YamlScalar? Role)>> byAccount = [];
    private readonly HashSet<string> groups = new(StringComparer.Ordinal);

    public RoleBindings(FluxCluster cluster)
    {
        const string Group = "rbac.authorization.k8s.io";
        foreach (var item in cluster.Knowledge.OfKind(Group, "RoleBinding").Concat(cluster.Knowledge.OfKind(Group, "ClusterRoleBinding")))
        {
            foreach (var subject in item.Object.Root["subjects"]?.AsSequence()?.Items ?? [])
            {
                if (subject.GetString("kind") == "ServiceAccount" && subject.GetString("name") is { } name)
                {
                    var key = (subject.GetString("namespace") ?? item.Object.Namespace ?? "default", name);
                    if (!byAccount.TryGetValue(key, out var list))
                    {
                        byAccount.Add(key, list = []);
                    }

                    list.Add((item, item.Object.Root.Get("roleRef", "name") as YamlScalar));
                }
                else if (subject.GetString("kind") == "Group" && subject.GetString("name") is { } group)
                {
                    groups.Add(group);
                }
            }
        }
    }

    /// <summary>Whether any role is bound to an account, or to a group that it belongs to.</summary>
    public bool IsBound(string ns, string name) => byAccount.ContainsKey((ns, name)) || groups.Contains("system:serviceaccounts") || groups.Contains($"system:serviceaccounts:{ns}");

    /// <summary>The node that binds an account to <c>cluster-admin</c> in all namespaces; null where none does.</summary>
    public (EffectiveObject Binding, YamlScalar Role)? ClusterAdmin(string ns, string name)
    {
        foreach (var (binding, role) in byAccount.GetValueOrDefault((ns, name), []))
        {
            if (binding.Object.Kind == "ClusterRoleBinding" && role is { Value: "cluster-admin" })
            {
                return (binding, role);
            }
        }

        return null;
    }
}

using System.Collections.Immutable;

using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Holds a pod to a Pod Security Standard (https://kubernetes.io/docs/concepts/security/pod-security-standards/).</summary>
internal sealed class PodSecurityStandard(WorkloadPod pod, bool isRestricted)
{
    private static readonly ImmutableHashSet<string> BaselineCapabilities =
    [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ];

    private static readonly ImmutableHashSet<string> RestrictedVolumes =
        ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"];

    private static readonly ImmutableHashSet<string> SafeSysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
        "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
    ];

    private static readonly ImmutableArray<string> HostFields = ["hostNetwork", "hostPID", "hostIPC"];

    /// <summary>What the pod says and the level refuses.</summary>
    public IEnumerable<(YamlNode At, string What)> Violations()
    {
        foreach (var field in HostFields)
        {
            if (pod.Spec.GetTrue(field) is { } shared)
            {
                yield return (shared, field);
            }
        }

        foreach (var volume in pod.Volumes)
        {
            if (volume.Type == "hostPath")
            {
                yield return (volume.TypeNode, $"hostPath volumes ('{volume.Name}')");
            }
            else if (isRestricted && !RestrictedVolumes.Contains(volume.Type))
            {
                yield return (volume.TypeNode, $"{volume.Type} volumes ('{volume.Name}')");
            }
        }

        foreach (var sysctl in pod.Spec.Get("securityContext", "sysctls")?.AsSequence()?.Items ?? [])
        {
            if (sysctl.Get("name") is YamlScalar name && Template.IsPlain(name) && !SafeSysctls.Contains(name.Value))
            {
                yield return (name, $"the sysctl {name.Value}");
            }
        }

        foreach (var violation in OfContext(pod.Spec, "the pod"))
        {
            yield return violation;
        }

        foreach (var container in pod.Containers)
        {
            foreach (var violation in OfContainer(container))
            {
                yield return violation;
            }
        }
    }

    /// <summary>What the level <c>restricted</c> demands of a container and neither it nor the pod says.</summary>
    public List<string> Missing(PodContainer container)
    {
        var missing = new List<string>();
        if (container.Fields.Get("securityContext", "allowPrivilegeEscalation") is null)
        {
            missing.Add("allowPrivilegeEscalation: false");
        }

        var drops = container.Fields.Get("securityContext", "capabilities", "drop")?.AsSequence()?.Items ?? [];
        if (!drops.Any(item => item.AsScalar() is { } drop && (drop.Value == "ALL" || !Template.IsPlain(drop))))
        {
            missing.Add("capabilities.drop: [ALL]");
        }

        if (container.Fields.Get("securityContext", "runAsNonRoot") is null && pod.Spec.Get("securityContext", "runAsNonRoot") is null)
        {
            missing.Add("runAsNonRoot: true");
        }

        if (container.Fields.Get("securityContext", "seccompProfile") is null && pod.Spec.Get("securityContext", "seccompProfile") is null)
        {
            missing.Add("seccompProfile.type: RuntimeDefault");
        }

        return missing;
    }

    private IEnumerable<(YamlNode At, string What)> OfContainer(PodContainer container)
    {
        var name = $"the container '{container.Name}'";
        if (container.Fields.GetTrue("securityContext", "privileged") is { } privileged)
        {
            yield return (privileged, $"privileged containers ('{container.Name}')");
        }

        foreach (var item in container.Fields.Get("securityContext", "capabilities", "add")?.AsSequence()?.Items ?? [])
        {
            if (item.AsScalar() is { } added && Template.IsPlain(added)
                && (isRestricted ? added.Value != "NET_BIND_SERVICE" : !BaselineCapabilities.Contains(added.Value)))
            {
                yield return (item, $"the capability {added.Value}");
            }
        }

        foreach (var port in container.Fields.Get("ports")?.AsSequence()?.Items ?? [])
        {
            if (port.Get("hostPort") is YamlScalar host && PortNumbers.Parse(host) is > 0)
            {
                yield return (host, "hostPort");
            }
        }

        if (container.Fields.GetScalar("securityContext", "procMount") is { Value: not "Default" } proc && Template.IsPlain(proc) && pod.Spec.Get("hostUsers") is null)
        {
            yield return (proc, $"procMount {proc.Value}");
        }

        foreach (var violation in OfContext(container.Fields, name))
        {
            yield return violation;
        }

        if (isRestricted && !pod.IsWindows && container.Fields.GetTrue("securityContext", "allowPrivilegeEscalation") is { } escalation)
        {
            yield return (escalation, "allowPrivilegeEscalation: true");
        }
    }

    // What a pod and its containers say alike.
    private IEnumerable<(YamlNode At, string What)> OfContext(LayeredFields fields, string whose)
    {
        if (fields.GetScalar("securityContext", "seccompProfile", "type") is { Value: "Unconfined" } seccomp)
        {
            yield return (seccomp, "seccompProfile Unconfined");
        }

        if (fields.GetTrue("securityContext", "windowsOptions", "hostProcess") is { } process)
        {
            yield return (process, "hostProcess");
        }

        if (!isRestricted || pod.IsWindows)
        {
            yield break;
        }

        // A user namespace of its own relaxes who the pod runs as.
        if (pod.Spec.GetScalar("hostUsers")?.AsBoolean() == false)
        {
            yield break;
        }

        if (fields.GetScalar("securityContext", "runAsNonRoot") is { } nonRoot && nonRoot.AsBoolean() == false)
        {
            yield return (nonRoot, $"runAsNonRoot: false of {whose}");
        }

        if (fields.GetScalar("securityContext", "runAsUser") is { Value: "0" } root)
        {
            yield return (root, "runAsUser: 0");
        }
    }
}

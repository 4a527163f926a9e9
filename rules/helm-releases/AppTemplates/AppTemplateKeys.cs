using System.Collections.Frozen;

namespace KubeLint.Rules.HelmReleases;

/// <summary>The keys that app-template reads at each level, those of versions 3 to 5 together.</summary>
internal static class AppTemplateKeys
{
    /// <summary>Below a controller.</summary>
    public static FrozenSet<string> Controller { get; } = FrozenSet.ToFrozenSet(
    [
        "annotations", "applyDefaultContainerOptionsToInitContainers", "containers", "cronjob", "defaultContainerOptions", "defaultContainerOptionsStrategy", "enabled",
        "forceRename", "horizontalPodAutoscaler", "initContainers", "job", "labels", "nameOverride", "pod", "podDisruptionBudget", "prefix", "replicas",
        "revisionHistoryLimit", "rollingUpdate", "serviceAccount", "statefulset", "strategy", "suffix", "type",
    ]);

    /// <summary>Below a container.</summary>
    public static FrozenSet<string> Container { get; } = FrozenSet.ToFrozenSet(
    [
        "args", "command", "dependsOn", "enabled", "env", "envFrom", "image", "lifecycle", "nameOverride", "order", "ports", "probes", "resizePolicy", "resources",
        "restartPolicy", "securityContext", "stdin", "terminationMessagePath", "terminationMessagePolicy", "tty", "workingDir",
    ]);

    /// <summary>Below <c>defaultPodOptions</c> and a controller's <c>pod</c>.</summary>
    public static FrozenSet<string> Pod { get; } = FrozenSet.ToFrozenSet(
    [
        "affinity", "annotations", "automountServiceAccountToken", "dnsConfig", "dnsPolicy", "enableServiceLinks", "hostAliases", "hostIPC", "hostNetwork", "hostPID",
        "hostUsers", "hostname", "imagePullSecrets", "labels", "nodeSelector", "priorityClassName", "resizePolicy", "resourceClaims", "resources", "restartPolicy",
        "runtimeClassName", "schedulerName", "schedulingGates", "securityContext", "shareProcessNamespace", "terminationGracePeriodSeconds", "tolerations",
        "topologySpreadConstraints",
    ]);

    private static readonly FrozenSet<string> Cronjob = FrozenSet.ToFrozenSet(
        ["concurrencyPolicy", "failedJobsHistory", "schedule", "startingDeadlineSeconds", "successfulJobsHistory", "timeZone", "ttlSecondsAfterFinished", "backoffLimit"]);

    private static readonly FrozenSet<string> Old = FrozenSet.ToFrozenSet(["podSecurityContext", "podAnnotations", "podLabels"]);

    /// <summary>Where a key of the top level belongs; null where it may stand there, or nothing is known of it.</summary>
    public static string? HomeOfTop(string key) => key switch
    {
        "podSecurityContext" or "podAnnotations" or "podLabels" => HomeOfOld(key),
        "controller" => "controllers.<name>",
        "containers" or "initContainers" or "replicas" or "strategy" or "rollingUpdate" or "cronjob" or "statefulset" or "revisionHistoryLimit" => $"controllers.<name>.{key}",
        "volumeClaimTemplates" => "controllers.<name>.statefulset.volumeClaimTemplates",
        "additionalContainers" or "sidecars" => "controllers.<name>.containers",
        "configmap" or "configMap" => "configMaps",
        "secret" => "secrets",
        "services" => "service",
        "ingresses" => "ingress",
        "routes" => "route",
        "volumes" or "volumeMounts" => "persistence.<name>",
        "securityContext" => "controllers.<name>.containers.<name>.securityContext or defaultPodOptions.securityContext",
        _ when Container.Contains(key) && key is not ("enabled" or "nameOverride" or "order" or "dependsOn") => $"controllers.<name>.containers.<name>.{key}",
        _ when Pod.Contains(key) && key is not ("annotations" or "labels") => $"defaultPodOptions.{key}",
        _ => null,
    };

    /// <summary>Where a key that stands below a controller belongs; null where nothing is known of it.</summary>
    public static string? HomeOfController(string key) => key switch
    {
        _ when Controller.Contains(key) => null,
        _ when Old.Contains(key) => HomeOfOld(key).Replace("defaultPodOptions", "pod", StringComparison.Ordinal),
        "volumeClaimTemplates" or "podManagementPolicy" => $"statefulset.{key}",
        "volumes" or "volumeMounts" or "persistence" => "persistence.<name> at the top",
        "service" or "ingress" or "route" => $"{key}.<name> at the top",
        "serviceAccountName" => "serviceAccount.name",
        "securityContext" => "containers.<name>.securityContext or pod.securityContext",
        _ when Cronjob.Contains(key) => $"cronjob.{key}",
        _ when Container.Contains(key) && key is not ("order" or "dependsOn" or "restartPolicy") => $"containers.<name>.{key}",
        _ when Pod.Contains(key) => $"pod.{key}",
        _ => null,
    };

    /// <summary>Where a key that stands below a container belongs; null where nothing is known of it.</summary>
    public static string? HomeOfContainer(string key) => key switch
    {
        _ when Container.Contains(key) => null,
        "repository" or "tag" or "pullPolicy" => $"image.{key}",
        "imagePullPolicy" => "image.pullPolicy",
        "liveness" or "readiness" or "startup" => $"probes.{key}",
        "livenessProbe" or "readinessProbe" or "startupProbe" => $"probes.{key[..^"Probe".Length]}",
        "volumeMounts" or "persistence" or "mounts" => "persistence.<name>.advancedMounts at the top",
        _ when Pod.Contains(key) => $"the controller's pod.{key}",
        _ when Controller.Contains(key) && key is not ("annotations" or "labels") => $"the controller's {key}",
        _ => null,
    };

    /// <summary>Where a key that stands among pod options belongs; null where nothing is known of it.</summary>
    public static string? HomeOfPod(string key) => key switch
    {
        _ when Pod.Contains(key) => null,
        "podSecurityContext" => "securityContext",
        "podAnnotations" => "annotations",
        "podLabels" => "labels",
        "volumes" => "persistence.<name> at the top",
        "serviceAccountName" or "serviceAccount" => "the controller's serviceAccount.name",
        _ when Container.Contains(key) && key is not ("enabled" or "order" or "nameOverride") => $"the controller's containers.<name>.{key}",
        _ when Controller.Contains(key) && key is not "enabled" => $"the controller's {key}",
        _ => null,
    };

    private static string HomeOfOld(string key) => key switch
    {
        "podSecurityContext" => "defaultPodOptions.securityContext",
        "podAnnotations" => "defaultPodOptions.annotations",
        _ => "defaultPodOptions.labels",
    };
}

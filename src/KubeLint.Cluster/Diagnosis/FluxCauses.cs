using System.Text.Json;
using KubeLint.Cluster.Api;
using KubeLint.Cluster.Repository;
using KubeLint.Cluster.Snapshots;

namespace KubeLint.Cluster.Diagnosis;

/// <summary>Flux between git and cluster: a fix that is in git helps only when Flux brings it.</summary>
internal static class FluxCauses
{
    /// <summary>Words that say that Flux waited for the pods: their trouble is the cause of Flux's, not the other way round.</summary>
    private static readonly string[] waited =
        ["context deadline exceeded", "timed out waiting", "timeout waiting", "health check", "not ready", "InProgress", "client rate limiter", "resource is not"];

    public static IEnumerable<Cause> Find(ClusterSnapshot snapshot, WrittenImage? written, ContainerView? container)
    {
        var troubled = snapshot.Containers.Any(view => !view.IsReady) || snapshot.Pods.Count == 0;
        var drift = Drift(snapshot, written, container).ToList();
        foreach (var item in Chain(snapshot))
        {
            var suspended = item.Root.Flag("spec", "suspend");
            var failing = Failing(item);
            if (!suspended && failing is null)
            {
                continue;
            }

            if (suspended && !troubled)
            {
                continue;
            }

            var home = item.Namespace ?? "";
            yield return new Cause
            {
                Kind = CauseKind.FluxNotApplied,
                Weight = !troubled ? 70 : drift.Count > 0 ? 130 : suspended ? 52 : 56,
                Title = suspended
                    ? $"{item} is suspended: {(drift.Count > 0 ? "what is in git never arrived." : "a fix in git will not arrive.")}"
                    : $"{item} fails: {(drift.Count > 0 ? "what is in git never arrived." : "a fix in git will not arrive.")}",
                Evidence =
                [
                    suspended ? $"{item}: spec.suspend is true" : $"{item}: Ready=False, {failing}",
                    .. drift,
                ],
                Container = container,
                Goal = suspended ? EditGoal.Suspend : EditGoal.None,
                Steps = [suspended ? "Resume it (and take suspend out of the repository, if it stands there)." : "Correct what its condition says, then reconcile."],
                Commands = suspended
                    ? [new($"flux resume {Noun(item)} {item.Name} -n {home}", "resume it")]
                    : [
                        new($"flux reconcile {Noun(item)} {item.Name} -n {home}{(item.Type.Kind is "Kustomization" or "HelmRelease" ? " --with-source" : "")}", "try again at once"),
                        new($"kubectl -n {home} describe {item.Type.Plural}.{item.Type.Group} {item.Name}", "show its conditions"),
                    ],
            };
        }
    }

    /// <summary>The Kustomization that would bring what the repository writes and the cluster lacks, where it is suspended or fails.</summary>
    public static IEnumerable<Cause> NeverCame(ClusterSnapshot snapshot, RepositoryLookup? repository)
    {
        foreach (var place in repository?.Written(snapshot) ?? [])
        {
            var responsible = snapshot.Troubled
                .Where(item => item.Root.Text("spec", "path") is { } path && IsBelow(place.Path, path))
                .MaxBy(item => item.Root.Text("spec", "path")!.Length);
            if (responsible is null)
            {
                continue;
            }

            var suspended = responsible.Root.Flag("spec", "suspend");
            var ready = responsible.Condition("Ready");
            yield return new Cause
            {
                Kind = CauseKind.FluxNotApplied,
                Weight = 130,
                Title = $"{responsible} {(suspended ? "is suspended" : "fails")}: {place.Kind} {snapshot.Name} of the repository never arrived.",
                Evidence =
                [
                    suspended ? $"{responsible}: spec.suspend is true" : $"{responsible}: Ready=False, {ready?.Reason}: {ready?.Message}",
                    $"{place.Path}:{place.Line} writes {place.Kind} {snapshot.Name}; its spec.path is {responsible.Root.Text("spec", "path")}",
                ],
                Steps = [suspended ? "Resume it (and take suspend out of the repository, if it stands there)." : "Correct what its condition says, then reconcile."],
                Commands =
                [
                    suspended ? new($"flux resume kustomization {responsible.Name} -n {responsible.Namespace}", "resume it")
                        : new($"flux reconcile kustomization {responsible.Name} -n {responsible.Namespace} --with-source", "try again at once"),
                ],
                Edit = new SourceEdit(place.Path, place.Line, null, "it is written here"),
            };
            yield break;
        }
    }

    private static bool IsBelow(string file, string path)
    {
        var folder = path.TrimStart('.').Trim('/');
        return folder.Length == 0 || file.StartsWith(folder + "/", StringComparison.Ordinal);
    }

    /// <summary>Release, Kustomizations and sources, the nearest to the workload first.</summary>
    public static IEnumerable<ClusterObject> Chain(ClusterSnapshot snapshot) =>
        (snapshot.HelmRelease is { } release ? [release] : Array.Empty<ClusterObject>()).Concat(snapshot.Kustomizations).Concat(snapshot.Sources);

    /// <summary>Why an object of Flux fails, or null where it does not, or only waits for the pods.</summary>
    public static string? Failing(ClusterObject item)
    {
        if (item.Condition("Ready") is not { Status: "False" } ready || ready.Reason is "Progressing" or "HealthCheckFailed")
        {
            return null;
        }

        foreach (var words in waited)
        {
            if (item.Type.Kind is "HelmRelease" or "Kustomization" && ready.Message.Contains(words, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        return $"{ready.Reason}: {ready.Message}";
    }

    /// <summary>What shows that git or a spec is ahead of what runs.</summary>
    public static IEnumerable<string> Drift(ClusterSnapshot snapshot, WrittenImage? written, ContainerView? container)
    {
        foreach (var item in snapshot.Kustomizations)
        {
            var applied = item.Root.Text("status", "lastAppliedRevision");
            var attempted = item.Root.Text("status", "lastAttemptedRevision");
            var source = snapshot.Sources.FirstOrDefault(candidate =>
                candidate.Type.Kind == item.Root.Text("spec", "sourceRef", "kind") && candidate.Name == item.Root.Text("spec", "sourceRef", "name")
                && candidate.Namespace == (item.Root.Text("spec", "sourceRef", "namespace") ?? item.Namespace));
            var available = source?.Root.Text("status", "artifact", "revision");
            if (applied is not null && available is not null && applied != available)
            {
                yield return $"{item} applied {applied}; {source} has {available}";
            }
            else if (applied is not null && attempted is not null && applied != attempted)
            {
                yield return $"{item} applied {applied}, but tried {attempted}";
            }

            if (Behind(item))
            {
                yield return $"{item} changed, but Flux has not acted on it (generation {item.Root.Number("metadata", "generation")}, observed {item.Root.Number("status", "observedGeneration")})";
            }
        }

        if (snapshot.HelmRelease is { } release)
        {
            if (Behind(release))
            {
                yield return $"{release} changed, but Flux has not acted on it (generation {release.Root.Number("metadata", "generation")}, observed {release.Root.Number("status", "observedGeneration")})";
            }

            if (container?.Reference is { } running)
            {
                foreach (var image in ImagesIn(release.Root.At("spec", "values")))
                {
                    if (ContainerView.Parse(image) is { } declared && declared.Name == running.Name && declared.Reference != running.Reference
                        && declared.Tag != running.Tag)
                    {
                        yield return $"{release} says {image}; the pod has {container.Image}";
                        break;
                    }
                }
            }
        }

        if (written is { Tag: { } tag } && container?.Reference is { } actual && tag.Split('@')[0] != (actual.Tag ?? ""))
        {
            yield return $"{written.Path}:{written.TagLine} says {tag}; the pod has {container.Image}";
        }
    }

    private static bool Behind(ClusterObject item) =>
        item.Root.Number("metadata", "generation") is { } generation && item.Root.Number("status", "observedGeneration") is { } observed && observed < generation;

    /// <summary>The images that values name, as strings or as maps of repository and tag.</summary>
    private static IEnumerable<string> ImagesIn(JsonElement values)
    {
        switch (values.ValueKind)
        {
            case JsonValueKind.Object:
                if (values.Text("repository") is { } repository && values.At("tag").ValueKind is JsonValueKind.String or JsonValueKind.Number)
                {
                    var registry = values.Text("registry");
                    yield return $"{(registry is null ? "" : registry + "/")}{repository}:{values.At("tag")}";
                }

                foreach (var property in values.EnumerateObject())
                {
                    if (property.Name == "image" && property.Value.ValueKind == JsonValueKind.String)
                    {
                        yield return property.Value.GetString()!;
                    }

                    foreach (var image in ImagesIn(property.Value))
                    {
                        yield return image;
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in values.EnumerateArray())
                {
                    foreach (var image in ImagesIn(item))
                    {
                        yield return image;
                    }
                }

                break;
        }
    }

    /// <summary>What the flux command calls a kind.</summary>
    public static string Noun(ClusterObject item) => item.Type.Kind switch
    {
        "HelmRelease" => "helmrelease",
        "Kustomization" => "kustomization",
        "GitRepository" => "source git",
        "OCIRepository" => "source oci",
        "HelmRepository" => "source helm",
        "HelmChart" => "source chart",
        _ => "source bucket",
    };
}

using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Asks for pods, wherever they are written.</summary>
internal static class PodRegistrar
{
    /// <summary>Each pod of a workload or of the values of a chart that is known well enough.</summary>
    public static void Pod(this IRuleRegistrar on, Action<ObjectContext, WorkloadPod> run)
    {
        foreach (var (group, kind) in WorkloadPods.Kinds)
        {
            on.Object(group, kind, context =>
            {
                if (WorkloadPods.Of(context.Object) is { } pod)
                {
                    run(context, pod);
                }
            });
        }

        on.PodsOfValues((context, pods) =>
        {
            foreach (var pod in pods)
            {
                run(context, pod);
            }
        });
    }

    /// <summary>Each pod that is not only a note: where there are clusters, one that none of them gets is nobody's risk yet.</summary>
    public static void AppliedPod(this IRuleRegistrar on, Action<ObjectContext, WorkloadPod> run) => on.Pod((context, pod) =>
    {
        if (!context.Model.IsOnlyIfApplied(context.Object))
        {
            run(context, pod);
        }
    });

    /// <summary>The values of each HelmRelease, once for all clusters where they are the same; those that no cluster gets too.</summary>
    public static void Values(this IRuleRegistrar on, Action<ObjectContext, YamlMapping> run) => on.Object(FluxGroups.Helm, "HelmRelease", context =>
    {
        var releases = context.Model.ReleasesOf(context.Object);
        if (releases.IsEmpty && context.Object.Spec?["values"] is YamlMapping written)
        {
            run(context, written);
        }

        for (var i = 0; i < releases.Length; i++)
        {
            if (releases[i].Values is { } values && (i == 0 || !ReferenceEquals(values, releases[i - 1].Values)))
            {
                run(context, values);
            }
        }
    });

    /// <summary>
    /// Each container of each pod, with what was reported of the object before: containers may share what is wrong, by an anchor, by the
    /// pod's own fields or by a chart's defaults.
    /// </summary>
    public static void Container(this IRuleRegistrar on, Action<ObjectContext, WorkloadPod, PodContainer, ReportedPlaces> run)
    {
        foreach (var (group, kind) in WorkloadPods.Kinds)
        {
            on.Object(group, kind, context =>
            {
                if (WorkloadPods.Of(context.Object) is { } pod)
                {
                    RunContainers(context, [pod], run);
                }
            });
        }

        on.PodsOfValues((context, pods) => RunContainers(context, pods, run));
    }

    // As `Values` does.
    private static void PodsOfValues(this IRuleRegistrar on, Action<ObjectContext, ImmutableArray<WorkloadPod>> run) => on.Object(FluxGroups.Helm, "HelmRelease", context =>
    {
        var releases = context.Model.ReleasesOf(context.Object);
        if (releases.IsEmpty && WorkloadPods.OfWritten(context.Object) is { IsEmpty: false } written)
        {
            run(context, written);
        }

        for (var i = 0; i < releases.Length; i++)
        {
            if (releases[i].Pods is { IsEmpty: false } pods && (i == 0 || !ReferenceEquals(releases[i].Values, releases[i - 1].Values)))
            {
                run(context, pods);
            }
        }
    });

    /// <summary>Each container of pods that are not only notes; see <see cref="AppliedPod"/>.</summary>
    public static void AppliedContainer(this IRuleRegistrar on, Action<ObjectContext, WorkloadPod, PodContainer, ReportedPlaces> run) => on.Container((context, pod, container, places) =>
    {
        if (!context.Model.IsOnlyIfApplied(context.Object))
        {
            run(context, pod, container, places);
        }
    });

    private static void RunContainers(ObjectContext context, ImmutableArray<WorkloadPod> pods, Action<ObjectContext, WorkloadPod, PodContainer, ReportedPlaces> run)
    {
        var places = new ReportedPlaces();
        foreach (var pod in pods)
        {
            foreach (var container in pod.Containers)
            {
                run(context, pod, container, places);
            }
        }
    }
}

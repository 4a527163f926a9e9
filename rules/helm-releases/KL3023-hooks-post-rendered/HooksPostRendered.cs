using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports post-renderers about hooks that leave open whether they get any.</summary>
public sealed class HooksPostRendered : Rule
{
    private const string Hook = "helm.sh/hook";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3023", "hooks-post-rendered", "A post-renderer concerns hooks, and no strategy says whether it gets them", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#post-render-strategy"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.HelmRelease(context =>
    {
        var release = context.Release.Object;
        if (release.Root.Get("spec", "postRenderers")?.AsSequence() is not { } renderers || release.Root.Get("spec", "postRenderStrategy") is not null
            || !context.Cluster.IsVersionTold || !context.Cluster.Version.IsAtLeast(2, 9)
            || context.Cluster.IsGateEnabled("helm-controller", "UseHelm3Defaults", byDefault: false))
        {
            return;
        }

        foreach (var renderer in renderers.Items)
        {
            foreach (var patch in renderer.Get("kustomize", "patches")?.AsSequence()?.Items ?? [])
            {
                if (Find(patch) is { } at)
                {
                    context.Report(
                        at,
                        "This patch concerns Helm's hooks: before Flux 2.9 post-renderers did not get them, and now they do, unless a strategy says otherwise",
                        "Write `postRenderStrategy: combined` if the patch is meant for hooks, and `nohooks` for the behaviour before");
                }
            }
        }
    });

    private static YamlNode? Find(YamlNode patch)
    {
        foreach (var key in (ReadOnlySpan<string>)["annotationSelector", "labelSelector"])
        {
            if (patch.Get("target", key) is YamlScalar selector && selector.Value.Contains(Hook, StringComparison.Ordinal))
            {
                return selector;
            }
        }

        // In the path of a JSON patch, the slash is written otherwise.
        return patch.Get("patch") is YamlScalar text && text.Value.Replace("~1", "/", StringComparison.Ordinal).Contains(Hook, StringComparison.Ordinal)
            ? (patch as YamlMapping)?.Find("patch")?.Key
            : null;
    }
}

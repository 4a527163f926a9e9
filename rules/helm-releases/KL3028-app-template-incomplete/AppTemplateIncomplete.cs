using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports controllers without containers, and containers without an image.</summary>
public sealed class AppTemplateIncomplete : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3028", "app-template-incomplete", "A controller of app-template has no container, or a container no image", Severity.Error)
        {
            Reference = new("https://bjw-s-labs.github.io/helm-charts/docs/app-template/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.HelmRelease(context =>
    {
        // Version 2 has a controller `main` with defaults of its own.
        if (AppTemplate.Of(context.Release) is not { Major: >= 3, IsComplete: true } template)
        {
            return;
        }

        foreach (var controller in template.Controllers)
        {
            if (AppTemplate.IsOff(controller.Value) || controller.Value.Resolved.IsUnknown)
            {
                continue;
            }

            if (!AppTemplate.Entries(controller.Value.Get("containers")).Any(container => !AppTemplate.IsOff(container.Value)))
            {
                // What stands one level too high is told of by itself.
                if (AppTemplate.Entries(controller.Value).All(entry => AppTemplateKeys.HomeOfController(entry.Name ?? "") is null))
                {
                    context.Report(
                        controller.Key,
                        $"The controller {controller.Name} has no container, so app-template {template.Major} fails",
                        "Write `containers: {app: {image: {repository: …, tag: …}}}` below it");
                }

                continue;
            }

            foreach (var container in AppTemplate.Containers(controller.Value))
            {
                if (!AppTemplate.IsOff(container.Value) && !container.Value.Resolved.IsUnknown && Fault(controller.Value, container.Value) is { } fault)
                {
                    context.Report(
                        container.Value.AsMapping()?.Find("image")?.Key ?? container.Key,
                        $"The container {container.Name} of {controller.Name} has {fault}, so app-template {template.Major} fails",
                        "Write `image: {repository: <name>, tag: <version>}`");
                }
            }
        }
    });

    private static string? Fault(YamlNode controller, YamlNode container)
    {
        var image = container.Get("image");
        if (controller.Get("defaultContainerOptions", "image") is not null || image is { IsUnknown: true }
            || AppTemplate.Entries(container).Any(entry => AppTemplateKeys.HomeOfContainer(entry.Name ?? "") is not null))
        {
            return null;
        }

        return image switch
        {
            null or YamlScalar { IsNull: true } => "no image",
            YamlMapping mapping => mapping["repository"] is null ? "an image without a repository" : null,
            _ => "an image that is no mapping",
        };
    }
}

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Images;

/// <summary>Reports automations that push to the branch that they check out.</summary>
public sealed class AutomationPushesToCheckout : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1013", "automation-pushes-to-checkout", "Image automation pushes to the branch that it checks out", Severity.Info)
        {
            Reference = new("https://fluxcd.io/flux/components/image/imageupdateautomations/#push"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(FluxGroups.Image, "ImageUpdateAutomation", context =>
    {
        var git = context.Object.Root.Get("spec", "git");
        var push = git?.Get("push");
        if (git is null || push is { IsUnknown: true } || push?.Get("refspec") is not null)
        {
            return;
        }

        var branch = push?.Get("branch") as YamlScalar;
        var checkout = git.GetString("checkout", "ref", "branch");
        if (branch is null || (!branch.IsUnknown && branch.Value == checkout))
        {
            context.Report(
                branch ?? context.Object.Spec!.Find("git")!.Value.Key,
                $"The automation pushes to the branch '{checkout ?? "that it checks out"}' itself, so a new image is rolled out without anybody looking at it",
                "Write another `push.branch`, and merge it by a pull request");
        }
    });
}

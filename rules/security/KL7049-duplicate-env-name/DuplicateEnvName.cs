using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports variables that a container's environment names twice.</summary>
public sealed class DuplicateEnvName : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7049", "duplicate-env-name", "A container's environment names a variable twice, which server-side apply refuses", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Container((context, pod, container, places) =>
    {
        // A map with a key twice is a mistake of its own.
        if (container.Fields.Get("env") is not YamlSequence)
        {
            return;
        }

        var first = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var variable in container.Environment())
        {
            if (!variable.NameNode.IsUnknown && !first.TryAdd(variable.Name, variable.NameNode) && places.Add(variable.NameNode))
            {
                context.Report(
                    variable.NameNode,
                    pod.IsFromChart
                        ? $"The container '{container.Name}' has the variable '{variable.Name}' twice: the last one counts where it is accepted, and server-side apply refuses it"
                        : $"The container '{container.Name}' has the variable '{variable.Name}' twice, so that Flux's server-side apply refuses the whole object",
                    "Keep one of them",
                    [new RelatedLocation(first[variable.Name].Location, "The first one stands here")]);
            }
        }
    });
}

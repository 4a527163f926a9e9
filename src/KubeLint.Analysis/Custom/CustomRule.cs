using System.Text;

using KubeLint.Flux;
using KubeLint.Schema;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>What a file below <c>.kubelint/rules</c> says of one rule.</summary>
/// <param name="Descriptor">What is known of the rule without running it.</param>
/// <param name="Match">The objects that it is for.</param>
/// <param name="Except">The objects that it is not for, though they match.</param>
/// <param name="Select">The nodes of the object that it is about.</param>
/// <param name="Schema">What these nodes must be.</param>
/// <param name="Message">What is wrong, with placeholders; null for what the schema says.</param>
/// <param name="Help">What to write; null where nothing is said.</param>
/// <param name="Page">What it is about, in Markdown.</param>
internal sealed record CustomRuleDefinition(
    RuleDescriptor Descriptor,
    ObjectFilter Match,
    ObjectFilter Except,
    NodePath Select,
    ValueSchema Schema,
    string? Message,
    string? Help,
    string Page);

/// <summary>A rule that a file describes.</summary>
/// <param name="definition">What the file says.</param>
internal sealed class CustomRule(CustomRuleDefinition definition) : Rule
{
    /// <summary>The placeholders of a message.</summary>
    public static readonly string[] Placeholders = ["kind", "name", "namespace", "apiVersion", "path", "value", "reason"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor => definition.Descriptor;

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(Check);

    private void Check(ObjectContext context)
    {
        var item = context.Object;
        var baseDirectory = context.Model.Workspace.BaseDirectory;
        if (!definition.Match.Matches(item, baseDirectory) || (!definition.Except.IsEmpty && definition.Except.Matches(item, baseDirectory)))
        {
            return;
        }

        // What nothing applies as it stands may be a part of an object: nothing is missing in it.
        var isWhole = !context.Model.IsOnlyIfApplied(item);
        foreach (var selected in definition.Select.Select(item.Root))
        {
            var anchor = ReferenceEquals(selected.Anchor, item.Root) ? item.Root.Find("kind")?.Value ?? item.Root : selected.Anchor;
            foreach (var violation in SchemaChecker.Check(selected.Node, definition.Schema, anchor, selected.Path))
            {
                if (violation.Kind == ViolationKind.MissingField && !isWhole)
                {
                    continue;
                }

                context.Report(violation.At, Message(item, selected, violation), definition.Help ?? violation.Help);
                if (definition.Message is not null)
                {
                    break;
                }
            }
        }
    }

    private string Message(KubernetesObject item, SelectedNode selected, SchemaViolation violation)
    {
        if (definition.Message is not { } message)
        {
            return $"{item.Kind} {item.Name}: {violation.Message}";
        }

        var text = new StringBuilder(message);
        foreach (var placeholder in Placeholders)
        {
            if (message.Contains($"{{{placeholder}}}", StringComparison.Ordinal))
            {
                text.Replace($"{{{placeholder}}}", placeholder switch
                {
                    "kind" => item.Kind,
                    "name" => item.Name ?? "",
                    "namespace" => item.Namespace ?? "",
                    "apiVersion" => item.ApiVersion,
                    "path" => selected.Path,
                    "value" => Value(item, selected.Node),
                    _ => violation.Message,
                });
            }
        }

        return text.ToString();
    }

    // A Secret's values stay where they are.
    private static string Value(KubernetesObject item, YamlNode node) =>
        item.Is("", "Secret") ? "…" : node is YamlScalar scalar ? OptionReader.Describe(scalar).Trim('\'') : OptionReader.Describe(node);
}

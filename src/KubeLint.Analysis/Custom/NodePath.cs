using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>
/// A way to nodes: <c>spec.template.spec.containers[].image</c>. <c>*</c> is any key, <c>[]</c> each item, <c>[2]</c> one, <c>**</c> any number of steps, and
/// <c>["app.kubernetes.io/name"]</c> a key with dots.
/// </summary>
internal sealed class NodePath
{
    private readonly ImmutableArray<Step> steps;

    private NodePath(ImmutableArray<Step> steps) => this.steps = steps;

    private enum StepKind
    {
        Key,
        AnyKey,
        AnyItem,
        Item,
        AnyDepth,
    }

    /// <summary>Reads a path.</summary>
    /// <param name="text">The path; empty for the node itself.</param>
    /// <param name="path">The path that was read; null where the text is none.</param>
    /// <param name="error">What is wrong with it, and where in the text.</param>
    public static bool TryParse(string text, out NodePath? path, out (string Message, TextSpan Span) error)
    {
        var steps = ImmutableArray.CreateBuilder<Step>();
        path = null;
        error = default;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '[')
            {
                var close = text.IndexOf(']', at);
                if (close < 0)
                {
                    error = ("'[' is never closed", new TextSpan(at, 1));
                    return false;
                }

                if (ReadBracket(text[(at + 1)..close]) is not { } step)
                {
                    error = ("Between brackets stands nothing, a number or a key in quotes", TextSpan.FromBounds(at, close + 1));
                    return false;
                }

                steps.Add(step);
                at = close + 1;
            }
            else
            {
                var start = at + (text[at] == '.' && at > 0 ? 1 : 0);
                var end = text.AsSpan(start).IndexOfAny('.', '[') is >= 0 and var length ? start + length : text.Length;
                var name = text[start..end];
                if (name.Length == 0)
                {
                    error = ("A key is missing here", new TextSpan(at, 1));
                    return false;
                }

                steps.Add(name switch
                {
                    "*" => new Step(StepKind.AnyKey, ""),
                    "**" => new Step(StepKind.AnyDepth, ""),
                    _ => new Step(StepKind.Key, name),
                });
                at = end;
            }
        }

        path = new NodePath(steps.ToImmutable());
        return true;
    }

    /// <summary>The nodes below a node that the path leads to, each once, with the way to them and the key or item by which they are reached.</summary>
    public IEnumerable<SelectedNode> Select(YamlNode root)
    {
        var found = new List<SelectedNode>();
        Visit(new SelectedNode(root.Resolved, "", root), 0, found, []);
        return found;
    }

    private void Visit(SelectedNode at, int index, List<SelectedNode> found, HashSet<(YamlNode, int)> seen)
    {
        // "**" leads to one node in many ways.
        if (!seen.Add((at.Node, index)))
        {
            return;
        }

        if (index == steps.Length)
        {
            found.Add(at);
            return;
        }

        var step = steps[index];
        switch (step.Kind)
        {
            case StepKind.AnyDepth:
                Visit(at, index + 1, found, seen);
                foreach (var child in Children(at))
                {
                    Visit(child, index, found, seen);
                }

                break;
            case StepKind.Key when at.Node is YamlMapping mapping:
                if (mapping.Find(step.Name) is { } entry)
                {
                    Visit(Below(at, entry), index + 1, found, seen);
                }

                break;
            case StepKind.AnyKey when at.Node is YamlMapping:
            case StepKind.AnyItem when at.Node is YamlSequence:
                foreach (var child in Children(at))
                {
                    Visit(child, index + 1, found, seen);
                }

                break;
            case StepKind.Item when at.Node is YamlSequence sequence:
                var number = int.Parse(step.Name, CultureInfo.InvariantCulture);
                if (number < sequence.Items.Length)
                {
                    Visit(Below(at, sequence.Items[number], number), index + 1, found, seen);
                }

                break;
        }
    }

    private static IEnumerable<SelectedNode> Children(SelectedNode at) => at.Node switch
    {
        YamlMapping mapping => mapping.EffectiveEntries().Select(entry => Below(at, entry)),
        YamlSequence sequence => sequence.Items.Select((item, number) => Below(at, item, number)),
        _ => [],
    };

    private static SelectedNode Below(SelectedNode at, YamlEntry entry)
    {
        var name = entry.Name ?? "";
        var quoted = name.Contains('.', StringComparison.Ordinal) ? $"[\"{name}\"]" : name;
        return new SelectedNode(entry.Value.Resolved, at.Path.Length == 0 || quoted[0] == '[' ? at.Path + quoted : $"{at.Path}.{quoted}", entry.Key);
    }

    private static SelectedNode Below(SelectedNode at, YamlNode item, int number) =>
        new(item.Resolved, string.Create(CultureInfo.InvariantCulture, $"{at.Path}[{number}]"), item.AsMapping() is { Entries: [var first, ..] } ? first.Key : item);

    private static Step? ReadBracket(string inner) =>
        inner.Length == 0 ? new Step(StepKind.AnyItem, "")
        : inner.All(char.IsAsciiDigit) && inner.Length < 9 ? new Step(StepKind.Item, inner)
        : inner.Length > 2 && inner[0] is '"' or '\'' && inner[^1] == inner[0] ? new Step(StepKind.Key, inner[1..^1])
        : null;

    private readonly record struct Step(StepKind Kind, string Name);
}

/// <summary>A node that a path leads to.</summary>
/// <param name="Node">The node, aliases followed.</param>
/// <param name="Path">The way to it, with keys and numbers.</param>
/// <param name="Anchor">Where something missing in it is reported: its key.</param>
internal readonly record struct SelectedNode(YamlNode Node, string Path, YamlNode Anchor);

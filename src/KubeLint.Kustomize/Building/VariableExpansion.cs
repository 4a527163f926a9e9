using System.Collections.Immutable;
using System.Globalization;
using System.Text;

using KubeLint.Kustomize.FieldSpecs;
using KubeLint.Kustomize.Output;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Building;

/// <summary>
/// Expands <c>$(NAME)</c> for the entries of <c>vars</c>
/// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/vars/).
/// </summary>
internal static class VariableExpansion
{
    /// <summary>Expands all variables.</summary>
    public static void Run(Accumulator accumulator, BuildContext context)
    {
        if (accumulator.Variables.Count == 0)
        {
            return;
        }

        var values = new Dictionary<string, (Variable Variable, YamlNode Value)>(StringComparer.Ordinal);
        foreach (var variable in accumulator.Variables)
        {
            var owner = accumulator.Resources.Items.FirstOrDefault(resource => resource.Variables.Contains(variable.Name));
            if (owner?.Root is not { } root)
            {
                context.Missing(
                    KustomizeProblemKind.Variable, variable.At, $"Var '{variable.Name}' cannot be mapped to a field in the set of known resources");
            }
            else if (Find(root, variable.FieldPath) is { } value)
            {
                values[variable.Name] = (variable, value);
            }
            else
            {
                context.Error(
                    KustomizeProblemKind.Variable,
                    variable.At,
                    $"Field '{variable.FieldPath}' specified in var '{variable.Name}' not found in corresponding resource {owner.CurrentId}");
            }
        }

        foreach (var resource in accumulator.Resources)
        {
            new Setter(context, values, resource).Apply(resource, accumulator.Configuration.VarReferences);
        }
    }

    private static YamlNode? Find(YamlMapping root, string fieldPath)
    {
        YamlNode? node = root;
        foreach (var part in FieldPath.SplitBracketed(fieldPath, '.'))
        {
            // a[0] is the first element of a, as 0 alone is.
            var bracket = part.EndsWith(']') ? part.LastIndexOf('[') : -1;
            if (bracket >= 0 && int.TryParse(part.AsSpan(bracket + 1, part.Length - bracket - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                node = bracket > 0 ? Step(node, part[..bracket]) : node;
                node = ElementAt(node, index);
            }
            else
            {
                node = Step(node, part);
            }
        }

        return node;
    }

    private static YamlNode? Step(YamlNode? node, string part)
    {
        if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return ElementAt(node, index);
        }

        if (part == "-")
        {
            return node is YamlSequence { Items.IsEmpty: false } list ? list.Items[^1] : null;
        }

        if (part.StartsWith('[') && part.EndsWith(']') && part.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
        {
            var (key, value) = (part[1..equals], part[(equals + 1)..^1]);
            return (node as YamlSequence)?.Items.FirstOrDefault(item =>
                key.Length == 0 ? item is YamlScalar own && own.Value == value : item is YamlMapping element && Tree.Text(element, key) == value);
        }

        return node is YamlMapping mapping ? Tree.Get(mapping, part) : null;
    }

    private static YamlNode? ElementAt(YamlNode? node, int index) =>
        node is YamlSequence sequence && index < sequence.Items.Length ? sequence.Items[index] : null;

    private sealed class Setter(BuildContext context, Dictionary<string, (Variable Variable, YamlNode Value)> values, KustomizeResource resource)
        : FieldEdit(context, resource.Source, "vars", FieldCreation.None)
    {
        protected override YamlNode Edit(YamlNode node, FieldSpec spec)
        {
            switch (node)
            {
                case YamlScalar scalar:
                    return Expand(scalar);
                case YamlMapping mapping:
                    ImmutableArray<YamlEntry>.Builder? entries = null;
                    for (var i = 0; i < mapping.Entries.Length; i++)
                    {
                        var entry = mapping.Entries[i];
                        if (entry.Value is YamlScalar value && Expand(value) is var after && !ReferenceEquals(value, after))
                        {
                            entries ??= mapping.Entries.ToBuilder();
                            entries[i] = entry with { Value = after };
                        }
                    }

                    return entries is null ? mapping : mapping.With(entries.MoveToImmutable());
                case YamlSequence sequence:
                    ImmutableArray<YamlNode>.Builder? items = null;
                    for (var i = 0; i < sequence.Items.Length; i++)
                    {
                        if (sequence.Items[i] is not YamlScalar item || ScalarResolver.Resolve(item).Type != YamlScalarType.String)
                        {
                            Fail(sequence.Items[i], spec, "invalid value type, expected a string");
                            return sequence;
                        }

                        var after = Expand(item);
                        if (!ReferenceEquals(item, after))
                        {
                            items ??= sequence.Items.ToBuilder();
                            items[i] = after;
                        }
                    }

                    return items is null ? sequence : sequence.With(items.MoveToImmutable());
                default:
                    return node;
            }
        }

        private YamlScalar Expand(YamlScalar scalar)
        {
            if (!scalar.Value.Contains('$', StringComparison.Ordinal) || ScalarResolver.Resolve(scalar).Type != YamlScalarType.String)
            {
                return scalar;
            }

            var text = scalar.Value;
            var result = new StringBuilder();
            YamlNode? at = null;
            var start = 0;
            for (var i = 0; i + 1 < text.Length; i++)
            {
                if (text[i] != '$')
                {
                    continue;
                }

                result.Append(text, start, i - start);
                var close = text[i + 1] == '(' ? text.IndexOf(')', i + 2) : -1;
                if (close > 0)
                {
                    var name = text[(i + 2)..close];
                    var value = ValueOf(name);
                    at ??= value?.At;
                    if (value is { } whole && i == 0 && close == text.Length - 1)
                    {
                        // A variable alone keeps its type.
                        return Tree.Computed(whole.At, whole.Text, By, YamlScalarStyle.Plain, TagOf(whole.Type), scalar, [whole.Definition]);
                    }

                    result.Append(value is null ? $"$({name})" : value.Value.Text);
                    i = close;
                }
                else
                {
                    // "$$" is a dollar; any other character after one stays as it is.
                    result.Append(text[i + 1] == '$' ? "$" : text.Substring(i, 2));
                    i++;
                }

                start = i + 1;
            }

            var expanded = start > text.Length ? result.ToString() : result.Append(text, start, text.Length - start).ToString();
            return expanded == text ? scalar : Tree.Computed(at ?? scalar, expanded, By, scalar);
        }

        private (string Text, YamlScalarType Type, YamlNode At, YamlNode Definition)? ValueOf(string name)
        {
            if (!values.TryGetValue(name, out var found) || found.Value is not YamlScalar scalar)
            {
                return null;
            }

            var resolved = ScalarResolver.Resolve(scalar);
            var text = resolved.Type == YamlScalarType.Null ? scalar.Value : resolved.Text;
            return (text, resolved.Type, scalar, found.Variable.At);
        }

        private static string TagOf(YamlScalarType type) => type switch
        {
            YamlScalarType.Boolean => YamlTags.Boolean,
            YamlScalarType.Integer => YamlTags.Integer,
            YamlScalarType.Float => YamlTags.Float,
            _ => YamlTags.String,
        };
    }
}

using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Yaml;

namespace KubeLint.Schema;

/// <summary>
/// Checks a positioned tree. What the files do not tell is not judged: unknown nodes, variables that are left (<c>${…}</c>), encrypted values
/// (<c>ENC[…]</c>). Null stands for an absent field, as it does in Kubernetes.
/// </summary>
public sealed class SchemaChecker
{
    // How deep most objects are.
    private const int UsualDepth = 8;

    private readonly List<SchemaViolation> found = [];
    private readonly List<Step> path = new(UsualDepth);
    private readonly string start;

    private SchemaChecker(string start) => this.start = start;

    /// <summary>What is wrong with a value; empty where nothing is.</summary>
    /// <param name="node">The value.</param>
    /// <param name="schema">What it must be.</param>
    /// <param name="anchor">Where a field of it that is missing is reported; the value itself where null.</param>
    /// <param name="at">The way to the value, for messages; empty for a whole object.</param>
    public static ImmutableArray<SchemaViolation> Check(YamlNode node, ValueSchema schema, YamlNode? anchor = null, string at = "")
    {
        var checker = new SchemaChecker(at);
        checker.Visit(node, anchor ?? node, schema.Actual);
        return [.. checker.found];
    }

    /// <summary>Whether the files do not tell what a text is in the end.</summary>
    public static bool IsOpen(string text) =>
        text.Contains("${", StringComparison.Ordinal) || text.StartsWith("ENC[", StringComparison.Ordinal);

    // The anchor is where a mapping's missing field is reported: the key that leads to it.
    private void Visit(YamlNode written, YamlNode anchor, ValueSchema schema)
    {
        var node = written.Resolved;
        if (written.IsUnknown || node.IsUnknown || !CheckType(node, schema))
        {
            return;
        }

        switch (node)
        {
            case YamlMapping mapping:
                VisitFields(mapping, anchor, schema);
                break;
            case YamlSequence sequence:
                VisitItems(sequence, schema);
                break;
            case YamlScalar scalar:
                CheckValue(scalar, schema);
                break;
        }

        CheckCombined(node, anchor, schema);
    }

    private void VisitFields(YamlMapping mapping, YamlNode anchor, ValueSchema schema)
    {
        if (schema.Fields is { } fields)
        {
            foreach (var entry in mapping.EffectiveEntries())
            {
                if (entry.Name is not { } name)
                {
                    continue;
                }

                if (fields.TryGetValue(name, out var field))
                {
                    VisitField(entry, name, field.Schema);
                }
                else if (schema.Others is { } others)
                {
                    VisitField(entry, name, others);
                }
                else if (schema.IsClosed && !IsMarker(name) && !IsOpen(name) && !entry.Key.IsUnknown)
                {
                    Add(ViolationKind.UnknownField, entry.Key, schema, name, $"there is no field '{PathTo(name)}'", HelpFor(name, schema));
                }
            }
        }
        else if (schema.Others is { } others)
        {
            foreach (var entry in mapping.EffectiveEntries())
            {
                VisitField(entry, entry.Name ?? "", others);
            }
        }

        foreach (var name in schema.Required)
        {
            if (mapping[name] is null or YamlScalar { IsNull: true, Derivation: null } && !HasOpenKey(mapping))
            {
                Add(ViolationKind.MissingField, anchor, schema, name, $"'{PathTo(name)}' is missing", null);
            }
        }

        CheckCount(mapping.Entries.Length, mapping, schema, "fields");
    }

    private void VisitField(YamlEntry entry, string name, ValueSchema schema)
    {
        path.Add(new Step(name, -1, schema));
        Visit(entry.Value, entry.Key, schema.Actual);
        path.RemoveAt(path.Count - 1);
    }

    private void VisitItems(YamlSequence sequence, ValueSchema schema)
    {
        CheckCount(sequence.Items.Length, sequence, schema, "items");
        if (schema.Items is { } items)
        {
            for (var i = 0; i < sequence.Items.Length; i++)
            {
                var item = sequence.Items[i];
                path.Add(new Step("", i, items));
                Visit(item, item.AsMapping() is { Entries: [var first, ..] } ? first.Key : item, items.Actual);
                path.RemoveAt(path.Count - 1);
            }
        }

        if (sequence.Items.Length > 1 && (schema.IsSet || !schema.ListKeys.IsEmpty))
        {
            CheckDuplicates(sequence, schema);
        }
    }

    private void CheckDuplicates(YamlSequence sequence, ValueSchema schema)
    {
        var seen = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        for (var i = 0; i < sequence.Items.Length; i++)
        {
            if (KeyOf(sequence.Items[i], schema) is not var (key, node))
            {
                continue;
            }

            if (!seen.TryAdd(key, node))
            {
                path.Add(new Step("", i, schema));
                Add(ViolationKind.DuplicateItem, node, schema, "", $"'{PathTo(null)}' repeats {key}", null, seen[key]);
                path.RemoveAt(path.Count - 1);
            }
        }
    }

    private static (string Key, YamlNode Node)? KeyOf(YamlNode item, ValueSchema schema)
    {
        if (schema.IsSet)
        {
            return item.AsScalar() is { IsNull: false } scalar && !item.IsUnknown && !IsOpen(scalar.Value) ? ($"'{scalar.Value}'", item) : null;
        }

        var key = "";
        YamlNode? at = null;
        foreach (var name in schema.ListKeys)
        {
            var value = item.AsMapping()?[name];
            if (value is null)
            {
                // What the server fills in tells the items apart, too.
                if (name != "protocol")
                {
                    return null;
                }

                key += ", protocol 'TCP'";
                continue;
            }

            if (value is not YamlScalar scalar || value.IsUnknown || IsOpen(scalar.Value))
            {
                return null;
            }

            key += $"{(key.Length == 0 ? "" : ", ")}{name} '{scalar.Value}'";
            at ??= value;
        }

        return at is null ? null : (key, at);
    }

    private bool CheckType(YamlNode node, ValueSchema schema)
    {
        if (schema.Types == ValueTypes.Any)
        {
            return true;
        }

        var types = TypesOf(node);
        if ((types & schema.Types) != 0)
        {
            return true;
        }

        // Null is an absent field; a variable that is left may become anything.
        if (types == ValueTypes.Null)
        {
            return false;
        }

        if (node is YamlScalar scalar)
        {
            if (IsOpen(scalar.Value))
            {
                return false;
            }

            if (schema.Format == ValueFormat.Quantity && (types & ValueTypes.Number) != 0)
            {
                return true;
            }
        }

        Add(ViolationKind.WrongType, node, schema, "", $"'{PathTo(null)}' must be {Describe(schema)}, not {Describe(node)}", HelpFor(node, schema));
        return false;
    }

    private void CheckValue(YamlScalar scalar, ValueSchema schema)
    {
        var text = scalar.Value;
        if (scalar.IsNull || IsOpen(text))
        {
            return;
        }

        if (!schema.Values.IsEmpty && !schema.Values.Contains(text))
        {
            var nearest = NearestName.Find(text, schema.Values);
            Add(
                ViolationKind.InvalidValue,
                scalar,
                schema,
                "",
                $"'{PathTo(null)}' cannot be '{Shorten(text)}'",
                nearest is null ? $"Write {OneOf(schema.Values)}" : $"Did you mean `{nearest}`? It can be {OneOf(schema.Values)}");
            return;
        }

        if (TypesOf(scalar) == ValueTypes.String)
        {
            CheckText(scalar, text, schema);
        }
        else if ((schema.Minimum ?? schema.Maximum) is not null && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && (number < schema.Minimum || number > schema.Maximum))
        {
            var limit = number < schema.Minimum ? $"at least {schema.Minimum}" : $"at most {schema.Maximum}";
            Add(ViolationKind.InvalidValue, scalar, schema, "", string.Create(CultureInfo.InvariantCulture, $"'{PathTo(null)}' must be {limit}, not {text}"), null);
        }
        else if (schema.Format == ValueFormat.Int32 && !int.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            Add(ViolationKind.InvalidValue, scalar, schema, "", $"'{PathTo(null)}' does not fit into 32 bits: {text}", null);
        }
    }

    private void CheckText(YamlScalar scalar, string text, ValueSchema schema)
    {
        if (text.Length < schema.MinLength || text.Length > schema.MaxLength)
        {
            var limit = text.Length == 0 ? "cannot be empty"
                : text.Length < schema.MinLength ? $"needs at least {schema.MinLength} characters and has {text.Length}"
                : $"can have {schema.MaxLength} characters and has {text.Length}";
            Add(ViolationKind.InvalidValue, scalar, schema, "", string.Create(CultureInfo.InvariantCulture, $"'{PathTo(null)}' {limit}"), null);
        }
        else if (!schema.MatchesPattern(text))
        {
            Add(ViolationKind.InvalidValue, scalar, schema, "", $"'{PathTo(null)}' cannot be '{Shorten(text)}'", Patterns.Explain(schema.Pattern!));
        }
        else if (schema.Format == ValueFormat.Quantity && !Patterns.IsQuantity(text))
        {
            Add(
                ViolationKind.InvalidValue, scalar, schema, "", $"'{PathTo(null)}' is no quantity: '{Shorten(text)}'",
                "Write a number with a unit that Kubernetes knows: `500m`, `1.5`, `128Mi`, `2Gi`, `1G`");
        }
        else if (schema.Format == ValueFormat.Bytes && !Patterns.IsBase64(text))
        {
            Add(ViolationKind.InvalidValue, scalar, schema, "", $"'{PathTo(null)}' is no base64", "Encode the value with `base64 -w0`; in a Secret, `stringData` takes it as it is");
        }
    }

    private void CheckCount(int count, YamlNode node, ValueSchema schema, string what)
    {
        if (count < schema.MinLength || count > schema.MaxLength)
        {
            var limit = count == 0 ? "cannot be empty" : count < schema.MinLength ? $"needs at least {schema.MinLength} {what}" : $"can have at most {schema.MaxLength} {what}";
            Add(ViolationKind.InvalidValue, node, schema, "", string.Create(CultureInfo.InvariantCulture, $"'{PathTo(null)}' {limit}"), null);
        }
    }

    private void CheckCombined(YamlNode node, YamlNode anchor, ValueSchema schema)
    {
        foreach (var part in schema.AllOf)
        {
            Visit(node, anchor, part.Actual);
        }

        if (!schema.AnyOf.IsEmpty || !schema.OneOf.IsEmpty)
        {
            CheckChoice(node, anchor, schema, schema.AnyOf, isExact: false);
            CheckChoice(node, anchor, schema, schema.OneOf, isExact: true);
        }

        if (schema.Not is { } not && IsRight(node, not))
        {
            Add(ViolationKind.InvalidValue, anchor, schema, "", $"'{PathTo(null)}' is what it must not be", schema.Description);
        }
    }

    private void CheckChoice(YamlNode node, YamlNode anchor, ValueSchema schema, ImmutableArray<ValueSchema> choices, bool isExact)
    {
        if (choices.IsEmpty)
        {
            return;
        }

        var right = choices.Count(choice => IsRight(node, choice));
        if (right == 0)
        {
            Add(ViolationKind.InvalidValue, anchor, schema, "", $"'{PathTo(null)}' is none of the forms that are right here", schema.Description);
        }
        else if (isExact && right > 1)
        {
            Add(ViolationKind.InvalidValue, anchor, schema, "", $"'{PathTo(null)}' has {right} forms at once where one is right", schema.Description);
        }
    }

    private bool IsRight(YamlNode node, ValueSchema schema)
    {
        // What is wrong by one choice is no finding.
        var before = found.Count;
        Visit(node, node, schema.Actual);
        var isRight = found.Count == before;
        found.RemoveRange(before, found.Count - before);
        return isRight;
    }

    private void Add(ViolationKind kind, YamlNode at, ValueSchema schema, string field, string message, string? help, YamlNode? related = null) =>
        found.Add(new SchemaViolation(kind, at, PathTo(field.Length == 0 ? null : field), message, help, schema, related) { Field = field });

    // A field that is right one or more levels up, or one level down, is misplaced; else the nearest name may be meant.
    private string? HelpFor(string name, ValueSchema schema)
    {
        if (schema.Fields is { } fields && NearestName.Find(name, fields.Keys) is { } nearest)
        {
            return $"Did you mean `{nearest}`?";
        }

        for (var i = path.Count - 2; i >= 0; i--)
        {
            if (path[i].Index < 0 && path[i].Schema.Actual.Fields?.ContainsKey(name) == true)
            {
                return $"It is a field of `{PathUpTo(i + 1)}`: move it there";
            }
        }

        foreach (var (key, field) in schema.Fields ?? ImmutableDictionary<string, SchemaField>.Empty)
        {
            if (field.Schema.Actual.Fields?.ContainsKey(name) == true && key != "status")
            {
                return $"It is a field of `{PathTo(key)}`: move it there";
            }
        }

        return schema.Fields is { Count: > 0 and <= 12 } few ? $"There are {string.Join(", ", few.Keys.Order(StringComparer.Ordinal).Select(key => $"`{key}`"))}" : null;
    }

    private static string? HelpFor(YamlNode node, ValueSchema schema)
    {
        if (node is not YamlScalar scalar)
        {
            return (schema.Types & ValueTypes.Array) != 0 && node is YamlMapping ? "Write a list: each item begins with `- `" : null;
        }

        var types = TypesOf(scalar);
        return schema.Pattern is { } pattern && !schema.MatchesPattern(scalar.Value) ? Patterns.Explain(pattern)
            : (schema.Types & ValueTypes.String) != 0 && types is not (ValueTypes.Null or ValueTypes.String) ? $"Quote it: `\"{scalar.Value}\"`"
            : types == ValueTypes.String && scalar.Style is YamlScalarStyle.SingleQuoted or YamlScalarStyle.DoubleQuoted
                && (ResolvedTypes(Yaml11.ResolvePlain(scalar.Value), scalar.Value) & schema.Types) != 0 ? $"Write it without quotes: `{scalar.Value}`"
            : (schema.Types & ValueTypes.Array) != 0 && types == ValueTypes.String ? "Write a list: `[…]`, or an item on each line that begins with `- `"
            : null;
    }

    private string PathTo(string? field)
    {
        var to = PathUpTo(path.Count);
        return field is null ? (to.Length == 0 ? "the object" : to) : to.Length == 0 ? Quote(field) : $"{to}{(field.Contains('.', StringComparison.Ordinal) ? "" : ".")}{Quote(field)}";
    }

    private string PathUpTo(int count)
    {
        var result = start;
        for (var i = 0; i < count; i++)
        {
            var step = path[i];
            result += step.Index >= 0 ? string.Create(CultureInfo.InvariantCulture, $"[{step.Index}]")
                : result.Length == 0 || step.Name.Contains('.', StringComparison.Ordinal) ? Quote(step.Name)
                : $".{step.Name}";
        }

        return result;
    }

    private static string Quote(string name) => name.Contains('.', StringComparison.Ordinal) ? $"[{name}]" : name;

    // Words of strategic merge patches.
    private static bool IsMarker(string name) => name.StartsWith('$');

    private static bool HasOpenKey(YamlMapping mapping)
    {
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key.IsUnknown || (entry.Name is { } name && IsOpen(name)))
            {
                return true;
            }
        }

        return false;
    }

    private static ValueTypes TypesOf(YamlNode node) => node switch
    {
        YamlMapping => ValueTypes.Object,
        YamlSequence => ValueTypes.Array,
        // A string to kustomize, a boolean to kubectl: which of them reads the file is not known.
        YamlScalar { IsWordForBoolean: true, Derivation: null } => ValueTypes.Boolean | ValueTypes.String,
        YamlScalar scalar => ResolvedTypes(scalar.Type, scalar.Value),
        _ => ValueTypes.Null,
    };

    private static ValueTypes ResolvedTypes(YamlScalarType type, string text) => type switch
    {
        YamlScalarType.Null => ValueTypes.Null,
        YamlScalarType.Boolean => ValueTypes.Boolean,
        YamlScalarType.Integer => ValueTypes.Integer | ValueTypes.Number,
        // 3.0 and 1e3 are whole numbers to JSON.
        YamlScalarType.Float => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsInteger(number)
            ? ValueTypes.Integer | ValueTypes.Number : ValueTypes.Number,
        _ => ValueTypes.String,
    };

    private static string Describe(ValueSchema schema)
    {
        var words = new List<string>();
        void Take(ValueTypes type, string word)
        {
            if ((schema.Types & type) != 0)
            {
                words.Add(word);
            }
        }

        Take(ValueTypes.String, "a string");
        Take(ValueTypes.Integer, "a whole number");
        Take(ValueTypes.Number, "a number");
        Take(ValueTypes.Boolean, "true or false");
        Take(ValueTypes.Object, "a mapping");
        Take(ValueTypes.Array, "a list");
        Take(ValueTypes.Null, "null");
        return string.Join(" or ", words);
    }

    private static string Describe(YamlNode node) => node switch
    {
        YamlMapping => "a mapping",
        YamlSequence => "a list",
        YamlScalar { Type: YamlScalarType.Boolean } scalar => $"the boolean {scalar.Value}",
        YamlScalar { Type: YamlScalarType.Integer or YamlScalarType.Float } scalar => $"the number {scalar.Value}",
        YamlScalar { Type: YamlScalarType.Null } => "null",
        YamlScalar scalar => $"the string '{Shorten(scalar.Value)}'",
        _ => "this",
    };

    private static string OneOf(ImmutableArray<string> values)
    {
        var words = values.Where(value => value.Length > 0).Select(value => $"`{value}`").ToList();
        return words.Count == 1 ? words[0] : string.Join(", ", words.Take(words.Count - 1)) + " or " + words[^1];
    }

    private static string Shorten(string text)
    {
        const int Most = 60;
        var line = text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? text[..end] + "…" : text;
        return line.Length <= Most ? line : line[..Most] + "…";
    }

    // Index is -1 for a field.
    private readonly record struct Step(string Name, int Index, ValueSchema Schema);
}

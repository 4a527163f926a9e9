using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;

namespace KubeLint.Schema;

/// <summary>
/// Schemas of Kubernetes kinds in a small text form. A line that begins with <c>kind</c> or <c>type</c> begins a schema; the fields follow, each on
/// its line, one space deeper than what they belong to. Nothing but the heads is read before a schema is asked for.
/// <code>
/// kind apps/v1 Deployment
///  spec @DeploymentSpec
/// type DeploymentSpec
///  replicas int32
///  template! @PodTemplateSpec
///  strategy object
///   type string =Recreate|RollingUpdate
/// </code>
/// A field is a name, <c>!</c> where it is required, and a type: <c>any</c>, <c>string</c>, <c>bool</c>, <c>int</c>, <c>int32</c>, <c>number</c>, <c>intstr</c>,
/// <c>quantity</c>, <c>bytes</c>, <c>time</c>, <c>duration</c>, <c>timeout</c> (a duration without hours), <c>object</c> (closed where fields follow), <c>map T</c>, <c>list T</c>, <c>list(key,key) T</c>, <c>set T</c>, <c>@Name</c>.
/// After it: <c>=a|b</c> the only values, <c>len:1..63</c>, <c>items:1..</c>, <c>min:1</c>, <c>max:9</c>, <c>since:2.9</c>, <c>open</c>, and last a pattern between slashes.
/// </summary>
public sealed class SchemaText
{
    private readonly string text;
    private readonly Dictionary<string, int> types = new(StringComparer.Ordinal);
    private readonly Dictionary<(string ApiVersion, string Kind), int> kinds = [];
    private readonly ConcurrentDictionary<string, ValueSchema> read = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string, string), ValueSchema> readKinds = new();

    /// <summary>Schemas of a text.</summary>
    /// <param name="text">The text.</param>
    public SchemaText(string text)
    {
        this.text = text;
        for (var at = 0; at < text.Length; at = NextLine(at))
        {
            var line = LineAt(at);
            if (line.StartsWith("type "))
            {
                types.Add(line[5..].ToString(), at);
            }
            else if (line.StartsWith("kind "))
            {
                var space = line.LastIndexOf(' ');
                kinds.Add((line[5..space].ToString(), line[(space + 1)..].ToString()), at);
            }
        }
    }

    /// <summary>The kinds that there are.</summary>
    public IEnumerable<(string ApiVersion, string Kind)> Kinds => kinds.Keys;

    /// <summary>The schema of a kind; null where there is none.</summary>
    /// <param name="apiVersion">The group and version: <c>apps/v1</c>.</param>
    /// <param name="kind">The kind.</param>
    public ValueSchema? Find(string apiVersion, string kind) =>
        kinds.TryGetValue((apiVersion, kind), out var at) ? readKinds.GetOrAdd((apiVersion, kind), _ => ReadFields(NextLine(at), 1, isOpen: false).Schema) : null;

    /// <summary>The schema of a type.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="FormatException">There is no such type.</exception>
    public ValueSchema Type(string name) => read.GetOrAdd(name, key =>
        types.TryGetValue(key, out var at) ? ReadFields(NextLine(at), 1, isOpen: false).Schema : throw new FormatException($"There is no type '{key}'"));

    private (ValueSchema Schema, int Next) ReadFields(int at, int depth, bool isOpen)
    {
        var fields = new Dictionary<string, SchemaField>(StringComparer.Ordinal);
        var required = ImmutableArray.CreateBuilder<string>();
        while (at < text.Length)
        {
            var line = LineAt(at);
            var indent = line.Length - line.TrimStart(' ').Length;
            if (line.IsEmpty || line[0] == '#')
            {
                at = NextLine(at);
                continue;
            }

            if (indent < depth)
            {
                break;
            }

            var rest = line[indent..];
            var space = rest.IndexOf(' ');
            var name = rest[..space];
            if (name[^1] == '!')
            {
                name = name[..^1];
                required.Add(name.ToString());
            }

            var (field, next) = ReadType(rest[(space + 1)..], NextLine(at), depth + 1);
            fields.Add(name.ToString(), field);
            at = next;
        }

        var schema = new ValueSchema
        {
            Types = ValueTypes.Object,
            Fields = fields.Count == 0 ? null : fields,
            Required = required.ToImmutable(),
            IsClosed = fields.Count > 0 && !isOpen,
        };
        return (schema, at);
    }

    private (SchemaField Field, int Next) ReadType(ReadOnlySpan<char> spec, int next, int depth)
    {
        var word = Take(ref spec);
        if (word[0] == '@')
        {
            var name = word[1..].ToString();
            return (new SchemaField(new ValueSchema(() => Type(name)), Since(spec)), next);
        }

        if (word is "map")
        {
            var (value, end) = ReadType(spec, next, depth);
            return (value with { Schema = new ValueSchema { Types = ValueTypes.Object, Others = value.Schema } }, end);
        }

        if (word is "set" || word.StartsWith("list"))
        {
            return ReadList(word, spec, next, depth);
        }

        var limits = Limits.Read(spec);
        if (word is "object")
        {
            var (schema, end) = ReadFields(next, depth, limits.IsOpen);
            return (new SchemaField(schema, limits.Since), end);
        }

        var (types, format) = word switch
        {
            "any" => (ValueTypes.Any, ValueFormat.None),
            "string" => (ValueTypes.String, ValueFormat.None),
            "bool" => (ValueTypes.Boolean, ValueFormat.None),
            "int" or "int64" => (ValueTypes.Integer, ValueFormat.None),
            "int32" => (ValueTypes.Integer, ValueFormat.Int32),
            "number" => (ValueTypes.Number, ValueFormat.None),
            "intstr" => (ValueTypes.Integer | ValueTypes.String, ValueFormat.None),
            "quantity" => (ValueTypes.String | ValueTypes.Number, ValueFormat.Quantity),
            "bytes" => (ValueTypes.String, ValueFormat.Bytes),
            "time" => (ValueTypes.String, ValueFormat.Time),
            "duration" or "timeout" => (ValueTypes.String, ValueFormat.None),
            _ => throw new FormatException($"There is no type '{word}'"),
        };
        limits = word switch
        {
            "duration" => limits with { Pattern = Patterns.Duration },
            "timeout" => limits with { Pattern = Patterns.Timeout },
            _ => limits,
        };
        return (new SchemaField(limits.Apply(types, format), limits.Since), next);
    }

    private (SchemaField Field, int Next) ReadList(ReadOnlySpan<char> word, ReadOnlySpan<char> spec, int next, int depth)
    {
        var isSet = word is "set";
        ImmutableArray<string> keys = word.Length > 4 ? [.. word[5..^1].ToString().Split(',')] : [];
        var (least, most) = (0, (int?)null);
        if (spec.StartsWith("items:"))
        {
            (least, most) = Limits.Range(Take(ref spec)["items:".Length..]);
        }

        var (item, end) = ReadType(spec, next, depth);
        var schema = new ValueSchema { Types = ValueTypes.Array, Items = item.Schema, IsSet = isSet, ListKeys = keys, MinLength = least, MaxLength = most };
        return (item with { Schema = schema }, end);
    }

    private static string? Since(ReadOnlySpan<char> spec) => spec.StartsWith("since:") ? spec["since:".Length..].ToString() : null;

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> spec)
    {
        var space = spec.IndexOf(' ');
        var word = space < 0 ? spec : spec[..space];
        spec = space < 0 ? [] : spec[(space + 1)..];
        return word;
    }

    private int NextLine(int at)
    {
        var end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end + 1;
    }

    private ReadOnlySpan<char> LineAt(int at)
    {
        var end = text.IndexOf('\n', at);
        return text.AsSpan(at, (end < 0 ? text.Length : end) - at);
    }

    private readonly record struct Limits(
        ImmutableArray<string> Values, int Least, int? Most, double? Minimum, double? Maximum, string? Pattern, string? Since, bool IsOpen)
    {
        public static Limits Read(ReadOnlySpan<char> spec)
        {
            var limits = new Limits([], 0, null, null, null, null, null, false);
            while (!spec.IsEmpty)
            {
                if (spec[0] == '/')
                {
                    return limits with { Pattern = spec[1..^1].ToString() };
                }

                var word = Take(ref spec);
                if (word[0] == '=')
                {
                    limits = limits with { Values = [.. word[1..].ToString().Split('|')] };
                }
                else if (word.StartsWith("len:"))
                {
                    var (least, most) = Range(word[4..]);
                    limits = limits with { Least = least, Most = most };
                }
                else if (word.StartsWith("min:"))
                {
                    limits = limits with { Minimum = double.Parse(word[4..], CultureInfo.InvariantCulture) };
                }
                else if (word.StartsWith("max:"))
                {
                    limits = limits with { Maximum = double.Parse(word[4..], CultureInfo.InvariantCulture) };
                }
                else if (word.StartsWith("since:"))
                {
                    limits = limits with { Since = word["since:".Length..].ToString() };
                }
                else
                {
                    limits = word is "open" ? limits with { IsOpen = true } : throw new FormatException($"There is no word '{word}'");
                }
            }

            return limits;
        }

        public static (int Least, int? Most) Range(ReadOnlySpan<char> range)
        {
            var dots = range.IndexOf("..");
            var least = range[..dots];
            var most = range[(dots + 2)..];
            return (least.IsEmpty ? 0 : int.Parse(least, CultureInfo.InvariantCulture), most.IsEmpty ? null : int.Parse(most, CultureInfo.InvariantCulture));
        }

        public ValueSchema Apply(ValueTypes types, ValueFormat format) => new()
        {
            Types = types,
            Format = format,
            Values = Values,
            MinLength = Least,
            MaxLength = Most,
            Minimum = Minimum,
            Maximum = Maximum,
            Pattern = Pattern,
        };
    }
}

using System.Collections.Immutable;

using KubeLint.LanguageServer.Protocol;
using KubeLint.Schema;

namespace KubeLint.LanguageServer.Features.Completion;

/// <summary>The fields and values that a schema tells.</summary>
internal static class SchemaCandidates
{
    // A schema may refer to itself.
    private const int MaxDepth = 8;

    /// <summary>What could stand in a place.</summary>
    /// <param name="site">The place.</param>
    /// <param name="schema">The schema of the document.</param>
    /// <param name="describe">What a field means, by its path; null where nothing is known.</param>
    public static IEnumerable<Candidate> At(CompletionSite site, ValueSchema schema, Func<ImmutableArray<string>, string?> describe)
    {
        var here = site.Path.Aggregate<string, IEnumerable<ValueSchema>>([schema], (above, step) => Below(above, step).ToList()).SelectMany(item => Parts(item, 0)).ToList();
        if (site.Token.IsKey)
        {
            foreach (var field in Fields(site, here, describe))
            {
                yield return field;
            }
        }

        if (!site.Token.IsKey || site.MayBeItem)
        {
            foreach (var part in here)
            {
                foreach (var value in part.Values)
                {
                    yield return new Candidate(value, CompletionItemKind.EnumMember);
                }

                if (part.Types == ValueTypes.Boolean)
                {
                    yield return new Candidate("true", CompletionItemKind.Value);
                    yield return new Candidate("false", CompletionItemKind.Value);
                }
            }
        }
    }

    private static IEnumerable<Candidate> Fields(CompletionSite site, List<ValueSchema> here, Func<ImmutableArray<string>, string?> describe)
    {
        foreach (var part in here)
        {
            foreach (var (name, field) in part.Fields ?? ImmutableDictionary<string, SchemaField>.Empty)
            {
                var written = site.Mapping?.Find(name);
                if (written is not null && name != site.Token.Typed)
                {
                    continue;
                }

                var actual = Parts(field.Schema, 0).ToList();
                var isBlock = actual.Exists(item => item.Types is ValueTypes.Object or ValueTypes.Array);
                var isRequired = part.Required.Contains(name);
                var description = describe(site.Path.Add(name)) ?? actual.Select(item => item.Description).FirstOrDefault(text => text is not null);
                yield return new Candidate(name, CompletionItemKind.Property)
                {
                    Detail = string.Join(", ", ((string?[])[TypeOf(actual), isRequired ? "required" : null, field.Since is { } since ? $"since Flux {since}" : null]).OfType<string>()),
                    Documentation = description,
                    Suffix = site.Token.HasColon ? "" : isBlock && !site.Token.IsFlow ? ":" : ": ",
                    Order = isRequired ? 0 : 1,
                };
            }
        }
    }

    private static IEnumerable<ValueSchema> Below(IEnumerable<ValueSchema> above, string step)
    {
        foreach (var part in above.SelectMany(item => Parts(item, 0)))
        {
            if (step == "[]")
            {
                if (part.Items is { } items)
                {
                    yield return items;
                }
            }
            else if (part.Fields is { } fields && fields.TryGetValue(step, out var field))
            {
                yield return field.Schema;
            }
            else if (part.Others is { } others)
            {
                yield return others;
            }
        }
    }

    private static IEnumerable<ValueSchema> Parts(ValueSchema schema, int depth)
    {
        var actual = schema.Actual;
        return depth > MaxDepth ? [] : actual.AllOf.Concat(actual.AnyOf).Concat(actual.OneOf).SelectMany(part => Parts(part, depth + 1)).Prepend(actual);
    }

    private static string? TypeOf(List<ValueSchema> parts)
    {
        foreach (var part in parts)
        {
            if (!part.Values.IsEmpty)
            {
                return string.Join(" | ", part.Values);
            }

            var name = part.Types switch
            {
                ValueTypes.String => "string",
                ValueTypes.Boolean => "true or false",
                ValueTypes.Integer => "whole number",
                ValueTypes.Object => "mapping",
                ValueTypes.Array => "list",
                _ => null,
            };
            if (name is not null)
            {
                return name;
            }
        }

        return null;
    }
}

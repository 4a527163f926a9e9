using System.Text.Json;
using System.Text.Json.Serialization;

using KubeLint.Analysis;

using NJsonSchema;
using NJsonSchema.Generation;

namespace KubeLint.Dev;

/// <summary>Makes the JSON Schema of <c>.kubelint.yaml</c> from the records that hold it.</summary>
internal static class ConfigurationSchema
{
    public static string Create(RuleCatalog catalog)
    {
        var settings = new SystemTextJsonSchemaGeneratorSettings
        {
            SerializerOptions = new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
            },
        };
        var root = JsonSchema.FromType<RepositorySettings>(settings);
        root.Title = "KubeLint's configuration";
        root.Description = "What .kubelint.yaml may say.";
        root.Id = "https://raw.githubusercontent.com/kubelint/kubelint/main/schemas/kubelint.schema.json";

        // YAML takes 2.7 for a number; it is read as it is written.
        root.Properties["fluxVersion"].Type |= JsonObjectType.Number;
        root.Properties["kubernetesVersion"].Type |= JsonObjectType.Number;
        root.Definitions[nameof(SubstituteSettings)].Properties["values"].AdditionalPropertiesSchema!.Type |= JsonObjectType.Number | JsonObjectType.Boolean;

        var severity = new JsonSchema { Type = JsonObjectType.String, Description = "A severity, or off." };
        foreach (var word in new[] { "error", "warning", "info", "off" })
        {
            severity.Enumeration.Add(word);
        }

        root.Definitions["severity"] = severity;
        var rules = Closed("Severities and options, by rule id, name or family.");
        foreach (var family in Enum.GetValues<RuleCategory>())
        {
            rules.Properties[RuleFamily.NameOf(family)] = Reference(severity, $"All rules of the family {RuleFamily.NameOf(family)} that run.");
            if (RuleFamily.PrefixOf(family) is { } prefix)
            {
                rules.Properties[prefix] = Reference(severity, $"All rules of the family {RuleFamily.NameOf(family)} that run.");
            }
        }

        foreach (var rule in catalog.Rules)
        {
            var definition = Rule(rule, severity, settings);
            root.Definitions[rule.Descriptor.Name] = definition;
            foreach (var name in new[] { rule.Descriptor.Name, rule.Descriptor.Id })
            {
                rules.Properties[name] = Reference(definition, $"{rule.Descriptor.Id} {rule.Descriptor.Name}: {rule.Descriptor.Title}.");
            }
        }

        // A repository's own rules, as docs/custom-rules.md names them.
        rules.PatternProperties["^X[0-9]+$"] = Reference(severity, "A rule of this repository.");
        root.Definitions["rules"] = rules;
        root.Properties["rules"] = Reference(rules, rules.Description!);
        root.Properties["overrides"] = new JsonSchemaProperty
        {
            Type = JsonObjectType.Array,
            Description = "Rule settings for some paths only; the last that matches wins.",
            Item = Override(rules),
        };
        root.Properties["extends"] = new JsonSchemaProperty
        {
            Description = "Configuration files that this one builds on, relative to it.",
            OneOf = { new JsonSchema { Type = JsonObjectType.String }, Strings() },
        };
        Close(root);
        return root.ToJson();
    }

    private static JsonSchema Rule(RuleEntry rule, JsonSchema severity, SystemTextJsonSchemaGeneratorSettings settings)
    {
        var whole = Closed(rule.Descriptor.Title + ".");
        whole.Properties["severity"] = Reference(severity, "The severity, or off.");
        if (!rule.Options.IsEmpty)
        {
            var options = JsonSchema.FromType(OptionsType(rule.Create(OptionReader.Empty)), settings);
            Close(options);
            // The generator does not see what the record's initializers set; editors show it in the description.
            var defaults = rule.Defaults().ToDictionary(value => value.Path, value => value.Value);
            foreach (var option in rule.Options)
            {
                Describe(options, option, defaults[option.Name]);
            }

            var property = new JsonSchemaProperty { Type = JsonObjectType.Object, AllowAdditionalProperties = false };
            foreach (var (name, member) in options.Properties)
            {
                property.Properties[name] = member;
            }

            whole.Properties["options"] = property;
        }

        return new JsonSchema { OneOf = { new JsonSchema { Reference = severity }, whole } };
    }

    private static void Describe(JsonSchema options, OptionInfo option, string defaultText)
    {
        var schema = options;
        foreach (var key in option.Name.Split('.'))
        {
            schema = schema.ActualSchema.Properties[key];
        }

        schema.Description = $"{option.Description} Default: {defaultText}";
    }

    private static Type OptionsType(Rule rule)
    {
        for (var type = rule.GetType().BaseType; ; type = type!.BaseType)
        {
            if (type!.IsGenericType && type.GetGenericTypeDefinition() == typeof(Rule<>))
            {
                return type.GetGenericArguments()[0];
            }
        }
    }

    private static JsonSchema Override(JsonSchema rules)
    {
        var schema = Closed("Rule settings for some paths.");
        schema.Properties["paths"] = new JsonSchemaProperty
        {
            Type = JsonObjectType.Array,
            Item = new JsonSchema { Type = JsonObjectType.String },
            Description = "Files and folders in the syntax of .gitignore, relative to this file.",
            IsRequired = true,
        };
        schema.Properties["rules"] = Reference(rules, "What holds there.");
        return schema;
    }

    private static JsonSchema Strings() => new() { Type = JsonObjectType.Array, Item = new JsonSchema { Type = JsonObjectType.String } };

    private static JsonSchema Closed(string description) =>
        new() { Type = JsonObjectType.Object, AllowAdditionalProperties = false, Description = description };

    private static JsonSchemaProperty Reference(JsonSchema target, string description) => new() { Reference = target, Description = description };

    // A mistyped key is a mistake at every level but in maps, whose keys are the user's.
    private static void Close(JsonSchema schema)
    {
        foreach (var definition in schema.Definitions.Values.Append(schema))
        {
            if (definition.Type.HasFlag(JsonObjectType.Object) && definition.AdditionalPropertiesSchema is null)
            {
                definition.AllowAdditionalProperties = false;
            }
        }
    }
}

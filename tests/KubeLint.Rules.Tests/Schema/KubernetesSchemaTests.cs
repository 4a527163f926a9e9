using KubeLint.Dev;
using KubeLint.Rules.Schema;
using KubeLint.Testing;

namespace KubeLint.Rules.Tests.Schema;

/// <summary>The schemas of Kubernetes' kinds are what their source says, and all of them can be read.</summary>
public sealed class KubernetesSchemaTests
{
    [SkippableFact]
    public void The_file_is_what_its_recorded_source_says()
    {
        var made = KubernetesSchema.Create(Path.Combine(TestPaths.Root, "artifacts/npm"));
        Skip.If(made is null, "needs the npm packages: see dotnet run --project tools/KubeLint.Dev -- kubernetes-schema");

        // The hash of what was read is in the file's head.
        File.ReadAllText(Path.Combine(TestPaths.Root, KubernetesSchema.File)).ShouldBe(made);
    }

    [Fact]
    public void Each_kind_and_all_that_it_names_can_be_read()
    {
        foreach (var text in new[] { BuiltInSchemas.Kubernetes, BuiltInSchemas.Flux })
        {
            foreach (var (apiVersion, kind) in text.Kinds)
            {
                Visit(text.Find(apiVersion, kind)!, []);
            }
        }

        static void Visit(KubeLint.Schema.ValueSchema schema, HashSet<KubeLint.Schema.ValueSchema> seen)
        {
            if (!seen.Add(schema.Actual))
            {
                return;
            }

            foreach (var field in schema.Actual.Fields?.Values ?? [])
            {
                Visit(field.Schema, seen);
            }

            foreach (var inner in new[] { schema.Actual.Items, schema.Actual.Others })
            {
                if (inner is not null)
                {
                    Visit(inner, seen);
                }
            }
        }
    }
}

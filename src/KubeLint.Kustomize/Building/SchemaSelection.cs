using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Schema;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Building;

/// <summary>
/// Reads <c>openapi</c>: which types' lists are merged by which keys
/// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/openapi/). The first kustomization of a build
/// that has the field decides for the whole build.
/// </summary>
internal static class SchemaSelection
{
    /// <summary>Takes the schema of a kustomization, where it names one and no other was taken before.</summary>
    public static void Apply(KustomizationFile file, BuildContext context)
    {
        if (KustomizationFields.Object(file.Root, "openapi") is not { } openApi || !ReferenceEquals(context.Schema, KubernetesSchema.BuiltIn))
        {
            return;
        }

        var version = KustomizationFields.Get(openApi, "version") as YamlScalar;
        if (KustomizationFields.Get(openApi, "path") is YamlScalar { Value.Length: > 0 } path)
        {
            if (version is not null)
            {
                context.Error(KustomizeProblemKind.InvalidField, version, "Builtin version and custom schema provided, cannot use both");
            }
            else if (ConfigurationFile.Load(path, file, context) is { } document)
            {
                // kustomize knows only the types of the file, unless it has looked up others before.
                context.Schema = KubernetesSchema.FromOpenApi(document, keepsBuiltIns: context.HasResources);
            }
        }
        else if (version is { Value.Length: > 0 } && version.Value != KubernetesSchema.BuiltInVersion)
        {
            context.Error(KustomizeProblemKind.InvalidField, version, $"The specified OpenAPI version is not built in: it must be {KubernetesSchema.BuiltInVersion}");
        }
    }
}

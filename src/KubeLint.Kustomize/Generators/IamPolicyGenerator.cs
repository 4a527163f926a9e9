using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Generators;

/// <summary>
/// <c>IAMPolicyGenerator</c>: a ServiceAccount bound to a cloud's account
/// (https://github.com/kubernetes-sigs/kustomize, api/filters/iampolicygenerator).
/// </summary>
internal static class IamPolicyGenerator
{
    private const string By = "IAMPolicyGenerator";

    /// <summary>Makes the resource; null, with the problem noted, where that cannot be.</summary>
    public static KustomizeResource? Generate(YamlMapping args, BuildContext context)
    {
        var cloud = KustomizationFields.Text(args, "cloud");
        if (cloud != "gke")
        {
            context.Error(KustomizeProblemKind.Generator, KustomizationFields.Get(args, "cloud") ?? args, $"Cloud provider {cloud} not supported yet");
            return null;
        }

        var service = KustomizationFields.Object(args, "kubernetesService");
        var account = KustomizationFields.Object(args, "serviceAccount");
        var ns = KustomizationFields.Get(service, "namespace");
        var email = $"{KustomizationFields.Text(account, "name")}@{KustomizationFields.Text(account, "projectId")}.iam.gserviceaccount.com";
        var metadata = Tree.ComputedMapping(service ?? args, By,
        [
            Entry("annotations", Tree.ComputedMapping(account ?? args, By,
                [Entry("iam.gke.io/gcp-service-account", Tree.Computed(account ?? args, email, By))])),
            Entry("name", Tree.Computed(KustomizationFields.Get(service, "name") ?? args, KustomizationFields.Text(service, "name"), By)),
        ]);
        if (ns is YamlScalar { Value.Length: > 0 } scalar)
        {
            metadata = Tree.Add(metadata, "namespace", Tree.Computed(scalar, scalar.Value, By), By);
        }

        return new KustomizeResource(Tree.ComputedMapping(args, By,
        [
            Entry("apiVersion", Tree.Computed(args, "v1", By)), Entry("kind", Tree.Computed(args, "ServiceAccount", By)), Entry("metadata", metadata),
        ]));
    }

    private static YamlEntry Entry(string key, YamlNode value) => new(Tree.Computed(value, key, By), value);
}

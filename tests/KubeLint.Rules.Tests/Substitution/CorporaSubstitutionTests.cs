using KubeLint.Rules.Substitution;

namespace KubeLint.Rules.Tests.Substitution;

/// <summary>The rules over variables on real repositories: what must be found, and that nothing else is.</summary>
public sealed class CorporaSubstitutionTests
{
    [SkippableTheory]
    [InlineData("bjw-s")]
    [InlineData("kustomize-helm-example")]
    [InlineData("multi-tenancy")]
    [InlineData("onedr0p")]
    [InlineData("radix")]
    [InlineData("rcdailey", "kubernetes/apps/default/pocket-id/operator/helmrelease.yaml:29 KL5003")]
    [InlineData(
        "stargate",
        "kubernetes/apps/database/postgres/app/backup.yaml:58 KL5019",
        "kubernetes/apps/database/storage/s3/helmrelease.yaml:60 KL5019",
        "kubernetes/components/tailscale/ingress.yaml:10 KL5002",
        "kubernetes/flux/cluster/ks.yaml:72 KL5017",
        "kubernetes/flux/cluster/ks.yaml:74 KL5017",
        "kubernetes/flux/cluster/ks.yaml:76 KL5017")]
    [InlineData("tyriis", "kubernetes/main/apps/media/filebrowser/app/kustomization.yaml:15 KL5012")]
    public void A_whole_corpus_has_these_findings_each_read_by_hand(string corpus, params string[] expected) =>
        CorpusFindings.Of(
            corpus,
            new VariableUndefined(),
            new VariableEmpty(),
            new VariableLeftAsText(),
            new SubstitutionSkipped(),
            new SubstitutionSyntax(),
            new OperatorUnlikeBash(),
            new ScriptVariableSubstituted(),
            new DollarPairHalved(),
            new SubstitutedTypeNotString(),
            new SubstituteValueNotString(),
            new VariableNameInvalid(),
            new SubstituteOptOutMisspelt(),
            new VariableInSecretData(),
            new WatchLabelMisspelt(),
            new VariablesFromOwnProduct(),
            new EnvValueNotString(),
            new EnvValueReinterpreted()).ShouldBe(expected);
}

using KubeLint.Rules.Security;

namespace KubeLint.Rules.Tests.Security;

/// <summary>The rules over secrets on real repositories.</summary>
public sealed class CorporaSecretTests
{
    [SkippableTheory]
    [InlineData("bjw-s")]
    [InlineData("kustomize-helm-example")]
    [InlineData("multi-tenancy")]
    [InlineData("onedr0p")]
    [InlineData("radix")]
    [InlineData("rcdailey", "kubernetes/components/volsync/secret.yaml:17 KL7001")]
    [InlineData("stargate", "kubernetes/apps/flux-system/flux-instance/app/secret.sops.yaml:13 KL7005")]
    [InlineData("tyriis")]
    public void A_whole_corpus_has_these_findings_each_read_by_hand(string corpus, params string[] expected) =>
        CorpusFindings.Of(
            corpus,
            new SecretInPlainText(),
            new DecryptionMissing(),
            new EncryptedObjectNoDecryption(),
            new SopsPartlyEncrypted(),
            new SopsCreationRuleMismatch(),
            new DecryptionKeyUnknown(),
            new GeneratedSecretInPlainText(),
            new CredentialInPlainText(),
            new EncryptedFileFormatHidden()).ShouldBe(expected);
}

using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>Reports fields that do nothing, or that another one has replaced.</summary>
public sealed class FluxFieldWithoutEffect : Rule
{
    private static readonly ImmutableArray<string> TlsKeys = ["certFile", "keyFile", "caFile"];

    // What templates of commit messages no longer get, and what they get instead.
    private static readonly ImmutableArray<(string Old, string New)> TemplateData = [(".Changed.ImageResult", ".Changed.Changes"), (".Updated", ".Changed")];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8004", "flux-field-without-effect", "The field has no effect, or another one has replaced it", Severity.Warning)
        {
            Tag = FindingTag.Unnecessary,
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/components/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        on.Object(FluxGroups.Helm, "HelmRelease", CheckRelease);
        on.Object(FluxGroups.Notification, "Provider", CheckProvider);
        on.Object(FluxGroups.Image, "ImageUpdateAutomation", CheckAutomation);
        on.Object(FluxGroups.Source, "HelmRepository", CheckRepository);
    }

    private static void CheckRelease(ObjectContext context)
    {
        if (context.Object.Spec?.Get("rollback") is YamlMapping rollback && rollback.Find("recreate") is { } recreate
            && FluxVersions.Told(context, context.Object).All(flux => flux.IsAtLeast(2, 8)))
        {
            context.Report(recreate.Key, "'rollback.recreate' has no effect since Flux 2.8: Helm 4 does not restart pods of a rollback", "Remove it");
        }

        foreach (var action in new[] { "install", "upgrade" })
        {
            if (context.Object.Spec?.Get(action) is YamlMapping mapping && mapping.Find("skipCRDs") is { } skip)
            {
                var isTrue = skip.Value.AsScalar()?.AsBoolean() == true;
                context.Report(
                    skip.Key,
                    $"'{action}.skipCRDs' is deprecated: '{action}.crds' says what to do with a chart's CRDs{(mapping.ContainsKey("crds") ? ", and says it here" : "")}",
                    isTrue ? "Write `crds: Skip`" : "Remove it",
                    fixes: isTrue && !mapping.ContainsKey("crds") ? Rewrite(skip) : []);
            }
        }
    }

    private static ImmutableArray<Fix> Rewrite(YamlEntry skip)
    {
        var (key, value) = (skip.Key, skip.Value);
        return key.Derivation is not null || value.Derivation is not null || value is not YamlScalar { Anchor: null } || key.Source.Parent is not null || key.Source != value.Source
            ? []
            : [new Fix("Write crds: Skip", FixSafety.Safe, [new FileEdit(key.Source, [new TextEdit(key.Span, "crds"), new TextEdit(value.Span, "Skip")])])];
    }

    private static void CheckProvider(ObjectContext context)
    {
        if (context.Object.Spec?.Find("proxy") is { } proxy)
        {
            context.Report(proxy.Key, "'spec.proxy' of a Provider is deprecated: 'proxySecretRef' has replaced it", "Put the address into a Secret with the key `address`, and name it in `proxySecretRef`");
        }
    }

    private static void CheckAutomation(ObjectContext context)
    {
        if (context.Object.Spec?.Get("git", "commit", "messageTemplate") is not YamlScalar { IsUnknown: false } template)
        {
            return;
        }

        var text = template.EmbeddedText();
        foreach (var (old, now) in TemplateData)
        {
            for (var at = text.Content.IndexOf(old, StringComparison.Ordinal); at >= 0; at = text.Content.IndexOf(old, at + 1, StringComparison.Ordinal))
            {
                var end = at + old.Length;
                if (end >= text.Content.Length || !char.IsAsciiLetterOrDigit(text.Content[end]))
                {
                    context.Report(text.Locate(new TextSpan(at, old.Length)), $"'{old}' is gone from the data of commit messages since Flux 2.7: the commit fails", $"Write `{now}`");
                }
            }
        }
    }

    private static void CheckRepository(ObjectContext context)
    {
        var spec = context.Object.Spec;
        if (spec?.GetString("secretRef", "name") is not { } name || spec.ContainsKey("certSecretRef") || spec["secretRef"]?.Get("name") is not { } at)
        {
            return;
        }

        foreach (var producer in context.Model.ProducersOf(context.Object))
        {
            var cluster = context.Model.Clusters.First(candidate => candidate.Name == producer.Cluster);
            var secret = cluster.Find("", "Secret", context.Object.Namespace, name);
            foreach (var key in TlsKeys)
            {
                if (secret?.Object.Root.Get("data", key) is not null || secret?.Object.Root.Get("stringData", key) is not null)
                {
                    context.Report(at, $"TLS data in 'secretRef' is deprecated: the Secret '{name}' has '{key}'", "Put `tls.crt`, `tls.key` and `ca.crt` into a Secret and name it in `certSecretRef`");
                    return;
                }
            }
        }
    }
}

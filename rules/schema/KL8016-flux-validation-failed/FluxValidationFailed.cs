using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>
/// Reports objects that the validations of Flux's CRDs (<c>x-kubernetes-validations</c>) refuse. Those of a HelmRelease's chart and strategies are KL3001 and KL3012.
/// </summary>
public sealed class FluxValidationFailed : Rule
{
    private static readonly string[] StatusProviders = ["github", "gitlab", "gitea", "bitbucketserver", "bitbucket", "azuredevops"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8016", "flux-validation-failed", "A combination of fields that Flux's CRD forbids", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        On(FluxGroups.Kustomize, "Kustomization", KubeConfig);
        On(FluxGroups.Helm, "HelmRelease", KubeConfig);
        On(FluxGroups.Image, "ImagePolicy", ImagePolicy);
        On(FluxGroups.Notification, "Provider", Provider);
        On(FluxGroups.Notification, "Receiver", Receiver);
        On(FluxGroups.SourceExtensions, "ArtifactGenerator", ArtifactGenerator);
        On(FluxGroups.Source, "Bucket", Bucket);
        On(FluxGroups.Source, "GitRepository", GitRepository);
        On(FluxGroups.Source, "HelmChart", HelmChart);

        void On(string group, string kind, Action<ObjectContext, Fields> check) => on.Object(group, kind, context =>
        {
            if (context.Object.Spec is { } spec)
            {
                check(context, new Fields(spec));
            }
        });
    }

    private static void KubeConfig(ObjectContext context, Fields spec)
    {
        if (spec.Value("kubeConfig") is not YamlMapping mapping)
        {
            return;
        }

        var config = new Fields(mapping);
        if (config.Key("configMapRef") is { } map && config.Has("secretRef"))
        {
            Report(context, map, "the kubeConfig has both a configMapRef and a secretRef", "Keep one of them");
        }
        else if (!config.Has("configMapRef") && !config.Has("secretRef"))
        {
            ReportMissing(context, spec.Key("kubeConfig")!, "the kubeConfig has neither a secretRef nor a configMapRef", "Write `secretRef: {name: …}`");
        }
    }

    private static void ImagePolicy(ObjectContext context, Fields spec)
    {
        var reflection = spec.Text("digestReflectionPolicy", "Never");
        if (spec.Key("interval") is { } interval && reflection is not (null or "Always"))
        {
            Report(context, interval, "an interval goes only with `digestReflectionPolicy: Always`", "Remove it, or write `digestReflectionPolicy: Always`");
        }
        else if (reflection == "Always" && !spec.Has("interval"))
        {
            ReportMissing(context, spec.Value("digestReflectionPolicy")!, "`digestReflectionPolicy: Always` needs an interval", "Write `interval: 10m`");
        }
    }

    private static void Provider(ObjectContext context, Fields spec)
    {
        if (spec.Key("commitStatusExpr") is { } expression && spec.Text("type", "") is { Length: > 0 } type && !StatusProviders.Contains(type))
        {
            Report(context, expression, $"a Provider of the type '{type}' sets no commit status and may have no commitStatusExpr", $"Remove it; the types that may are {string.Join(", ", StatusProviders)}");
        }
    }

    private static void Receiver(ObjectContext context, Fields spec)
    {
        if (spec.Text("type", "") is not { Length: > 0 } type)
        {
            return;
        }

        var providers = spec.Value("oidcProviders")?.AsSequence()?.Items.Length ?? 0;
        if (type != "generic-oidc")
        {
            if (providers > 0)
            {
                Report(context, spec.Key("oidcProviders")!, $"a Receiver of the type '{type}' may have no oidcProviders", "Remove them, or write `type: generic-oidc`");
            }

            if (!spec.Has("secretRef"))
            {
                ReportMissing(context, spec.Value("type")!, $"a Receiver of the type '{type}' needs a secretRef", "Write `secretRef: {name: …}`: a Secret with a `token`");
            }

            return;
        }

        if (spec.Key("secretRef") is { } secret)
        {
            Report(context, secret, "a Receiver of the type 'generic-oidc' may have no secretRef", "Remove it: the caller's token is proof enough");
        }

        if (providers == 0 && spec.Value("oidcProviders") is not { IsUnknown: true })
        {
            ReportMissing(context, spec.Value("type")!, "a Receiver of the type 'generic-oidc' needs one of oidcProviders at least", "Write `oidcProviders` with the issuer whose tokens are accepted");
        }
    }

    private static void ArtifactGenerator(ObjectContext context, Fields spec)
    {
        if (spec.Value("pathPattern") is { } pattern && (pattern.IsUnknown || pattern.AsScalar() is not { Value: "" }))
        {
            return;
        }

        foreach (var artifact in spec.Value("artifacts")?.AsSequence()?.Items ?? [])
        {
            if (artifact.Get("name") is { IsUnknown: false } at && at.AsScalar() is { } name && !Fields.IsUnknown(name) && ObjectNames.SubdomainError(name.Value) is { } error)
            {
                Report(context, at, $"without a pathPattern an artifact's name must be one of an object, and '{name.Value}' {error}", "Write lower-case letters, digits, '-' and '.'");
            }
        }
    }

    private static void Bucket(ObjectContext context, Fields spec)
    {
        var provider = spec.Text("provider", "generic");
        if (spec.Key("serviceAccountName") is { } account)
        {
            if (spec.Has("secretRef"))
            {
                Report(context, account, "a Bucket may have a secretRef or a serviceAccountName, not both", "Keep one of them");
            }
            else if (provider == "generic")
            {
                Report(context, account, "a Bucket of the provider 'generic' may have no serviceAccountName", "Write `provider: aws`, `azure` or `gcp`, or a `secretRef` instead");
            }
        }

        if (provider is null || spec.Value("sts") is not YamlMapping mapping)
        {
            return;
        }

        var service = new Fields(mapping);
        var by = service.Text("provider", "");
        var needed = provider switch
        {
            "aws" => "aws",
            "generic" => "ldap",
            _ => null,
        };
        if (needed is null)
        {
            Report(context, spec.Key("sts")!, $"a Bucket of the provider '{provider}' may have no sts", "Remove it: only `aws` and `generic` know such a service");
        }
        else if (by is { Length: > 0 } && by != needed)
        {
            Report(context, service.Value("provider")!, $"a Bucket of the provider '{provider}' needs `sts.provider: {needed}`, not '{by}'", $"Write `{needed}`");
        }
        else if (by == "aws" && (service.Key("secretRef") ?? service.Key("certSecretRef")) is { } secret)
        {
            Report(context, secret, "an sts of the provider 'aws' may have no secretRef and no certSecretRef", "Remove it: the controller's own identity is used");
        }
    }

    private static void GitRepository(ObjectContext context, Fields spec)
    {
        if (spec.Key("serviceAccountName") is { } account && spec.Text("provider", "generic") is { } provider and not ("azure" or "aws"))
        {
            Report(context, account, $"a GitRepository of the provider '{provider}' may have no serviceAccountName", "Write `provider: azure` or `aws`, or a `secretRef` instead");
        }
    }

    private static void HelmChart(ObjectContext context, Fields spec)
    {
        if (spec.Key("verify") is { } verify && spec.Value("sourceRef") is YamlMapping source && new Fields(source).Text("kind", "") is { Length: > 0 } kind and not "HelmRepository")
        {
            Report(context, verify, $"a HelmChart from a {kind} may have no verify", "Remove it: only charts of a HelmRepository are verified");
        }
    }

    private static void Report(ObjectContext context, YamlNode at, string what, string help) =>
        context.Report(at, $"{char.ToUpperInvariant(what[0])}{what[1..]}, so the API server refuses {context.Object.Id}", help);

    // What nothing applies as it stands may be completed by a patch.
    private static void ReportMissing(ObjectContext context, YamlNode at, string what, string help)
    {
        if (Applied.IsKnown(context.Model, context.Object))
        {
            Report(context, at, what, help);
        }
    }

    /// <summary>The fields of a mapping as the validations see them: nothing is as good as absent.</summary>
    private readonly struct Fields(YamlMapping mapping)
    {
        public static bool IsUnknown(YamlScalar scalar) => scalar.IsUnknown || scalar.Value.Contains("${", StringComparison.Ordinal);

        public bool Has(string name) => Find(name) is not null;

        public YamlNode? Key(string name) => Find(name)?.Key;

        public YamlNode? Value(string name) => Find(name)?.Value.Resolved;

        /// <summary>The text of a field; the default where it is absent, null where nobody knows.</summary>
        public string? Text(string name, string absent) => Find(name) is not { } entry ? absent : entry.Value.AsScalar() is { } scalar && !IsUnknown(scalar) ? scalar.Value : null;

        private YamlEntry? Find(string name) => mapping.Find(name) is { } entry && entry.Value.AsScalar() is not { IsNull: true } ? entry : null;
    }
}

namespace KubeLint.LanguageServer.Tests;

/// <summary>A repository in which everything refers to something.</summary>
internal static class FluxRepository
{
    public const string Cluster = "clusters/home/flux-system/gotk-sync.yaml";
    public const string Apps = "clusters/home/apps.yaml";
    public const string Settings = "clusters/home/settings.yaml";
    public const string Web = "apps/web/helmrelease.yaml";
    public const string WebKustomization = "apps/web/kustomization.yaml";
    public const string Job = "apps/web/job.yaml";

    public static TemporaryRepository Create() => new(
        (Cluster, """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata:
              name: flux-system
              namespace: flux-system
            spec:
              interval: 1m
              url: https://git.example.net/home
              ref:
                branch: main
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: flux-system
              namespace: flux-system
            spec:
              interval: 10m
              path: ./clusters/home
              prune: true
              sourceRef:
                kind: GitRepository
                name: flux-system

            """),
        (Apps, """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: infra
              namespace: flux-system
            spec:
              interval: 10m
              path: ./infra
              prune: true
              sourceRef:
                kind: GitRepository
                name: flux-system
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: web
              namespace: flux-system
            spec:
              interval: 10m
              path: ./apps/web
              prune: true
              targetNamespace: web
              dependsOn:
                - name: infra
              sourceRef:
                kind: GitRepository
                name: flux-system
              postBuild:
                substitute:
                  GREETING: hello
                substituteFrom:
                  - kind: ConfigMap
                    name: settings
                  - kind: Secret
                    name: cluster-secrets

            """),
        (Settings, """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
              namespace: flux-system
            data:
              DOMAIN: example.net
            ---
            apiVersion: v1
            kind: Secret
            metadata:
              name: cluster-secrets
              namespace: flux-system
            stringData:
              TOKEN: do-not-show-me

            """),
        ("infra/kustomization.yaml", """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            namespace: flux-system
            resources:
              - charts.yaml

            """),
        ("infra/charts.yaml", """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: HelmRepository
            metadata:
              name: charts
            spec:
              interval: 1h
              url: https://charts.example.net
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: OCIRepository
            metadata:
              name: other
            spec:
              interval: 1h
              url: oci://ghcr.io/example/other
              ref:
                tag: 1.0.0

            """),
        (WebKustomization, """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources:
              - helmrelease.yaml
              - job.yaml
              - values-secret.yaml
            configMapGenerator:
              - name: web-values
                files:
                  - values.yaml=files/values.yaml
                options:
                  disableNameSuffixHash: true
              - name: made
                literals:
                  - a=b
            patches:
              - path: patch.yaml
                target:
                  kind: HelmRelease
                  name: web

            """),
        ("apps/web/files/values.yaml", "replicas: 2\n"),
        ("apps/web/patch.yaml", """
            - op: add
              path: /spec/interval
              value: 30m

            """),
        ("apps/web/values-secret.yaml", """
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata:
              name: web-credentials
            spec:
              secretStoreRef:
                kind: ClusterSecretStore
                name: vault
              data:
                - secretKey: values.yaml
                  remoteRef:
                    key: web

            """),
        (Web, """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata:
              name: web
            spec:
              chart:
                spec:
                  chart: web
                  version: 1.2.3
                  sourceRef:
                    kind: HelmRepository
                    name: charts
                    namespace: flux-system
              valuesFrom:
                - kind: ConfigMap
                  name: web-values
                - kind: Secret
                  name: web-credentials
              values:
                host: web.${DOMAIN}
                title: ${GREETING}

            """),
        (Job, """
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: migrate
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: main
                      image: ghcr.io/example/migrate:1.0.0
                      envFrom:
                        - secretRef:
                            name: web-credentials
                      env:
                        - name: A
                          valueFrom:
                            configMapKeyRef:
                              name: made
                              key: a

            """));
}

/// <summary>A session in that repository, for the tests of a class: they leave no document changed.</summary>
public sealed class FluxSession : IAsyncLifetime
{
    private TemporaryRepository repository = null!;

    /// <summary>The editor.</summary>
    internal Editor Editor { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        repository = FluxRepository.Create();
        Editor = await Editor.StartAsync(repository.Root);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Editor.DisposeAsync();
        repository.Dispose();
    }
}

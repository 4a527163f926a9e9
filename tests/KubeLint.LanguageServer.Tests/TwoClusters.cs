namespace KubeLint.LanguageServer.Tests;

/// <summary>A repository whose two clusters get one application differently: by a patch, by variables, by values.</summary>
internal static class TwoClusters
{
    public const string Production = "clusters/production/apps.yaml";
    public const string Staging = "clusters/staging/apps.yaml";
    public const string Deployment = "apps/web.yaml";
    public const string Release = "apps/release.yaml";
    public const string Values = "apps/values.yaml";
    public const string Patch = "apps/patch.yaml";
    public const string Secret = "apps/secret.yaml";
    public const string Kustomization = "apps/kustomization.yaml";
    public const string Unused = "apps/unused.yaml";

    public static TemporaryRepository Write()
    {
        var repository = new TemporaryRepository();
        repository.Write(".kubelint.yaml", "entryPoints: [clusters/production, clusters/staging]\n");
        repository.Write(Production, """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: apps
              namespace: flux-system
            spec:
              interval: 1h
              path: ./apps
              prune: true
              sourceRef:
                kind: GitRepository
                name: flux-system
              postBuild:
                substitute:
                  HOST: www.example.org
                substituteFrom:
                  - kind: Secret
                    name: credentials
              patches:
                - patch: |
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata:
                      name: web
                      namespace: default
                    spec:
                      replicas: 3

            """);
        repository.Write(Staging, """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: apps
              namespace: flux-system
            spec:
              interval: 1h
              path: ./apps
              prune: true
              sourceRef:
                kind: GitRepository
                name: flux-system
              postBuild:
                substitute:
                  HOST: staging.example.org
                substituteFrom:
                  - kind: Secret
                    name: credentials

            """);
        repository.Write(Kustomization, """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            namespace: default
            resources:
              - web.yaml
              - release.yaml
              - secret.yaml
            configMapGenerator:
              - name: web-values
                files: [values.yaml]
                options:
                  disableNameSuffixHash: true
            patches:
              - path: patch.yaml

            """);
        repository.Write(Deployment, """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
            spec:
              replicas: 1
              minReadySeconds: 5
              revisionHistoryLimit: 2
              selector:
                matchLabels: {app: web}
              template:
                metadata:
                  labels: {app: web}
                spec:
                  containers:
                    - name: web
                      image: ghcr.io/example/web:1.2.3 # Größe
                      env:
                        - {name: HOST, value: "${HOST}"}
                        - {name: TOKEN, value: "${TOKEN}"}
                        - {name: OTHER, value: "${OTHER:=none}"}

            """);
        repository.Write(Patch, """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
            spec:
              minReadySeconds: 30

            """);
        repository.Write(Release, """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata:
              name: chart
            spec:
              interval: 1h
              chartRef:
                kind: OCIRepository
                name: chart
              valuesFrom:
                - kind: ConfigMap
                  name: web-values
                - kind: Secret
                  name: credentials
              values:
                size: large

            """);
        repository.Write(Values, "size: small\nlevel: debug\npassword: none\n");
        repository.Write(Secret, """
            apiVersion: v1
            kind: Secret
            metadata:
              name: credentials
            stringData:
              values.yaml: |
                password: hunter2

            """);
        foreach (var cluster in new[] { "production", "staging" })
        {
            repository.Write($"clusters/{cluster}/credentials.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: credentials\n  namespace: flux-system\nstringData:\n  TOKEN: hunter2\n");
        }

        repository.Write(Unused, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: unused\n");
        return repository;
    }
}

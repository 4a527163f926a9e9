namespace KubeLint.Fuzz;

/// <summary>Where mutations begin: small inputs that use much of what there is.</summary>
internal static class Seeds
{
    public static IReadOnlyList<string> Documents { get; } =
    [
        "a: 1\nb: [x, {y: z}]\nc: |\n  text\n   more\nd: >-\n  folded\n  lines\n\n  end\n",
        "x: &a {k: v}\ny: *a\nz:\n  <<: *a\n  w: !!str 1\n? [complex]\n: value\n---\n- 'single ''quoted'''\n- \"double \\n \\u00e9\"\n...\n",
        "\uFEFF# comment\r\nkey: value # trailing\r\nlist:\r\n- a\r\n-   - nested\r\n",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  values.yaml: |-\n    image:\n      tag: latest\n  e: \"\U0001F600\"\n",
    ];

    public static IReadOnlyList<string> Kustomizations { get; } =
    [
        """
        resources: [a.yaml, base]
        namespace: web
        namePrefix: p-
        labels: [{pairs: {a: b}, includeSelectors: true}]
        images: [{name: nginx, newTag: "1.2"}]
        patches:
          - target: {kind: Deployment, name: .*}
            patch: |-
              - op: replace
                path: /spec/replicas
                value: 3
          - patch: |-
              apiVersion: apps/v1
              kind: Deployment
              metadata: {name: web}
              spec: {template: {spec: {containers: [{name: web, $patch: delete}]}}}
        replacements:
          - source: {kind: Service, name: web, fieldPath: spec.ports.0.port}
            targets: [{select: {kind: Deployment}, fieldPaths: ["spec.template.spec.containers.[name=web].ports.0.containerPort"]}]
        configMapGenerator: [{name: c, literals: [A=1], files: [f=a.yaml], envs: [e.env]}]
        secretGenerator: [{name: s, literals: [P=x], behavior: create}]
        %%% a.yaml
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec: {replicas: 1, template: {spec: {containers: [{name: web, image: "nginx:1", ports: [{containerPort: 80}], envFrom: [{configMapRef: {name: c}}]}]}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {ports: [{port: 80}]}
        %%% e.env
        # comment
        K=v
        %%% base/kustomization.yaml
        components: [../comp]
        vars: [{name: N, objref: {apiVersion: v1, kind: Service, name: web}}]
        %%% comp/kustomization.yaml
        apiVersion: kustomize.config.k8s.io/v1alpha1
        kind: Component
        patchesStrategicMerge: [p.yaml]
        patchesJson6902: [{target: {version: v1, kind: Service, name: web}, patch: '[{"op":"remove","path":"/spec"}]'}]
        %%% comp/p.yaml
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        """,
    ];

    public static IReadOnlyList<string> Templates { get; } =
    [
        "a: ${A:=x}${B:-${C}}${D^^}${E/a/b}${F:1:2}${G#*x}${H%%y} $${I} $$ ${J:?m}\n",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, annotations: {kustomize.toolkit.fluxcd.io/substitute: disabled}}\ndata: {k: \"${V}\"}\n",
        "k: ${a\n${b}: ${ x }\nz: '${Z=}'\n",
    ];

    public static IReadOnlyList<string> Images { get; } =
    [
        "ghcr.io/org/app:1.2.3@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "registry:5000/app", "nginx", "[::1]:5000/a/b:c", "${R}/x:${T}",
    ];

    public static IReadOnlyList<string> Configurations { get; } =
    [
        """
        extends: base.yaml
        rules:
          image-latest-tag: {severity: error, options: {mutableTags: [latest], allow: ["ghcr.io/*"]}}
          KL1: warning
        overrides: [{paths: ["apps/**"], rules: {KL1002: off}}]
        exclude: ["archive/", "!keep"]
        entryPoints: [flux]
        fluxVersion: 2.7
        substitute: {values: {A: b}, external: [C]}
        registries: {private: [x/*]}
        sources: {GitRepository/flux-system/apps: ../apps}
        requireReason: true
        %%% base.yaml
        rules: {images: error}
        """,
    ];

    public static IReadOnlyList<string> Repositories { get; } =
    [
        """
        %%% flux/ks.yaml
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: web, namespace: flux-system}
        spec:
          path: ./apps
          interval: 1h
          prune: true
          sourceRef: {kind: GitRepository, name: flux-system}
          postBuild: {substitute: {TAG: latest}, substituteFrom: [{kind: ConfigMap, name: vars}]}
          patches: [{patch: "- {op: add, path: /metadata/labels, value: {a: b}}", target: {kind: HelmRelease}}]
          dependsOn: [{name: web}]
        %%% apps/kustomization.yaml
        resources: [hr.yaml]
        %%% apps/hr.yaml
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: web, namespace: web}
        spec:
          interval: 1h
          chart: {spec: {chart: app-template, version: 4.x, sourceRef: {kind: HelmRepository, name: bjw-s}}}
          valuesFrom: [{kind: ConfigMap, name: v, targetPath: "a.b[0]"}]
          values: {controllers: {web: {containers: {app: {image: {repository: ghcr.io/x/y, tag: "${TAG}", pullPolicy: Always}}}}}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: p, annotations: {kubelint.dev/ignore: KL1001}}
        spec: {containers: [{name: a, image: "x:latest", imagePullPolicy: Always}]} # kubelint: ignore[KL1002] why
        """,
    ];
}

using System.Globalization;
using System.Text;

namespace KubeLint.Benchmarks;

/// <summary>
/// Writes a GitOps repository as large as is asked for, in the shape that people use: a root Kustomization that patches its children,
/// a component with settings for each namespace, twenty apps in a namespace, four files an app, and a mistake in one app of twenty. The same seed gives the same bytes.
/// </summary>
internal static class Monorepo
{
    private const int AppsInNamespace = 20;
    private const int AppsWithMistake = 20;

    /// <summary>Writes the repository.</summary>
    /// <param name="folder">Where; made if it is not there.</param>
    /// <param name="apps">How many apps.</param>
    /// <param name="seed">What decides between the shapes of apps.</param>
    public static void Write(string folder, int apps, int seed)
    {
#pragma warning disable CA5394 // Shapes, not secrets.
        var random = new Random(seed);
        Directory.CreateDirectory(Path.Combine(folder, ".git"));
        Save(folder, "kubernetes/flux/cluster/ks.yaml", Root);
        Save(folder, "kubernetes/flux/cluster/kustomization.yaml", "resources:\n  - ks.yaml\n");
        Save(folder, "kubernetes/components/common/kustomization.yaml", Component);
        Save(folder, "kubernetes/components/common/quota.yaml", Quota);
        Save(folder, "kubernetes/components/common/settings.yaml", Settings);
        var namespaces = (apps + AppsInNamespace - 1) / AppsInNamespace;
        Save(folder, "kubernetes/apps/kustomization.yaml", List("resources", Enumerable.Range(0, namespaces).Select(ns => $"./{Namespace(ns)}")));
        for (var ns = 0; ns < namespaces; ns++)
        {
            var count = Math.Min(AppsInNamespace, apps - (ns * AppsInNamespace));
            var home = $"kubernetes/apps/{Namespace(ns)}";
            Save(
                folder,
                $"{home}/kustomization.yaml",
                $"namespace: {Namespace(ns)}\ncomponents:\n  - ../../components/common\n" + List("resources", Enumerable.Range(0, count).Select(app => $"./app-{app}/ks.yaml").Prepend("./namespace.yaml")));
            Save(folder, $"{home}/namespace.yaml", $"apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {Namespace(ns)}\n");
            for (var app = 0; app < count; app++)
            {
                WriteApp(folder, home, Namespace(ns), app, random);
            }
        }
#pragma warning restore CA5394
    }

#pragma warning disable CA5394
    private static void WriteApp(string folder, string home, string ns, int app, Random random)
    {
        var name = $"app-{app}";
        var dependsOn = app > 0 && random.Next(3) == 0 ? $"  dependsOn:\n    - name: app-{random.Next(app)}\n      namespace: {ns}\n" : "";
        Save(folder, $"{home}/{name}/ks.yaml", Fill(Kustomization, ("NAME", name), ("NS", ns), ("HOME", home), ("DEPENDS", dependsOn)));
        var tag = string.Create(CultureInfo.InvariantCulture, $"{random.Next(9)}.{random.Next(30)}.{random.Next(20)}@sha256:{random.NextInt64():x16}{random.NextInt64():x16}{random.NextInt64():x16}{random.NextInt64():x16}");
        if (random.Next(AppsWithMistake) == 0)
        {
            tag = "latest";
        }

        if (random.Next(4) == 0)
        {
            Save(folder, $"{home}/{name}/app/kustomization.yaml", List("resources", ["./deployment.yaml", "./service.yaml"]) + Generator(name));
            Save(folder, $"{home}/{name}/app/deployment.yaml", Fill(Deployment, ("NAME", name), ("TAG", tag)));
            Save(folder, $"{home}/{name}/app/service.yaml", Fill(Service, ("NAME", name)));
        }
        else
        {
            Save(folder, $"{home}/{name}/app/kustomization.yaml", List("resources", ["./helmrelease.yaml", "./ocirepository.yaml"]));
            Save(folder, $"{home}/{name}/app/helmrelease.yaml", Fill(HelmRelease, ("NAME", name), ("TAG", tag)));
            Save(folder, $"{home}/{name}/app/ocirepository.yaml", Fill(OciRepository, ("NAME", name)));
        }
    }
#pragma warning restore CA5394

    private static string Namespace(int index) => string.Create(CultureInfo.InvariantCulture, $"team-{index:0000}");

    private static string List(string field, IEnumerable<string> items)
    {
        var text = new StringBuilder($"{field}:\n");
        foreach (var item in items)
        {
            text.Append("  - ").Append(item).Append('\n');
        }

        return text.ToString();
    }

    private static string Generator(string name) =>
        $"configMapGenerator:\n  - name: {name}\n    literals:\n      - MODE=production\n      - REGION=eu\ngeneratorOptions:\n  disableNameSuffixHash: true\n";

    private static string Fill(string template, params ReadOnlySpan<(string Key, string Value)> values)
    {
        foreach (var (key, value) in values)
        {
            template = template.Replace($"<{key}>", value, StringComparison.Ordinal);
        }

        return template;
    }

    private static void Save(string folder, string path, string text)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private const string Root = """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: cluster-apps
          namespace: flux-system
        spec:
          interval: 1h
          retryInterval: 2m
          timeout: 5m
          prune: true
          path: ./kubernetes/apps
          sourceRef:
            kind: GitRepository
            name: flux-system
          patches:
            - target:
                group: kustomize.toolkit.fluxcd.io
                kind: Kustomization
              patch: |-
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata:
                  name: not-used
                spec:
                  retryInterval: 2m
                  timeout: 5m
                  patches:
                    - target:
                        group: helm.toolkit.fluxcd.io
                        kind: HelmRelease
                      patch: |-
                        apiVersion: helm.toolkit.fluxcd.io/v2
                        kind: HelmRelease
                        metadata:
                          name: not-used
                        spec:
                          install:
                            remediation:
                              retries: 3
                          upgrade:
                            remediation:
                              retries: 3
                  postBuild:
                    substituteFrom:
                      - kind: ConfigMap
                        name: cluster-settings

        """;

    private const string Settings = """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: cluster-settings
        data:
          DOMAIN: example.com
          TIMEZONE: Europe/Berlin

        """;

    private const string Component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources:\n  - quota.yaml\n  - settings.yaml\n";

    private const string Quota = """
        apiVersion: v1
        kind: LimitRange
        metadata:
          name: limits
        spec:
          limits:
            - type: Container
              default:
                memory: 512Mi

        """;

    private const string Kustomization = """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: <NAME>
        spec:
          interval: 1h
          path: ./<HOME>/<NAME>/app
          prune: true
          sourceRef:
            kind: GitRepository
            name: flux-system
            namespace: flux-system
          targetNamespace: <NS>
          wait: false
        <DEPENDS>
        """;

    private const string HelmRelease = """
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata:
          name: <NAME>
        spec:
          interval: 1h
          chartRef:
            kind: OCIRepository
            name: <NAME>
          values:
            controllers:
              <NAME>:
                replicas: 2
                containers:
                  app:
                    image:
                      repository: ghcr.io/example/<NAME>
                      tag: <TAG>
                    env:
                      TZ: ${TIMEZONE}
                      HOST: <NAME>.${DOMAIN}
                    probes:
                      liveness:
                        enabled: true
                    resources:
                      requests:
                        cpu: 10m
                      limits:
                        memory: 256Mi
            service:
              app:
                controller: <NAME>
                ports:
                  http:
                    port: 8080
            ingress:
              app:
                hosts:
                  - host: <NAME>.${DOMAIN}
                    paths:
                      - path: /
                        service:
                          identifier: app
                          port: http

        """;

    private const string OciRepository = """
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: OCIRepository
        metadata:
          name: <NAME>
        spec:
          interval: 1h
          layerSelector:
            mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip
            operation: copy
          url: oci://ghcr.io/bjw-s-labs/helm/app-template
          ref:
            tag: 4.4.0

        """;

    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: <NAME>
        spec:
          replicas: 2
          selector:
            matchLabels:
              app.kubernetes.io/name: <NAME>
          template:
            metadata:
              labels:
                app.kubernetes.io/name: <NAME>
            spec:
              containers:
                - name: app
                  image: ghcr.io/example/<NAME>:<TAG>
                  ports:
                    - name: http
                      containerPort: 8080
                  envFrom:
                    - configMapRef:
                        name: <NAME>
                  livenessProbe:
                    httpGet:
                      path: /healthz
                      port: http

        """;

    private const string Service = """
        apiVersion: v1
        kind: Service
        metadata:
          name: <NAME>
        spec:
          selector:
            app.kubernetes.io/name: <NAME>
          ports:
            - name: http
              port: 80
              targetPort: http

        """;
}

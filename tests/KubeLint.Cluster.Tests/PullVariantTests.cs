using KubeLint.Cluster.Pulls;

namespace KubeLint.Cluster.Tests;

/// <summary>How one trouble is told by others: runtimes, their versions, and registries.</summary>
public sealed class PullVariantTests
{
    public static TheoryData<PullFailureKind, string> Messages()
    {
        var rows = new TheoryData<PullFailureKind, string>();
        void Add(PullFailureKind kind, params string[] messages) => Array.ForEach(messages, message => rows.Add(kind, message));

        Add(
            PullFailureKind.ManifestNotFound,
            """failed to pull and unpack image "ghcr.io/team/app:1": failed to resolve image: ghcr.io/team/app:1: not found""",
            """rpc error: code = Unknown desc = Error response from daemon: manifest for ghcr.io/team/app:1 not found: manifest unknown: manifest unknown""",
            """rpc error: code = Unknown desc = Error reading manifest latest in registry.lan/image: manifest unknown: manifest unknown""",
            """reading manifest 1 in gcr.io/team/app: manifest unknown: Failed to fetch "1" from request "/v2/team/app/manifests/1".""",
            """rpc error: code = Unknown desc = reading manifest 1 in registry.gitlab.com/team/app: manifest unknown""",
            """failed to resolve reference "harbor.lan/p/app:1": unexpected status from HEAD request to https://harbor.lan/v2/p/app/manifests/1: 404 Not Found""");
        Add(
            PullFailureKind.RepositoryNotFound,
            """rpc error: code = Unknown desc = reading manifest latest in docker.io/team/app: name unknown""",
            """unexpected status from HEAD request to https://1.dkr.ecr.eu-west-1.amazonaws.com/v2/app/manifests/1: 404 Not Found - Server message: name unknown: The repository with name 'app' does not exist in the registry with id '1'""",
            """reading manifest 1 in registry.lan/app: name unknown: repository name not known to registry""",
            """rpc error: code = NotFound desc = project team not found: name unknown""");
        Add(
            PullFailureKind.AccessDenied,
            """rpc error: code = Unknown desc = Error response from daemon: pull access denied for team/app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied""",
            """failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized""",
            """failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Ateam%2Fapp%3Apull&service=ghcr.io: 403 Forbidden""",
            """rpc error: code = Unknown desc = Requesting bearer token: invalid status code from registry 403 (Forbidden)""",
            """reading manifest sha256:aa in quay.io/team/app: unauthorized: access to the requested resource is not authorized""",
            """Error response from daemon: Get https://us-docker.pkg.dev/v2/p/app/manifests/latest: denied: Permission "artifactregistry.repositories.downloadArtifacts" denied on resource "projects/p/locations/us/repositories/app" (or it may not exist)""",
            """denied: Unauthenticated request. Unauthenticated requests do not have permission "artifactregistry.repositories.downloadArtifacts" on resource""",
            """rpc error: code = Unknown desc = Error response from daemon: Head "https://1.dkr.ecr.eu-west-1.amazonaws.com/v2/app/manifests/1": no basic auth credentials""",
            """unauthorized: unauthorized to access repository: p/app, action: pull: unauthorized to access repository: p/app, action: pull""",
            """unexpected status from HEAD request to https://registry.lan/v2/app/manifests/1: 403""",
            """unauthorized: The client does not have permission for manifest: Forbidden""",
            """Error response from daemon: unauthorized: You don't have the needed permissions to perform this operation, and you may have invalid credentials. To authenticate your request, follow the steps in the documentation""");
        Add(
            PullFailureKind.CredentialsRefused,
            """failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://auth.docker.io/token?account=u: 401 Unauthorized""",
            """unable to retrieve auth token: invalid username/password: unauthorized: incorrect username or password""",
            """Error response from daemon: Get "https://quay.io/v2/": unauthorized: Could not find robot with username: team+robot and supplied password""",
            """rpc error: code = Unknown desc = denied: Your authorization token has expired. Reauthenticate and try again.""",
            """unexpected status from POST request to https://acme.azurecr.io/oauth2/token: 401 Unauthorized - unauthorized: Invalid client secret is provided""",
            """Error response from daemon: Get "https://registry.gitlab.com/v2/": denied: HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect""",
            """toomanyrequests: too many failed login attempts for username or IP address""");
        Add(
            PullFailureKind.RateLimited,
            """failed to copy: httpReadSeeker: failed open: unexpected status from GET request to https://registry-1.docker.io/v2/x/y/manifests/sha256:aa: 429 Too Many Requests toomanyrequests: You have reached your unauthenticated pull rate limit.""",
            """failed to authorize: failed to fetch oauth token: unexpected status: 429 Too Many Requests""",
            """Error: Status 429 trying to pull repository google_containers/kube-ui: "<!DOCTYPE html>" """,
            """error parsing HTTP 429 response body: invalid character 'T' looking for beginning of value: "Too slow" """,
            """StatusCode: 429, """,
            """rpc error: code = Unknown desc = Error response from daemon: toomanyrequests: Data limit exceeded""",
            """denied: Quota exceeded for quota metric 'Requests per project per region' and limit 'Requests per project per region per minute per region'""",
            """TOOMANYREQUESTS: request was throttled""");
        Add(
            PullFailureKind.Dns,
            """dial tcp: lookup registry.lan on [::1]:53: read udp [::1]:48203->[::1]:53: read: connection refused""",
            """Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: Temporary failure in name resolution""",
            """dial tcp: lookup ghcr.io: Try again""",
            """pinging container registry registry.lan: Get "https://registry.lan/v2/": dial tcp: lookup registry.lan on 10.0.0.2:53: server misbehaving""");
        Add(
            PullFailureKind.Timeout,
            """Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)""",
            """rpc error: code = Canceled desc = failed to pull and unpack image "r.lan/a:1": failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://r.lan/v2/a/blobs/sha256:aa": context canceled""",
            """dial tcp 10.1.1.1:443: connect: connection timed out""");
        Add(PullFailureKind.Refused, """pinging container registry localhost:5000: Get "http://localhost:5000/v2/": dial tcp [::1]:5000: connect: connection refused""");
        Add(
            PullFailureKind.Broken,
            """failed to copy: read tcp 10.0.0.1:41234->140.82.121.34:443: read: connection reset by peer""",
            """failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://production.cloudflare.docker.com/registry-v2/data?verify=1": EOF""",
            """stream error: stream ID 7; INTERNAL_ERROR; received from peer""");
        Add(
            PullFailureKind.Proxy,
            """Get "https://ghcr.io/v2/": Forbidden""",
            """failed to do request: Head "https://ghcr.io/v2/team/app/manifests/1": Bad Gateway""",
            """error pinging docker registry registry-1.docker.io: Get "https://registry-1.docker.io/v2/": proxyconnect tcp: dial tcp: lookup http: Temporary failure in name resolution""");
        Add(
            PullFailureKind.ServerError,
            """unexpected http code: 500 (Internal Server Error), URL: https://quay.io/v2/auth?scope=x""",
            """unexpected status code [manifests 1]: 503""");
        Add(
            PullFailureKind.NoPlatform,
            """failed to pull and unpack image "r.lan/a:1": no match for platform in manifest sha256:aa: not found""",
            """Error response from daemon: no matching manifest for linux/arm64/v8 in the manifest list entries""",
            """choosing image instance: no image found in manifest list for architecture arm64, variant "v8", OS linux""",
            """Error response from daemon: image operating system "windows" cannot be used on this platform: operating system is not supported""",
            """image with reference r.lan/a:1 was found but does not provide the specified platform (linux/arm64)""");
        Add(
            PullFailureKind.UnknownAuthority,
            """tls: failed to verify certificate: x509: certificate signed by unknown authority""",
            """Get "https://r.lan/v2/": remote error: tls: unknown certificate authority""");
        Add(PullFailureKind.Tls, """tls: failed to verify certificate: x509: certificate is valid for a.lan, not b.lan""", """x509: certificate relies on legacy Common Name field, use SANs instead""");
        Add(
            PullFailureKind.NoSpace,
            """failed to prepare extraction snapshot "extract-1": write /var/lib/containerd/metadata: no space left on device""",
            """Error response from daemon: failed to register layer: ApplyLayer exit status 1: write /usr/lib/x: no space left on device""");
        Add(
            PullFailureKind.InvalidName,
            """Failed to apply default image tag "nginx:": couldn't parse image name "nginx:": invalid reference format""",
            """Failed to apply default image tag "nginx@sha256:abc": couldn't parse image reference "nginx@sha256:abc": invalid checksum digest length""");
        Add(
            PullFailureKind.RuntimeDown,
            """rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory" """,
            """rpc error: code = Unknown desc = Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?""");
        Add(PullFailureKind.WrongAnswer, """failed commit on ref "layer-sha256:aa": unexpected commit digest sha256:bb, expected sha256:aa: failed precondition""");
        return rows;
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void One_trouble_has_many_wordings(PullFailureKind expected, string message) => PullFailureClassifier.Classify(message, "ghcr.io").Kind.ShouldBe(expected);

    [Theory]
    [MemberData(nameof(Messages))]
    public void The_kubelet_wraps_them_and_changes_nothing(PullFailureKind expected, string message) =>
        PullFailureClassifier.Classify($"Back-off pulling image \"r.lan/not-found/denied:429\": ErrImagePull: {message}", "ghcr.io").Kind.ShouldBe(expected);
}

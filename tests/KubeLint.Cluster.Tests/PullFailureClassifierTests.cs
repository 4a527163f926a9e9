using KubeLint.Cluster.Pulls;

namespace KubeLint.Cluster.Tests;

public class PullFailureClassifierTests
{
    /// <summary>Messages as kubelet, containerd 1.7 and 2.x and CRI-O word them.</summary>
    [Theory]
    [InlineData(PullFailureKind.ManifestNotFound, """Failed to pull image "ghcr.io/team/app:9.9.9": rpc error: code = NotFound desc = failed to pull and unpack image "ghcr.io/team/app:9.9.9": failed to resolve reference "ghcr.io/team/app:9.9.9": ghcr.io/team/app:9.9.9: not found""")]
    [InlineData(PullFailureKind.ManifestNotFound, """Back-off pulling image "ghcr.io/team/app:9.9.9": ErrImagePull: failed to pull and unpack image "ghcr.io/team/app:9.9.9": failed to resolve reference "ghcr.io/team/app:9.9.9": ghcr.io/team/app:9.9.9: not found""")]
    [InlineData(PullFailureKind.ManifestNotFound, """Failed to pull image "docker.io/library/nginx:nope": initializing source docker://docker.io/library/nginx:nope: reading manifest nope in docker.io/library/nginx: manifest unknown""")]
    [InlineData(PullFailureKind.ManifestNotFound, """unable to pull image or OCI artifact: pull image err: initializing source docker://quay.io/team/app:nope: reading manifest nope in quay.io/team/app: manifest unknown; artifact err: get manifest: build image source: reading manifest nope in quay.io/team/app: unauthorized: access to the requested resource is not authorized""")]
    [InlineData(PullFailureKind.ManifestNotFound, """rpc error: code = NotFound desc = failed to pull and unpack image "registry.lan/denied/app@sha256:1111111111111111111111111111111111111111111111111111111111111111": failed to copy: httpReadSeeker: failed open: content at https://registry.lan/v2/denied/app/manifests/sha256:1111 not found: not found""")]
    [InlineData(PullFailureKind.RepositoryNotFound, """failed to pull and unpack image "europe-docker.pkg.dev/p/r/app:1": failed to resolve reference "europe-docker.pkg.dev/p/r/app:1": unexpected status from HEAD request to https://europe-docker.pkg.dev/v2/p/r/app/manifests/1: name unknown: Repository "r" not found""")]
    [InlineData(PullFailureKind.RepositoryNotFound, """reading manifest 1.0 in registry.lan/team/app: name unknown: repository name not known to registry""")]
    [InlineData(PullFailureKind.RepositoryNotFound, """rpc error: code = NotFound desc = name unknown: The repository with name 'app' does not exist in the registry with id '123456789012'""")]
    [InlineData(PullFailureKind.AccessDenied, """failed to pull and unpack image "docker.io/team/app:1": failed to resolve reference "docker.io/team/app:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed""")]
    [InlineData(PullFailureKind.AccessDenied, """failed to resolve reference "ghcr.io/team/app:1": failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Ateam%2Fapp%3Apull&service=ghcr.io: 401 Unauthorized""")]
    [InlineData(PullFailureKind.AccessDenied, """failed to resolve reference "ghcr.io/team/app:1": failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Ateam%2Fapp%3Apull&service=ghcr.io: 403 Forbidden""")]
    [InlineData(PullFailureKind.AccessDenied, """initializing source docker://quay.io/team/app:1: reading manifest 1 in quay.io/team/app: unauthorized: access to the requested resource is not authorized""")]
    [InlineData(PullFailureKind.AccessDenied, """pulling image: initializing source docker://ghcr.io/team/app:1: Requesting bearer token: received unexpected HTTP status: 403 Forbidden""")]
    [InlineData(PullFailureKind.AccessDenied, """pull access denied for team/app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied""")]
    [InlineData(PullFailureKind.CredentialsRefused, """failed to authorize: failed to fetch oauth token: unexpected status from POST request to https://auth.docker.io/token: 401 Unauthorized""")]
    [InlineData(PullFailureKind.CredentialsRefused, """initializing source docker://docker.io/team/app:1: unable to retrieve auth token: invalid username/password: unauthorized: incorrect username or password""")]
    [InlineData(PullFailureKind.CredentialsRefused, """unexpected status from HEAD request to https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/app/manifests/1: 403 Forbidden: Your authorization token has expired. Reauthenticate and try again.""")]
    [InlineData(PullFailureKind.RateLimited, """failed to resolve reference "docker.io/library/nginx:1": unexpected status from HEAD request to https://registry-1.docker.io/v2/library/nginx/manifests/1: 429 Too Many Requests - Server message: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit""")]
    [InlineData(PullFailureKind.RateLimited, """reading manifest latest in docker.io/library/redis: toomanyrequests: You have reached your pull rate limit as 'robot': dckr_jti_x. You may increase the limit by upgrading. https://www.docker.com/increase-rate-limit""")]
    [InlineData(PullFailureKind.RateLimited, """failed to copy: httpReadSeeker: failed open: unexpected status code https://ghcr.io/v2/team/app/blobs/sha256:aa: 429 Too Many Requests - Server message: toomanyrequests: retry-after: 214.834µs, allowed: 44000/minute""")]
    [InlineData(PullFailureKind.RateLimited, """fetching target platform image selected from manifest list: reading manifest sha256:aa in quay.io/team/app: StatusCode: 429, "<html>\r\n<head><title>429 Too Many Requests</title></head>" """)]
    [InlineData(PullFailureKind.KubeletThrottled, "pull QPS exceeded")]
    [InlineData(PullFailureKind.Dns, """failed to do request: Head "https://ghcr.io/v2/team/app/manifests/1": dial tcp: lookup ghcr.io on 192.168.1.1:53: no such host""")]
    [InlineData(PullFailureKind.Dns, """failed to do request: Head "https://ghcr.io/v2/team/app/manifests/1": dial tcp: lookup ghcr.io: i/o timeout""")]
    [InlineData(PullFailureKind.Dns, """pinging container registry registry.lan: Get "https://registry.lan/v2/": dial tcp: lookup registry.lan on 127.0.0.53:53: server misbehaving""")]
    [InlineData(PullFailureKind.Dns, """dial tcp: lookup registry-1.docker.io: Temporary failure in name resolution""")]
    [InlineData(PullFailureKind.Dns, """failed to authorize: failed to fetch anonymous token: Get "https://auth.docker.io/token?scope=x": dial tcp: lookup auth.docker.io on 10.96.0.10:53: read udp 10.0.0.5:43211->10.96.0.10:53: i/o timeout""")]
    [InlineData(PullFailureKind.Timeout, """failed to do request: Head "https://ghcr.io/v2/team/app/manifests/1": dial tcp 140.82.121.34:443: i/o timeout""")]
    [InlineData(PullFailureKind.Timeout, """pinging container registry quay.io: Get "https://quay.io/v2/": net/http: TLS handshake timeout""")]
    [InlineData(PullFailureKind.Timeout, """pinging container registry quay.io: Get "https://quay.io/v2/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)""")]
    [InlineData(PullFailureKind.Timeout, """rpc error: code = DeadlineExceeded desc = failed to pull and unpack image "ghcr.io/team/app:1": context deadline exceeded""")]
    [InlineData(PullFailureKind.Refused, """failed to do request: Head "https://registry.lan:5000/v2/team/app/manifests/1": dial tcp 192.168.1.9:5000: connect: connection refused""")]
    [InlineData(PullFailureKind.NoRoute, """failed to do request: Head "https://registry.lan/v2/team/app/manifests/1": dial tcp 192.168.1.9:443: connect: no route to host""")]
    [InlineData(PullFailureKind.Broken, """failed to do request: Head "https://registry.lan/v2/team/app/manifests/1": EOF""")]
    [InlineData(PullFailureKind.UnknownAuthority, """failed to do request: Head "https://registry.lan/v2/team/app/manifests/1": tls: failed to verify certificate: x509: certificate signed by unknown authority""")]
    [InlineData(PullFailureKind.UnknownAuthority, """pinging container registry registry.lan: Get "https://registry.lan/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "lan")""")]
    [InlineData(PullFailureKind.Tls, """failed to do request: Head "https://registry.lan/v2/": tls: failed to verify certificate: x509: certificate has expired or is not yet valid""")]
    [InlineData(PullFailureKind.HttpAtHttps, """failed to do request: Head "https://registry.lan:5000/v2/team/app/manifests/1": http: server gave HTTP response to HTTPS client""")]
    [InlineData(PullFailureKind.HttpAtHttps, """pinging container registry registry.lan:5000: Get "https://registry.lan:5000/v2/": tls: first record does not look like a TLS handshake""")]
    [InlineData(PullFailureKind.NoSpace, """failed to extract layer sha256:aa: write /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/9/fs/x: no space left on device: unknown""")]
    [InlineData(PullFailureKind.NoSpace, """writing blob: storing blob to file "/var/tmp/container_images_storage1/1": write /var/tmp/container_images_storage1/1: no space left on device""")]
    [InlineData(PullFailureKind.NoPlatform, """failed to pull and unpack image "ghcr.io/team/app:1": no match for platform in manifest: not found""")]
    [InlineData(PullFailureKind.NoPlatform, """choosing an image from manifest list docker://ghcr.io/team/app:1: no image found in image index for architecture "arm64", variant "v8", OS "linux" """)]
    [InlineData(PullFailureKind.InvalidName, """Failed to apply default image tag "ghcr.io/Team/App:1": couldn't parse image name "ghcr.io/Team/App:1": invalid reference format: repository name (Team/App) must be lowercase""")]
    [InlineData(PullFailureKind.InvalidName, """short-name "app" did not resolve to an alias and no unqualified-search registries are defined in "/etc/containers/registries.conf" """)]
    [InlineData(PullFailureKind.NeverPull, """Container image "app:dev" is not present with pull policy of Never""")]
    [InlineData(PullFailureKind.NeverPull, """spec.containers{app}: Container image "app:dev" is not present with pull policy of Never""")]
    [InlineData(PullFailureKind.Proxy, """failed to do request: Head "https://ghcr.io/v2/team/app/manifests/1": proxyconnect tcp: dial tcp 10.0.0.3:3128: connect: connection refused""")]
    [InlineData(PullFailureKind.Proxy, """Get "https://ghcr.io/v2/": Proxy Authentication Required""")]
    [InlineData(PullFailureKind.WrongAnswer, """failed to resolve reference "ghcr.io/team/app:1": failed to fetch anonymous token: invalid character '<' looking for beginning of value""")]
    [InlineData(PullFailureKind.ServerError, """unexpected status from HEAD request to https://registry.lan/v2/team/app/manifests/1: 503 Service Unavailable""")]
    [InlineData(PullFailureKind.ServerError, """pinging container registry registry.lan: received unexpected HTTP status: 502 Bad Gateway""")]
    [InlineData(PullFailureKind.SignatureRefused, """SignatureValidationFailed: image pull failed for registry.lan/team/app:1 because the signature validation failed: Source image rejected: A signature was required, but no signature exists""")]
    [InlineData(PullFailureKind.BackOffOnly, """Back-off pulling image "ghcr.io/team/app:1" """)]
    [InlineData(PullFailureKind.BackOffOnly, """Back-off pulling image "ghcr.io/denied/notfound:timeout" """)]
    [InlineData(PullFailureKind.Unclassified, "something that nobody has seen yet")]
    public void A_message_is_classified(PullFailureKind expected, string message) => PullFailureClassifier.Classify(message, "ghcr.io").Kind.ShouldBe(expected);

    [Fact]
    public void Host_address_and_resolver_are_taken_from_the_message()
    {
        PullFailureClassifier.Classify("""Head "https://ghcr.io/v2/a/b/manifests/1": dial tcp 140.82.121.34:443: i/o timeout""").ShouldSatisfyAllConditions(
            failure => failure.Host.ShouldBe("ghcr.io"),
            failure => failure.Address.ShouldBe("140.82.121.34:443"));
        PullFailureClassifier.Classify("dial tcp: lookup ghcr.io on 10.96.0.10:53: no such host").ShouldSatisfyAllConditions(
            failure => failure.Host.ShouldBe("ghcr.io"),
            failure => failure.DnsServer.ShouldBe("10.96.0.10:53"));
    }

    [Theory]
    [InlineData("""unexpected status from HEAD request to https://mirror.lan:5000/v2/library/nginx/manifests/1?ns=docker.io: 403 Forbidden""", "docker.io", "mirror.lan:5000")]
    [InlineData("""initializing source docker://quay.io/team/app:1: (Mirrors also failed: [cache.lan/team/app:1: pinging container registry cache.lan: Get "https://cache.lan/v2/": EOF]): quay.io/team/app:1: pinging container registry quay.io: Get "https://quay.io/v2/": dial tcp 3.4.5.6:443: i/o timeout""", "quay.io", "cache.lan")]
    public void A_mirror_is_told_from_the_registry(string message, string registry, string mirror)
    {
        var failure = PullFailureClassifier.Classify(message, registry);

        failure.ThroughMirror.ShouldBeTrue();
        failure.MirrorHost.ShouldBe(mirror);
    }

    [Fact]
    public void A_registrys_own_hosts_are_no_mirrors() =>
        PullFailureClassifier.Classify("""unexpected status from GET request to https://auth.docker.io/token?service=x&ns=docker.io: 401 Unauthorized""", "docker.io").ThroughMirror.ShouldBeFalse();

    [Fact]
    public void Signed_addresses_lose_their_signatures() =>
        PullFailureClassifier.Classify("""Get "https://store.example/blob?X-Amz-Signature=s3cr3t": EOF; and https://b.example/c?sig=s3cr3t: denied""").Message.ShouldNotContain("s3cr3t");
}

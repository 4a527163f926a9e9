using CsCheck;

using KubeLint.Flux.Images;

namespace KubeLint.Flux.Tests.Images;

public class ImageReferenceTests
{
    private const string Sha = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("nginx", "", "nginx", "", "")]
    [InlineData("nginx:1.27", "", "nginx", "1.27", "")]
    [InlineData("bitnami/redis", "", "bitnami/redis", "", "")]
    [InlineData("registry:5000/app", "registry:5000", "app", "", "")]
    [InlineData("registry:5000/app:v1", "registry:5000", "app", "v1", "")]
    [InlineData("app:5000", "", "app", "5000", "")]
    [InlineData("localhost/app", "localhost", "app", "", "")]
    [InlineData("LOCAL/app", "LOCAL", "app", "", "")]
    [InlineData("ghcr.io/rclone/rclone:latest", "ghcr.io", "rclone/rclone", "latest", "")]
    [InlineData("ghcr.io/org/app@" + Sha, "ghcr.io", "org/app", "", Sha)]
    [InlineData("ghcr.io/org/app:v1@" + Sha, "ghcr.io", "org/app", "v1", Sha)]
    [InlineData("[2001:db8::1]:5000/app:v1", "[2001:db8::1]:5000", "app", "v1", "")]
    [InlineData("[::1]/app", "[::1]", "app", "", "")]
    [InlineData("127.0.0.1:5000/a/b/c", "127.0.0.1:5000", "a/b/c", "", "")]
    [InlineData("a__b/c---d/e.f_g", "", "a__b/c---d/e.f_g", "", "")]
    [InlineData("minio/mc:RELEASE.2025-05-21T01-59-54Z.hotfix.e98f1ead", "", "minio/mc", "RELEASE.2025-05-21T01-59-54Z.hotfix.e98f1ead", "")]
    public void ReadsTheParts(string text, string domain, string path, string tag, string digest)
    {
        ImageReference.TryParse(text, out var reference, out _).ShouldBeTrue();

        (reference.Domain.Text, reference.Path.Text, reference.Tag.Text, reference.Digest.Text).ShouldBe((domain, path, tag, digest));
        reference.HasUnknown.ShouldBeFalse();
        foreach (var part in new[] { reference.Domain, reference.Path, reference.Tag, reference.Digest })
        {
            text.Substring(part.Span.Start, part.Span.Length).ShouldBe(part.Text);
            part.State.ShouldBe(part.Text.Length == 0 ? PartState.Absent : PartState.Known);
        }
    }

    [Theory]
    [InlineData("nginx", "docker.io", "library/nginx")]
    [InlineData("docker.io/nginx", "docker.io", "library/nginx")]
    [InlineData("index.docker.io/nginx", "docker.io", "library/nginx")]
    [InlineData("org/app", "docker.io", "org/app")]
    [InlineData("ghcr.io/app", "ghcr.io", "app")]
    public void KnowsWhatIsMeantBesidesWhatIsWritten(string text, string registry, string repository)
    {
        ImageReference.TryParse(text, out var reference, out _).ShouldBeTrue();

        (reference.Registry, reference.Repository).ShouldBe((registry, repository));
        reference.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData(" nginx", 0, "blanks")]
    [InlineData("nginx:1 # pinned", 7, "blanks")]
    [InlineData("https://ghcr.io/org/app", 0, "scheme")]
    [InlineData("oci://ghcr.io/org/app", 0, "scheme")]
    [InlineData("ghcr.io/Org/app", 8, "lower case")]
    [InlineData("Nginx", 0, "lower case")]
    [InlineData("ghcr.io/org//app", 12, "empty part")]
    [InlineData("ghcr.io/", 8, "no name")]
    [InlineData("/app", 0, "empty part")]
    [InlineData("app/", 4, "empty part")]
    [InlineData("-app", 0, "separators")]
    [InlineData("a..b", 1, "separators")]
    [InlineData("a___b", 1, "separators")]
    [InlineData("app-", 3, "separators")]
    [InlineData("a+b", 1, "'+'")]
    [InlineData("app:", 4, "tag is empty")]
    [InlineData("app:-v1", 4, "begins with")]
    [InlineData("app:v1+build", 6, "'+'")]
    [InlineData("app:a:b", 3, "':'")]
    [InlineData("host:port/app", 4, "port")]
    [InlineData("host:/app", 4, "port")]
    [InlineData("a..b.io/app", 2, "empty part")]
    [InlineData("-a.io/app", 0, "'-'")]
    [InlineData("a_b.io/app", 1, "'_'")]
    [InlineData("[::1/app", 0, "IPv6")]
    [InlineData("[::1]5000/app", 5, "port")]
    [InlineData("app@md5:0123456789abcdef0123456789abcdef", 4, "sha256:")]
    [InlineData("app@sha256:0123", 4, "64 hexadecimal digits, not 4")]
    [InlineData("app@" + "sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef", 21, "lower case")]
    [InlineData("app@", 4, "sha256:")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", 0, "image's id")]
    public void SaysWhatIsWrongAndWhere(string text, int offset, string message)
    {
        ImageReference.TryParse(text, out var reference, out var error).ShouldBeFalse();

        reference.ShouldBeNull();
        error.Offset.ShouldBe(offset);
        error.Message.ShouldContain(message);
    }

    [Fact]
    public void LimitsAreThoseOfTheGrammar()
    {
        ImageReference.TryParse("app:" + new string('t', 128), out _, out _).ShouldBeTrue();
        ImageReference.TryParse("app:" + new string('t', 129), out _, out var tag).ShouldBeFalse();
        tag.Offset.ShouldBe(4 + 128);
        ImageReference.TryParse("ghcr.io/" + new string('p', 255), out _, out _).ShouldBeTrue();
        ImageReference.TryParse("ghcr.io/" + new string('p', 256), out _, out var path).ShouldBeFalse();
        path.Offset.ShouldBe(8 + 255);
    }

    [Theory]
    [InlineData("${IMAGE}", "?", "?", "?", "?")]
    [InlineData("${IMAGE}:1.0", "?", "?", "1.0", "?-")]
    [InlineData("${REGISTRY}/velero/velero:${TAG}", "?", "velero/velero", "?", "?")]
    [InlineData("${REGISTRY}/app", "?", "app", "", "")]
    [InlineData("${REGISTRY:=ghcr.io/a}/app:v1", "?", "app", "v1", "")]
    [InlineData("${HOST}:5000/app", "?", "app", "", "")]
    [InlineData("nginx:${TAG}", "", "nginx", "?", "?")]
    [InlineData("nginx:1.${MINOR}-alpine", "", "nginx", "?", "")]
    [InlineData("nginx${SUFFIX}", "", "?", "?", "?")]
    [InlineData("ghcr.io/${ORG}/app:v1", "ghcr.io", "?", "v1", "")]
    [InlineData("{{ .Values.image }}:{{ .Values.tag | default \"a:b/c\" }}", "?", "?", "?", "?")]
    [InlineData("ghcr.io/org/app:$(params.tag)", "ghcr.io", "org/app", "?", "?")]
    [InlineData("ghcr.io/org/app:v1@${DIGEST}", "ghcr.io", "org/app", "v1", "?")]
    [InlineData("app:${A:=${B:-c}}", "", "app", "?", "?")]
    public void WhatIsFilledInLaterIsUnknownNotWrong(string text, string domain, string path, string tag, string digest)
    {
        ImageReference.TryParse(text, out var reference, out var error).ShouldBeTrue(error.Message);

        Show(reference.Domain).ShouldBe(domain);
        Show(reference.Path).ShouldBe(path);
        Show(reference.Tag).ShouldBe(tag);
        Show(reference.Digest).ShouldBe(digest == "?-" ? "" : digest);
        reference.HasUnknown.ShouldBeTrue();

        static string Show(ReferencePart part) => part.State == PartState.Unknown ? "?" : part.Text;
    }

    [Theory]
    [InlineData("${UNCLOSED")]
    [InlineData("nginx:$TAG")]
    public void WhatIsNoExpressionIsReadAsItStands(string text) => ImageReference.TryParse(text, out _, out _).ShouldBeFalse();

    [Fact]
    public void PrintedPartsAreReadBack()
    {
        var word = Gen.String[Gen.Char["abcxyz019"], 1, 6];
        var separator = Gen.OneOfConst(".", "_", "__", "-", "--");
        var component = Gen.Select(word, separator, word, Gen.Bool).Select((a, s, b, joined) => joined ? a + s + b : a);
        var path = component.Array[1, 4].Select(parts => string.Join('/', parts));
        var domain = Gen.OneOf(
            Gen.Const(""),
            Gen.Select(word, word).Select((a, b) => $"{a}.{b}"),
            Gen.Select(word, Gen.Int[1, 65535]).Select((host, port) => $"{host}:{port}"),
            Gen.Const("[2001:db8::1]:5000"),
            Gen.Const("localhost"));
        var tag = Gen.OneOf(Gen.Const(""), Gen.String[Gen.Char["aZ0_"], 1, 1].SelectMany(first => Gen.String[Gen.Char["aZ9_.-"], 0, 20].Select(rest => first + rest)));
        var digest = Gen.OneOf(Gen.Const(""), Gen.String[Gen.Char["0123456789abcdef"], 64, 64].Select(hex => "sha256:" + hex));

        Gen.Select(domain, path, tag, digest).Sample((d, p, t, g) =>
        {
            // Without a host the first part must not read as one.
            if (d.Length == 0 && p.Contains('/') && (p[..p.IndexOf('/')].Contains('.') || p.StartsWith("localhost/", StringComparison.Ordinal)))
            {
                return;
            }

            var text = (d.Length == 0 ? "" : d + "/") + p + (t.Length == 0 ? "" : ":" + t) + (g.Length == 0 ? "" : "@" + g);
            ImageReference.TryParse(text, out var reference, out var error).ShouldBeTrue($"{text}: {error.Message}");
            (reference.Domain.Text, reference.Path.Text, reference.Tag.Text, reference.Digest.Text).ShouldBe((d, p, t, g), text);
        });
    }

    [Fact]
    public void AnyTextIsReadOrRefusedWithAPlaceInIt() =>
        Gen.String[Gen.Char["a.:/@${}()- A\n\0[]"], 0, 30].Sample(text =>
        {
            if (ImageReference.TryParse(text, out var reference, out var error))
            {
                reference.NameSpan.End.ShouldBeLessThanOrEqualTo(text.Length);
            }
            else
            {
                error.Offset.ShouldBeInRange(0, text.Length);
                error.Message.ShouldNotBeNullOrEmpty();
            }
        });
}

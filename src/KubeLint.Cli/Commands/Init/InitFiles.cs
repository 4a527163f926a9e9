using System.Globalization;
using System.Text;

namespace KubeLint.Cli;

/// <summary>The text of the files that <c>kubelint init</c> writes.</summary>
internal static class InitFiles
{
    private const string Home = "https://github.com/kubelint/kubelint";

    // Registries that everybody may pull from; what they hold in private is for a person to say.
    private static readonly string[] Public =
        ["docker.io", "ghcr.io", "quay.io", "registry.k8s.io", "gcr.io", "mirror.gcr.io", "mcr.microsoft.com", "public.ecr.aws", "lscr.io", "nvcr.io", "codeberg.org", "registry.gitlab.com"];

    // Those for which the nodes of the same cloud most often hold the credentials.
    private static readonly string[] CloudEndings = [".azurecr.io", ".amazonaws.com", "-docker.pkg.dev", ".gcr.io"];

    /// <summary><c>.kubelint.yaml</c>.</summary>
    public static string Configuration(RepositorySurvey survey)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            # yaml-language-server: $schema=https://raw.githubusercontent.com/kubelint/kubelint/main/schemas/kubelint.schema.json
            #
            # What KubeLint takes for granted here. 'kubelint config' prints all that is in force and where it is written.
            # kubelint init {{survey.Summary}}.


            """);
        WriteEntryPoints(text, survey);
        text.Append(CultureInfo.InvariantCulture, $"""
            # The versions that run. Flux's is taken from the repository where that installs Flux, else the newest counts.
            # fluxVersion: "{survey.FluxVersion}"
            # kubernetesVersion: "1.33"


            """);
        text.Append("# What is not read, as in .gitignore.\n");
        WriteList(text, "exclude", survey.Parked, "archive/");
        WriteRegistries(text, survey);
        text.Append("""
            # Variables of post-build substitution that the repository does not define: values, or names only.
            # substitute:
            #   values:
            #     CLUSTER_NAME: home
            #   external: [SECRET_DOMAIN]

            # error, warning, info or off, by rule or family ('kubelint rules' lists them), and options ('kubelint explain RULE').
            # rules:
            #   image-latest-tag: error
            #   image-pull-policy-always: off

            # What holds for some paths only; the last that matches wins.
            # overrides:
            #   - paths: [clusters/staging/]
            #     rules:
            #       image-latest-tag: info

            # Whether each suppression (a comment behind or above the line) must say why.
            # requireReason: true

            """);
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>A workflow for GitHub.</summary>
    public static string GitHub(string linted) => $"""
        name: KubeLint
        on:
          pull_request:
        permissions:
          contents: read
        jobs:
          kubelint:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v5
                with:
                  # The whole history: changed-only compares with the branch that the pull request is for.
                  fetch-depth: 0
              - uses: actions/setup-dotnet@v5
                with:
                  dotnet-version: 10.0.x
              - uses: kubelint/kubelint@v{CliApplication.Version}
                with:
                  path: {Quote(linted)}
                  changed-only: true

        """.ReplaceLineEndings("\n");

    /// <summary>A job for GitLab.</summary>
    public static string GitLab(string linted) => $"""
        kubelint:
          image: mcr.microsoft.com/dotnet/sdk:10.0
          script:
            - dotnet tool install --tool-path /opt/kubelint --version {CliApplication.Version} KubeLint
            - /opt/kubelint/kubelint {Quote(linted)} --output gitlab=gl-code-quality-report.json --output junit=kubelint.xml
          artifacts:
            when: always
            reports:
              codequality: gl-code-quality-report.json
              junit: kubelint.xml

        """.ReplaceLineEndings("\n");

    /// <summary>A configuration of pre-commit.</summary>
    public static string PreCommit() => $"""
        repos:
          - repo: {Home}
            rev: v{CliApplication.Version}
            hooks:
              # kubelint-system runs the kubelint that is installed instead.
              - id: kubelint

        """.ReplaceLineEndings("\n");

    private static void WriteEntryPoints(StringBuilder text, RepositorySurvey survey)
    {
        if (survey.EntryPoints.IsEmpty)
        {
            text.Append("""
                # Where clusters begin: files with Flux Kustomizations, or folders that a cluster syncs. None was found, so each object is judged as it is written.
                # entryPoints:
                #   - clusters/production


                """);
            return;
        }

        var mark = survey.AreEntryPointsCertain ? "" : "# ";
        text.Append(survey.AreEntryPointsCertain
            ? "# Where clusters begin. Without this list they are found; with it, a new cluster has to be added here.\n"
            : "# Where clusters begin. They are found as they are; a list here takes the place of what is found.\n");
        text.Append(CultureInfo.InvariantCulture, $"{mark}entryPoints:\n");
        foreach (var (path, remark) in survey.EntryPoints)
        {
            text.Append(CultureInfo.InvariantCulture, $"{mark}  - {Quote(path)} # {remark}\n");
        }

        text.Append('\n');
    }

    private static void WriteRegistries(StringBuilder text, RepositorySurvey survey)
    {
        var own = survey.WithPullSecrets.Where(host => !Public.Contains(host)).ToList();
        var cloud = survey.Registries.Select(registry => registry.Host).Where(host => !own.Contains(host) && CloudEndings.Any(ending => host.EndsWith(ending, StringComparison.Ordinal) && host != "mirror.gcr.io")).ToList();
        text.Append("# Registries, as globs over registry/repository: which need credentials, which do not, and for which the nodes hold them.\n");
        if (survey.Registries.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"# Images here come from {string.Join(", ", survey.Registries.Select(registry => $"{registry.Host} ({registry.Count})"))}.\n");
        }

        var isAny = own.Count > 0 || cloud.Count > 0;
        var unsure = survey.Registries.Select(registry => registry.Host).Where(host => !Public.Contains(host) && !own.Contains(host) && !cloud.Contains(host)).ToList();
        text.Append(isAny ? "registries:\n" : "# registries:\n");
        WriteGlobs(text, "private", own, unsure);
        text.Append("#   public: [ghcr.io/*]\n");
        WriteGlobs(text, "nodeCredentials", cloud, []);
        text.Append('\n');
    }

    private static void WriteGlobs(StringBuilder text, string key, List<string> certain, List<string> unsure)
    {
        if (certain.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {key}: [{string.Join(", ", certain.Select(host => $"{host}/*"))}]\n");
        }
        else
        {
            var example = unsure.Count > 0 ? string.Join(", ", unsure.Select(host => $"{host}/*")) : "registry.example.com/*";
            text.Append(CultureInfo.InvariantCulture, $"#   {key}: [{example}]\n");
        }
    }

    private static void WriteList(StringBuilder text, string key, IReadOnlyList<string> items, string example)
    {
        text.Append(items.Count > 0 ? $"{key}:\n" : $"# {key}:\n#   - {example}\n");
        foreach (var item in items)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {Quote(item)}\n");
        }

        text.Append('\n');
    }

    // A path that YAML or a shell would read otherwise.
    private static string Quote(string text) =>
        text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-') && !text.StartsWith('-') ? text
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

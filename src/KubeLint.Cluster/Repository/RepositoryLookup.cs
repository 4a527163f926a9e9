using KubeLint.Cluster.Diagnosis;
using KubeLint.Cluster.Snapshots;
using KubeLint.Flux.Images;
using KubeLint.Flux;
using KubeLint.Registry.Pins;
using KubeLint.Yaml;

namespace KubeLint.Cluster.Repository;

/// <summary>Finds in the repository what a cluster's objects come from, and writes the edits that mend them.</summary>
public sealed class RepositoryLookup
{
    private readonly List<(string Path, KubernetesObject Object)> objects = [];

    private RepositoryLookup()
    {
    }

    /// <summary>Reads a repository's YAML files.</summary>
    /// <param name="path">A directory of the repository.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The lookup, or null where the directory has no YAML files.</returns>
    public static RepositoryLookup? Load(string path, CancellationToken cancellationToken)
    {
        var source = new DiskFileSource();
        var full = YamlFileCache.Normalize(path);
        if (!source.DirectoryExists(full))
        {
            return null;
        }

        var root = Discovery.FindGitRoot(source, full) ?? full;
        var workspace = Workspace.Load(source, new WorkspaceOptions { BaseDirectory = root, Paths = [full] }, cancellationToken);
        var lookup = new RepositoryLookup();
        foreach (var file in workspace.SelectedFiles)
        {
            foreach (var item in file.Objects())
            {
                lookup.objects.Add((file.DisplayPath, item));
            }
        }

        return lookup.objects.Count == 0 ? null : lookup;
    }

    /// <summary>Where the repository writes the workload that was asked about, by name.</summary>
    public IEnumerable<(string Path, int Line, string Kind)> Written(ClusterSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        foreach (var (path, item) in objects)
        {
            if (item.Kind is "HelmRelease" or "Deployment" or "StatefulSet" or "DaemonSet" or "CronJob" or "Job" or "Pod"
                && item.Name == snapshot.Name && (item.Namespace is null || item.Namespace == snapshot.Namespace))
            {
                yield return (path, (item.Root.Get("metadata", "name") ?? item.Root).Location.Start.Line, item.Kind);
            }
        }
    }

    /// <summary>The image that a container's comes from: in the HelmRelease behind the workload, or in the workload itself; else the only one of that name.</summary>
    public WrittenImage? Find(ClusterSnapshot snapshot, ContainerView container)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(container);
        var owners = new List<(string Kind, string Name, string? Namespace)>();
        if (snapshot.HelmRelease is { } release)
        {
            owners.Add(("HelmRelease", release.Name, release.Namespace));
        }

        if (snapshot.Workload is { } workload)
        {
            owners.Add((workload.Type.Kind, workload.Name, workload.Namespace));
        }

        foreach (var (kind, name, home) in owners)
        {
            var found = objects.Where(entry => entry.Object.Kind == kind && entry.Object.Name == name && (entry.Object.Namespace is null || entry.Object.Namespace == home || entry.Object.Namespace.Contains("${", StringComparison.Ordinal)))
                .SelectMany(entry => ContainerImages.Of(entry.Object).Select(image => new WrittenImage(entry.Path, image)))
                .Where(image => IsSame(image.Image, container))
                .OrderByDescending(image => Score(image, container, home))
                .ToList();
            if (found.Count > 0)
            {
                return found[0];
            }
        }

        var anywhere = objects.SelectMany(entry => ContainerImages.Of(entry.Object).Select(image => new WrittenImage(entry.Path, image)))
            .Where(image => IsSame(image.Image, container)).Take(2).ToList();
        return anywhere.Count == 1 ? anywhere[0] : null;
    }

    /// <summary>The edit that reaches a cause's goal, or null where the repository has no place for it.</summary>
    /// <param name="cause">The cause.</param>
    /// <param name="written">The image of its container.</param>
    /// <param name="pin">What registry or cluster confirmed to pin to, or null.</param>
    /// <param name="snapshot">The objects.</param>
    public SourceEdit? Edit(Cause cause, WrittenImage? written, Pin? pin, ClusterSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(cause);
        ArgumentNullException.ThrowIfNull(snapshot);
        if (cause.Goal == EditGoal.Suspend)
        {
            return Resume(snapshot);
        }

        if (written is null || cause.Goal == EditGoal.None)
        {
            return null;
        }

        if (cause.Goal == EditGoal.PullSecrets)
        {
            var name = written.Image.Credentials.PullSecrets.FirstOrDefault(part => part.IsWritten);
            var line = name.Location?.Start.Line ?? written.TagLine;
            return new SourceEdit(written.Path, line, null, name.IsWritten ? $"the pull secret {name.Text} is named here" : "the image is written here, without pull secrets");
        }

        if (cause.Goal == EditGoal.Name)
        {
            return new SourceEdit(written.Path, written.Image.NameNode?.Location.Start.Line ?? written.TagLine, null, "the image's name is written here");
        }

        var edits = new List<TextEdit>();
        var notes = new List<string>();
        SourceText? text = null;
        if (pin is not null && (written.Image.Tag is { IsWritten: true, State: PartState.Known }) && TagText(written, cause, pin) is { } tag && written.Image.Tag.TextLocation is { } at)
        {
            text = at.Text.Root;
            edits.Add(ImagePinning.Replace(at, tag));
            notes.Add(pin.Version is null ? $"pin the tag to the image that {Who(pin, snapshot)}" : $"pin the tag to {pin.Version}");
        }
        else if (pin is null)
        {
            notes.Add($"pin the tag to a version with its digest: `kubelint registry check --pin` or `skopeo inspect docker://{cause.Container?.Reference?.Name}` says which; nobody confirmed one here");
        }

        var policy = written.Image.PullPolicy;
        if (cause.Goal == EditGoal.TagAndPolicy && policy.Value is "Always" or "Never" && policy.TextLocation is { } policyAt)
        {
            text ??= policyAt.Text.Root;
            edits.Add(ImagePinning.Replace(policyAt, "IfNotPresent"));
            notes.Add("set the policy to IfNotPresent");
        }

        var diff = text is not null && edits.Count > 0 ? Diff(written.Path, text, edits) : null;
        return new SourceEdit(written.Path, written.TagLine, diff, string.Join("; ", notes));
    }

    private static string? TagText(WrittenImage written, Cause cause, Pin pin)
    {
        var version = pin.Version ?? (cause.Kind == CauseKind.TagNotFound ? null : written.Tag?.Split('@')[0]);
        if (version is null)
        {
            return null;
        }

        // Where the digest has a key of its own, the tag must not repeat it.
        return written.Image.Digest.IsWritten ? version : $"{version}@{pin.Digest}";
    }

    private static string Who(Pin pin, ClusterSnapshot snapshot) =>
        snapshot.Containers.Any(container => container.RunningDigest == pin.Digest) ? "runs now" : "registry or node has now";

    private SourceEdit? Resume(ClusterSnapshot snapshot)
    {
        foreach (var item in FluxCauses.Chain(snapshot).Where(item => item.Root.Flag("spec", "suspend")))
        {
            foreach (var (path, written) in objects)
            {
                if (written.Kind == item.Type.Kind && written.Name == item.Name && written.Root.Get("spec", "suspend") is YamlScalar suspend && suspend.AsBoolean() == true)
                {
                    var at = suspend.Location;
                    return new SourceEdit(path, at.Start.Line, Diff(path, at.Text.Root, [ImagePinning.Replace(at, "false")]), "resume it");
                }
            }
        }

        return null;
    }

    // None where it would show a Secret's value.
    private static string? Diff(string path, SourceText text, IReadOnlyList<TextEdit> edits) =>
        TextEdits.Apply(text.Content, edits).Content is { } after && UnifiedDiff.Create(path, text.Content, after, SecretLines.IsSecret).Text is { Length: > 0 } diff ? diff : null;

    private static bool IsSame(ContainerImage image, ContainerView container) =>
        container.Reference is { } reference
            ? image.Name is { } name && ContainerView.Parse(name) is { } parsed && parsed.Name == reference.Name
            : image.DisplayName == container.Image || image.Tag.Node?.Value == container.Image || image.NameNode?.Value == container.Image;

    private static int Score(WrittenImage image, ContainerView container, string? home) =>
        (image.Path.Split('/').Contains(home) ? 4 : 0)
        + (image.Image.Path.Contains(container.Name, StringComparison.Ordinal) ? 2 : 0)
        + (image.Tag == container.Reference?.Tag ? 1 : 0);
}

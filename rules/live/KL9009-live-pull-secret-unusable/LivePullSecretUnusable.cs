using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Live;

namespace KubeLint.Rules.Live;

/// <summary>Reports pull secrets that serve no pull in the cluster.</summary>
public sealed class LivePullSecretUnusable : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL9009", "live-pull-secret-unusable", "A pull secret is absent, of the wrong type, malformed, or for other registries", Severity.Warning)
        {
            Reference = new("https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Live(Check);

    private static void Check(LiveContext context)
    {
        var named = new HashSet<ObjectId>();
        foreach (var item in context.Objects)
        {
            var images = context.Model.ImagesOf(item);
            var references = LiveReference.Of(item, images).Where(reference => reference.Use is LiveUse.PullSecret or LiveUse.AccountPullSecret).ToList();
            foreach (var secret in references.GroupBy(reference => (reference.At, reference.Id)))
            {
                named.Add(secret.Key.Id);
                if (Trouble(context.Live, secret.Key.Id, secret.First().Use == LiveUse.PullSecret ? [.. secret.Select(reference => reference.Image!.Name)] : []) is { } trouble)
                {
                    context.Report(secret.Key.At, $"The pull secret {secret.Key.Id.Name} {trouble} in {context.Live.Name}, so pulls go without its credentials", Help(secret.Key.Id), about: item.Id);
                }
            }
        }

        foreach (var item in context.Objects)
        {
            CheckPods(context, item, named);
        }
    }

    // Those that charts and service accounts hand to the pods stand nowhere in the repository.
    private static void CheckPods(LiveContext context, KubernetesObject item, HashSet<ObjectId> named)
    {
        foreach (var pod in context.PodsOf(item))
        {
            string?[] images = [.. LiveImages.Containers(pod.Object).Select(container => LiveImages.Read(container.Image)?.Name)];
            foreach (var name in pod.Object.Root.Items("spec", "imagePullSecrets").Select(entry => entry.Text("name")).OfType<string>())
            {
                var id = new ObjectId("", "Secret", pod.Object.Namespace, name);
                if (!named.Contains(id) && Trouble(context.Live, id, images) is { } trouble && named.Add(id))
                {
                    context.ReportAtName(item, $"The pull secret {name} of {pod.Workload} {trouble} in {context.Live.Name}, so pulls go without its credentials", Help(id));
                }
            }
        }
    }

    private static string? Trouble(LiveCluster live, ObjectId id, string?[] images)
    {
        if (!live.Data.TryGetValue(id, out var data))
        {
            return live.Find(id).State == LiveState.Absent ? $"is not in namespace {id.Namespace}" : null;
        }

        if (!data.IsPullType)
        {
            return $"is of type {data.Type}, which the kubelet does not read,";
        }

        if (data.Defect is { } defect)
        {
            return $"is malformed ({defect.TrimEnd('.')})";
        }

        // A pod with images of several registries has each secret for some of them.
        return images.Length > 0 && images.All(image => image is not null && image.Split('/', 2) is [var registry, var repository] && !data.Covers(registry, repository))
            ? $"has entries for {string.Join(", ", data.Registries.Take(5))} and none for {images[0]!.Split('/')[0]}"
            : null;
    }

    private static string Help(ObjectId id) =>
        $"Make it of type kubernetes.io/dockerconfigjson with an entry for the image's registry, in namespace {id.Namespace}; `kubelint diagnose` shows which credentials a pod gets";
}

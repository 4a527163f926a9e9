namespace KubeLint.Flux.Live;

/// <summary>A container that waits for an image that cannot be pulled.</summary>
/// <param name="Pod">Its pod.</param>
/// <param name="Container">Its name.</param>
/// <param name="Image">The image as the pod has it.</param>
/// <param name="Reason">The reason that it waits for: <c>ImagePullBackOff</c>.</param>
/// <param name="Message">What runtime and registry say, on one line.</param>
public sealed record LivePullFailure(LiveObject Pod, string Container, string Image, string Reason, string Message);

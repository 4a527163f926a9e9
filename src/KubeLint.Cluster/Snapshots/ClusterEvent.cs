using System.Globalization;
using System.Text.Json;
using KubeLint.Cluster.Api;

namespace KubeLint.Cluster.Snapshots;

/// <summary>An event, read from either event API.</summary>
/// <param name="Uid">Its uid: both APIs serve the same objects.</param>
/// <param name="Time">When it was last seen.</param>
/// <param name="Type"><c>Normal</c> or <c>Warning</c>.</param>
/// <param name="Reason">Its reason (<c>Failed</c>, <c>BackOff</c>, <c>FailedCreate</c>).</param>
/// <param name="Message">Its words.</param>
/// <param name="Count">How often it was seen.</param>
/// <param name="Kind">Kind of the object that it is about.</param>
/// <param name="Name">Name of that object.</param>
/// <param name="ObjectUid">Uid of that object; empty where the event does not say it.</param>
/// <param name="FieldPath">The part of the object (<c>spec.containers{app}</c>), or empty.</param>
public sealed record ClusterEvent(
    string Uid,
    DateTimeOffset Time,
    string Type,
    string Reason,
    string Message,
    long Count,
    string Kind,
    string Name,
    string ObjectUid,
    string FieldPath)
{
    /// <summary>Reads an event of the core API or of <c>events.k8s.io</c>: their fields have other names.</summary>
    public static ClusterEvent From(ClusterObject source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var root = source.Root;
        var about = root.At("involvedObject") is { ValueKind: JsonValueKind.Object } involved ? involved : root.At("regarding");
        var time = DateTimeOffset.MinValue;
        foreach (var text in (string?[])
        [
            root.Text("lastTimestamp"), root.Text("deprecatedLastTimestamp"), root.Text("series", "lastObservedTime"), root.Text("eventTime"),
            root.Text("firstTimestamp"), root.Text("deprecatedFirstTimestamp"), root.Text("metadata", "creationTimestamp"),
        ])
        {
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
            {
                // A series goes on after the event's own times.
                time = parsed > time ? parsed : time;
            }
        }

        return new ClusterEvent(
            source.Uid.Length > 0 ? source.Uid : $"{source.Namespace}/{source.Name}",
            time,
            root.Text("type") ?? "",
            root.Text("reason") ?? "",
            root.Text("message") ?? root.Text("note") ?? "",
            Math.Max(root.Number("series", "count") ?? 0, root.Number("count") ?? root.Number("deprecatedCount") ?? 1),
            about.Text("kind") ?? "",
            about.Text("name") ?? "",
            about.Text("uid") ?? "",
            about.Text("fieldPath") ?? "");
    }

    /// <summary>Whether it is about an object.</summary>
    public bool IsAbout(ClusterObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Kind == item.Type.Kind && Name == item.Name && (ObjectUid.Length == 0 || item.Uid.Length == 0 || ObjectUid == item.Uid);
    }
}

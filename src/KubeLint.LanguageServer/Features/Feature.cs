using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Rpc;

namespace KubeLint.LanguageServer.Features;

/// <summary>Some requests that belong together: what the server announces of them, and what answers them.</summary>
/// <param name="server">What the features share.</param>
internal abstract class Feature(ServerContext server)
{
    /// <summary>What the features share.</summary>
    protected ServerContext Server { get; } = server;

    /// <summary>The capabilities with those of this feature.</summary>
    public abstract ServerCapabilities Announce(ServerCapabilities capabilities);

    /// <summary>Registers what answers its requests.</summary>
    public abstract void Register(MessageHandlers handlers);
}

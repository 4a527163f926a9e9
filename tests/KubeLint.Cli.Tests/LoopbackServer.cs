using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace KubeLint.Cli.Tests;

/// <summary>A web server on a free loopback port that answers as a test says, and remembers the paths it was asked for.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Action<HttpListenerContext> answer;

    public LoopbackServer(Action<HttpListenerContext> answer)
    {
        this.answer = answer;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Host = $"127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        listener.Prefixes.Add($"http://{Host}/");
        listener.Start();
        _ = ServeAsync();
    }

    public string Host { get; }

    public ConcurrentQueue<string> Paths { get; } = [];

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Paths.Enqueue(context.Request.Url!.AbsolutePath);
            try
            {
                answer(context);
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or IOException)
            {
                // The client has seen enough.
            }
        }
    }
}

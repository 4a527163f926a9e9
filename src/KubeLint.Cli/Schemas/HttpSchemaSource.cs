using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

using KubeLint.Analysis;

namespace KubeLint.Cli;

/// <summary>
/// Fetches schemas. A user and password in an address go to its server only, a redirect leads to <c>https</c> only, an answer has a limit of time
/// and size, and a server that did not answer is not asked again.
/// </summary>
internal sealed class HttpSchemaSource : ISchemaSource, IDisposable
{
    private const int MostRedirects = 5;

    // The largest of the known catalogues' has 3 MB.
    private const int MostBytes = 16 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, SchemaAnswer.Failed> silent = new(StringComparer.OrdinalIgnoreCase);
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public HttpSchemaSource() => client.DefaultRequestHeaders.UserAgent.ParseAdd("kubelint");

    /// <inheritdoc/>
    public async Task<SchemaAnswer> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        if (silent.TryGetValue(address.Authority, out var failure))
        {
            return failure;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await FollowAsync(address, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return silent.GetOrAdd(address.Authority, new SchemaAnswer.Failed(string.Create(CultureInfo.InvariantCulture, $"no answer within {Patience.TotalSeconds:0} s")));
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return silent.GetOrAdd(address.Authority, new SchemaAnswer.Failed(error.GetBaseException().Message.ReplaceLineEndings(" ")));
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<SchemaAnswer> FollowAsync(Uri address, CancellationToken cancellationToken)
    {
        var next = address;
        for (var i = 0; i <= MostRedirects; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            if (address.UserInfo.Length > 0 && next.Scheme == address.Scheme && next.Authority == address.Authority)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))));
            }

            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            switch (response.StatusCode)
            {
                case HttpStatusCode.OK:
                    return await ReadAsync(response, cancellationToken);
                case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                    return new SchemaAnswer.Absent();
                case HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
                    when response.Headers.Location is { } location:
                    next = new Uri(next, location);
                    // A server on this machine may lead to itself.
                    if (next.Scheme != Uri.UriSchemeHttps && !(SchemaAddress.IsAllowed(next) && next.Authority == address.Authority))
                    {
                        return new SchemaAnswer.Failed($"a redirect to {next.Scheme}://{next.Authority}, which is not https");
                    }

                    break;
                default:
                    return new SchemaAnswer.Failed(string.Create(CultureInfo.InvariantCulture, $"the status {(int)response.StatusCode}"));
            }
        }

        return new SchemaAnswer.Failed($"more than {MostRedirects} redirects");
    }

    private static async Task<SchemaAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[64 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (text.Length + count > MostBytes)
            {
                return new SchemaAnswer.Failed($"an answer of more than {MostBytes / 1024 / 1024} MiB");
            }

            text.Write(buffer, 0, count);
        }

        return SchemaJson.Read(text.GetBuffer().AsMemory(0, (int)text.Length)) is { } json
            ? new SchemaAnswer.Found(json) : new SchemaAnswer.Failed("an answer that is no JSON object");
    }
}

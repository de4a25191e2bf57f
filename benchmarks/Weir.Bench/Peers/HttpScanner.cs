using System.Diagnostics;
using System.Text;
using Weir.Bench.Mail;

namespace Weir.Bench.Peers;

/// <summary>A filter that takes a message by HTTP, its envelope in the request's header: rspamd, and Weir's judge behind <see cref="JudgeDoor"/>.</summary>
internal sealed class HttpScanner : IScanner
{
    private readonly HttpMessageInvoker _http;
    private readonly Uri _address;

    public HttpScanner(ServerProcess process, Uri address)
    {
        Process = process;
        _address = address;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 1,
            UseProxy = false,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        });
    }

    public ServerProcess Process { get; }

    public async Task<TimeSpan> ScanAsync(LabelledMail mail, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(mail.Raw) };
        Add("IP", mail.Envelope.ClientIp);
        Add("Helo", mail.Envelope.Helo);
        // Nothing that would make a filter ask DNS for it.
        Add("Hostname", mail.Envelope.Helo);
        Add("From", mail.Envelope.MailFrom);
        Add("Rcpt", mail.Envelope.Recipients.FirstOrDefault(""));
        var started = Stopwatch.GetTimestamp();
        using var response = await _http.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var took = Stopwatch.GetElapsedTime(started);
        return response.IsSuccessStatusCode && answer.Length > 0 ? took
            : throw new InvalidOperationException($"{Process.Name} answers {(int)response.StatusCode} to {mail.File}: {Encoding.UTF8.GetString(answer)}");

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Process.DisposeAsync();
    }
}

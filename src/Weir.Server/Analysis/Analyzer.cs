using Weir.Detection;
using Weir.Detection.Contracts;
using Weir.Kernel;
using Weir.Mail;
using Weir.Mail.Contracts;
using Weir.Server.Hosting;

namespace Weir.Server.Analysis;

/// <summary>Judges message files without a data directory.</summary>
internal sealed class Analyzer : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IMessageJudge _judge;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly IReadOnlyDictionary<string, KnownEnvelope> _envelopes;

    /// <param name="authenticator">Nothing: nothing is looked up.</param>
    /// <param name="rules">The full path of a folder of YARA rules; empty for none.</param>
    /// <param name="model">As <c>detection:model</c>.</param>
    public Analyzer(IMailAuthenticator? authenticator, IReadOnlyDictionary<string, KnownEnvelope> envelopes, string rules = "", string model = "")
    {
        _envelopes = envelopes;
        _services = new ServiceCollection()
            .AddInspectionChildren(_ => ThisProgram.Inspection(rules.Length > 0 ? "/" : ""))
            .AddDetectionAlone(authenticator, new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["inspection:yara"] = rules, ["detection:model"] = model }).Build())
            .BuildServiceProvider();
        _judge = _services.GetRequiredService<IMessageJudge>();
    }

    /// <param name="name">What the result is called, and the key of its envelope.</param>
    /// <param name="mayWait">Read until it ends also what has no length: a pipe that the caller named. One that lies in a folder may never end.</param>
    public async ValueTask<AnalyzedFile> AnalyzeAsync(string path, string name, CancellationToken cancellationToken, bool mayWait = false)
    {
        var started = _time.GetTimestamp();
        try
        {
            var read = mayWait || Length(path) > 0 ? await File.ReadAllBytesAsync(path, cancellationToken) : [];
            var raw = OutlookFiles.ToMail(read) ?? read;
            var parsed = MailParser.Parse(raw, ParseLimits.Default with { LeavesArchives = true });
            if (parsed.Headers.Count == 0)
            {
                return new AnalyzedFile(name, null, _time.GetElapsedTime(started).TotalMilliseconds, "not a mail: it has no header fields");
            }

            var recorded = _envelopes.GetValueOrDefault(name.Replace('\\', '/'));
            var now = _time.GetUtcNow();
            var judged = await _judge.JudgeAsync(
                new MessageToJudge
                {
                    Id = NetworkMessageId.New(now),
                    Raw = raw,
                    ReceivedAt = now,
                    Envelope = recorded?.Envelope ?? FromHeaders(parsed),
                    RecordedAuthentication = recorded?.Authentication,
                },
                cancellationToken);
            return new AnalyzedFile(name, judged, _time.GetElapsedTime(started).TotalMilliseconds, "");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new AnalyzedFile(name, null, _time.GetElapsedTime(started).TotalMilliseconds, exception.Message);
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>Of the file behind a link; 0 of what is no file.</summary>
    private static long Length(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? new FileInfo(target.FullName).Length : new FileInfo(path).Length;

    /// <summary>What the receiving server wrote into the message stands in for the envelope.</summary>
    public static Envelope FromHeaders(ParsedMessage message)
    {
        var hop = message.Received.Count > 0 ? message.Received[0] : null;
        return new Envelope
        {
            MailFrom = message.ReturnPath,
            Recipients = [.. message.To.Concat(message.Cc).Select(address => address.Address).Where(address => address.Length > 0)],
            ClientIp = hop?.FromIp ?? "",
            Helo = hop?.Helo ?? "",
        };
    }
}

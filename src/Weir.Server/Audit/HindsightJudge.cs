using Weir.Detection;
using Weir.Detection.Contracts;
using Weir.Directory.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Kernel;
using Weir.Mail;
using Weir.Mail.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Server.Hosting;

namespace Weir.Server.Audit;

/// <summary>Judges a stored message as of the time when it came, as far as it tells.</summary>
internal sealed class HindsightJudge : IAsyncDisposable
{
    /// <summary>An internal hop is no stranger: what comes from these is looked behind.</summary>
    private static readonly string[] Private = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"];

    private readonly ServiceProvider _services;
    private readonly IMessageJudge _judge;
    private readonly TrustedRelays _relays;
    private readonly AuditSettings _settings;

    public HindsightJudge(AuditSettings settings, AuditedOrganisation organisation)
    {
        _settings = settings;
        _relays = new TrustedRelays([.. Private, .. settings.Relays]);
        var isWithRules = settings.Judge.GetValueOrDefault("inspection:yara") is { Length: > 0 };
        _services = new ServiceCollection()
            .AddInspectionChildren(_ => ThisProgram.Inspection(isWithRules ? "/" : ""))
            .AddDetectionAlone(settings.Authenticator, new ConfigurationBuilder().AddInMemoryCollection(settings.Judge).Build())
            .AddSingleton<IDirectory>(organisation)
            .AddSingleton<IAllowBlockList>(new GivenEntries(settings.List))
            .AddSingleton(_relays)
            .BuildServiceProvider();
        _judge = _services.GetRequiredService<IMessageJudge>();
    }

    /// <summary>What Weir says, counted; nothing when it is no mail.</summary>
    public async ValueTask<Finding?> JudgeAsync(MailboxToRead mailbox, FolderToRead folder, StoredMessage stored, Correspondence correspondence, FolderCount count, CancellationToken cancellationToken)
    {
        var message = MailParser.Parse(stored.Raw, ParseLimits.Default with { LeavesArchives = true });
        if (message.Headers.Count == 0)
        {
            lock (count)
            {
                count.Skip("no header fields");
            }

            return null;
        }

        var isSent = folder.Use == FolderUse.Sent;
        var hindsight = Hindsight.Of(message, mailbox.Address, isSent, _settings, _relays);
        var judged = await _judge.JudgeAsync(
            new MessageToJudge
            {
                Id = NetworkMessageId.New(stored.At),
                Raw = stored.Raw,
                Envelope = hindsight.Envelope,
                ReceivedAt = stored.At,
                RecordedAuthentication = hindsight.Recorded,
            },
            cancellationToken);
        var other = isSent ? null : OtherFilters.Read(judged.Message, new Envelope(), _relays, _settings.BelievedFilters);
        lock (count)
        {
            count.Add(judged.Judgement.Verdict, other);
            foreach (var missing in hindsight.Unknown)
            {
                count.Miss(missing);
            }
        }

        return Verdicts.Of(mailbox, folder, stored, stored.At, judged, hindsight, other, correspondence);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

using System.Globalization;
using System.Text;
using MimeKit;
using Weir.Sample;
using Weir.Sample.Contracts;

namespace Weir.Server.Tests.Support;

/// <summary>The mailboxes of the invented organisation as a mail server leaves them on disk: <c>domain/person/Maildir</c>, Maildir++, with what the server wrote into each mail.</summary>
internal sealed class PlantedTree
{
    public const string Server = "mx.harbour.example";

    private readonly string _root;
    private readonly HashSet<string> _answered;
    private int _number;

    private PlantedTree(string root, IReadOnlyCollection<SampleMail> mails)
    {
        _root = root;
        _answered = [.. mails.Where(IsOurs).SelectMany(mail => AnswerTo(mail.Raw)).Select(id => id.Trim('<', '>'))];
    }

    /// <summary>Every mail that was put into a mailbox, by story.</summary>
    public List<(string Story, string Mailbox, string Subject)> Planted { get; } = [];

    public string Zone { get; private set; } = "";

    /// <summary>Lays out the last days of the sample.</summary>
    public static PlantedTree Make(string folder, DateTimeOffset now, int messages)
    {
        var sample = SampleOrganisation.Create(new SampleSettings { Now = now, Days = 20, Messages = messages });
        var mails = sample.History().OfType<SampleMail>().ToList();
        var tree = new PlantedTree(Path.Combine(folder, "vmail"), mails) { Zone = Path.Combine(folder, "zone.json") };
        File.WriteAllText(tree.Zone, sample.DnsZone);
        foreach (var mail in mails)
        {
            tree.Plant(mail);
        }

        return tree;
    }

    /// <summary>No mail yet.</summary>
    public static PlantedTree Empty(string folder) => new(Path.Combine(folder, "vmail"), []);

    public string Root => _root;

    public string MailboxOf(string address) => Path.Combine(_root, address[(address.LastIndexOf('@') + 1)..], address[..address.LastIndexOf('@')], "Maildir");

    /// <summary>Puts a message into a folder of a mailbox; the inbox when it is empty.</summary>
    public void Put(string address, string folder, ReadOnlySpan<byte> raw, DateTimeOffset at, string flags)
    {
        var path = folder.Length == 0 ? MailboxOf(address) : Path.Combine(MailboxOf(address), "." + folder);
        foreach (var sub in (string[])["cur", "new", "tmp"])
        {
            System.IO.Directory.CreateDirectory(Path.Combine(path, sub));
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds()}.M{_number}P{_number++}.store");
        var file = flags == "new" ? Path.Combine(path, "new", name) : Path.Combine(path, "cur", $"{name}:2,{flags}");
        File.WriteAllBytes(file, raw);
        File.SetLastWriteTimeUtc(file, at.UtcDateTime);
    }

    private void Plant(SampleMail mail)
    {
        if (IsOurs(mail) && mail.Envelope.MailFrom.Length > 0)
        {
            Put(mail.Envelope.MailFrom, "Sent", mail.Raw.Span, mail.At, "S");
        }

        var subject = Text(mail.Raw, message => message.Subject);
        var id = Text(mail.Raw, message => message.MessageId);
        foreach (var delivery in mail.Deliveries.Where(delivery => delivery.Outcome == SampleOutcome.Mailbox))
        {
            Planted.Add((mail.Story, delivery.Recipient, subject));
            Put(delivery.Recipient, delivery.Folder, Delivered(mail, delivery.Recipient), mail.At, _answered.Contains(id) ? "RS" : "S");
        }
    }

    private static byte[] Delivered(SampleMail mail, string recipient)
    {
        var date = mail.At.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
        var envelope = mail.Envelope;
        var received = envelope.AuthenticatedUser.Length > 0
            ? $"Received: from desk ([{(envelope.ClientIp.Length > 0 ? envelope.ClientIp : "10.0.0.9")}])\r\n\t(Authenticated sender: {envelope.AuthenticatedUser})\r\n\tby {Server} (Postfix) with ESMTPSA id 4ABC12345;\r\n\t{date}\r\n"
            : $"Received: from {envelope.Helo} ({(envelope.ClientName.Length > 0 ? envelope.ClientName : "unknown")} [{envelope.ClientIp}])\r\n\tby {Server} (Postfix) with ESMTPS id 4ABC12345\r\n\tfor <{recipient}>; {date}\r\n";
        return [.. Encoding.ASCII.GetBytes($"Return-Path: <{envelope.MailFrom}>\r\nDelivered-To: {recipient}\r\nReceived: from {Server} ([10.0.0.5])\r\n\tby store with LMTP id 1; {date}\r\n{received}"), .. mail.Raw.Span];
    }

    private static bool IsOurs(SampleMail mail) => mail.Envelope.AuthenticatedUser.Length > 0;

    private static IEnumerable<string> AnswerTo(ReadOnlyMemory<byte> raw) => Text(raw, message => message.InReplyTo) is { Length: > 0 } id ? [id] : [];

    private static string Text(ReadOnlyMemory<byte> raw, Func<MimeMessage, string?> read)
    {
        using var stream = new MemoryStream(raw.ToArray());
        using var message = MimeMessage.Load(stream, TestContext.Current.CancellationToken);
        return read(message) ?? "";
    }
}

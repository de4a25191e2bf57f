using System.Globalization;
using System.Text.Json;
using Weir.Events.Contracts;

namespace Weir.Portal.Tests.Support;

/// <summary>Invented mail: message <c>i</c> is always the same, the newest is 0. Some of it is hostile.</summary>
internal sealed class FakeMail(int count, DateTimeOffset newest, TimeSpan span)
{
    private static readonly string[] Subjects =
    [
        "Re: Q4 forecast", "Your mailbox is almost full", "Meeting notes from Thursday", "Invoice 98949 is overdue", "Password expires in 24 hours",
        "Voicemail from +49 30 26716", "Please review contract 7921 before noon", "Lunch?", "Parcel could not be delivered",
    ];

    private static readonly string[] Hostile =
    [
        "<script>alert('subject')</script><img src=x onerror=alert(1)>",
        "=HYPERLINK(\"http://evil.example\",\"click\")",
        "\u202Egnp.exe\u202C right to left \u200B\u200B zero width \u0000",
        string.Concat(Enumerable.Repeat("Very long subject without end ", 40)),
        "Ünïcödé 件名 الموضوع тема 🐟🐟🐟",
        "",
    ];

    private static readonly string[] Senders = ["carla.rossi@parcel-track.example", "f.dubois@adventure.example", "d.meyer@northwind.example", "billing@mail-secure-login.example", "h.tanaka@fabrikam.example"];
    private static readonly string[] Recipients = ["b.novak@weir.example", "g.larsen@weir.example", "anna.schmidt@weir.example", "i.garcia@weir.example"];
    private static readonly string[] Locations = ["Inbox/folder", "Inbox/folder", "Inbox/folder", "Junk folder", "Quarantine", "Dropped"];

    public int Count => count;

    public DateTimeOffset Newest => newest;

    public DateTime TimeOf(int index) => new(newest.UtcTicks - (long)(span.Ticks / (double)Math.Max(1, count) * index), DateTimeKind.Utc);

    /// <summary>The first index with a time before the instant.</summary>
    public int FirstBefore(DateTimeOffset instant)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = TimeOf(middle) < instant.UtcDateTime ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    public static string IdOf(int index) => $"019a0000-0000-7000-8000-{index.ToString("x12", CultureInfo.InvariantCulture)}";

    public static int IndexOf(string id) => int.Parse(id[24..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static string SeriesOf(int index) => (index * 7 % 23) switch
    {
        0 => "Malware",
        1 => "High confidence phish",
        2 or 3 => "Phish",
        4 or 5 or 6 => "Spam",
        _ => "No threat",
    };

    public static string SubjectOf(int index) => index % 11 == 5 ? Hostile[index / 11 % Hostile.Length] : Subjects[index % Subjects.Length];

    public object? Cell(int index, string column)
    {
        var series = SeriesOf(index);
        var phish = series.Contains("phish", StringComparison.OrdinalIgnoreCase);
        return column switch
        {
            "Timestamp" => TimeOf(index),
            "NetworkMessageId" => IdOf(index),
            "InternetMessageId" => $"<{index}@{Senders[index % Senders.Length].Split('@')[1]}>",
            "RecipientEmailAddress" => Recipients[index % Recipients.Length],
            "RecipientDomain" => "weir.example",
            "SenderFromAddress" => Senders[index % Senders.Length],
            "SenderMailFromAddress" => $"bounce-{index}@{Senders[index % Senders.Length].Split('@')[1]}",
            "SenderFromDomain" or "SenderMailFromDomain" => Senders[index % Senders.Length].Split('@')[1],
            "SenderDisplayName" => index % 11 == 5 ? "\"><script>alert(2)</script>" : "Carla Rossi",
            "SenderIPv4" => $"203.0.113.{index % 250}",
            "SenderIPv6" => "",
            "Subject" => SubjectOf(index),
            "ThreatTypes" or "OriginalThreatTypes" => series == "No threat" ? "" : phish ? "Phish" : series,
            "DetectionMethods" => series == "No threat" ? "" : phish ? """{"Phish":["Spoof DMARC","Impersonation domain"]}""" : $$"""{"{{series}}":["Antimalware protection"]}""",
            "DeliveryAction" => Locations[index % Locations.Length] switch { "Inbox/folder" => "Delivered", "Junk folder" => "Junked", _ => "Blocked" },
            "DeliveryLocation" or "LatestDeliveryLocation" => Locations[index % Locations.Length],
            "EmailDirection" => "Inbound",
            "EmailClusterId" => 8_111_222_333_444L + (index % 9),
            "AttachmentCount" => index % 3,
            "UrlCount" => index % 4,
            "EmailSize" => 4_200L + index,
            "IsFirstContact" => index % 2,
            "EmailLanguage" => "en",
            "AuthenticationDetails" => phish ? """{"SPF":"fail","DKIM":"none","DMARC":"fail","CompAuth":"fail"}""" : """{"SPF":"pass","DKIM":"pass","DMARC":"pass","CompAuth":"pass"}""",
            "AdditionalFields" => JsonSerializer.Serialize(new
            {
                Verdict = series == "No threat" ? "Clean" : series,
                DeliverySource = "dovecot",
                OriginalRecipient = index % 4 == 0 ? "all@weir.example" : Recipients[index % Recipients.Length],
                ImpersonatedUsers = phish ? new[] { "Anna Schmidt <anna.schmidt@weir.example>" } : [],
                ImpersonatedDomains = phish ? new[] { "weir.example" } : [],
                Tags = index % 5 == 0 ? new[] { "Priority account" } : [],
            }),
            "To" => Recipients[index % Recipients.Length],
            "DistributionList" => index % 4 == 0 ? "all@weir.example" : "",
            "ThreatClassification" => series == "Phish" ? "Invoice" : "",
            "EmailAction" => "Send to quarantine",
            "EmailActionPolicy" => "Antispam phishing",
            _ => "",
        };
    }

    public Answer Rows(IEnumerable<int> indexes, IReadOnlyList<string> columns) =>
        new([.. columns.Select(column => new AnswerColumn(column, column switch { "Timestamp" => "datetime", "EmailClusterId" or "EmailSize" => "long", _ => "string" }))],
            [.. indexes.Select(index => columns.Select(column => Cell(index, column)).ToArray())])
        {
            At = newest,
        };
}

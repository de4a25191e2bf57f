using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Access.Contracts;
using Weir.Kernel;
using Weir.Mailboxes.Contracts;
using Weir.Response.AfterDelivery;
using Weir.Response.Contracts;
using Weir.Response.OwnMail;
using Weir.Storage.Contracts;

namespace Weir.Response.Quarantine;

/// <summary>
/// Tells recipients what was held from them since the last digest: every four hours, daily or weekly. Each digest is for one instant of the schedule, so
/// that a restart neither leaves one out nor sends it twice.
/// </summary>
internal sealed partial class Digests(
    IDbContextFactory<WeirDbContext> databases, PoliciesOfQuarantine policies, OwnLinks links, WrittenMail written, IOutbox outbox, TimeProvider time, ILogger<Digests> logger) : BackgroundService
{
    private const string LastName = "quarantine.digests.last";

    /// <summary>Messages that one digest names; the page has all.</summary>
    private const int MostItems = 50;

    /// <summary>Mails that are handed to the outbox together.</summary>
    private const int AtOnce = 200;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private static readonly Caller Self = Caller.System("quarantine", Permission.ResponseManage);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.EveryAsync(LookEvery, LookAsync, NotSent, time, stoppingToken);

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!written.IsPossible)
        {
            return;
        }

        var settings = await policies.DigestsAsync(cancellationToken);
        var due = DueOf(settings, time.GetUtcNow());
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var last = await database.Set<SettingRow>().FirstOrDefaultAsync(row => row.Name == LastName, cancellationToken);
        if (last is null)
        {
            // From now on: what was held before somebody configured a mail server is nobody's news.
            database.Add(new SettingRow { Name = LastName, Value = due.UtcTicks.ToString(CultureInfo.InvariantCulture), At = due });
            await database.SaveChangesAsync(cancellationToken);
            return;
        }

        var since = new DateTimeOffset(long.Parse(last.Value, CultureInfo.InvariantCulture), TimeSpan.Zero); // written a few lines above
        if (since >= due)
        {
            return;
        }

        await SendAsync(database, settings, since, due, cancellationToken);
        (last.Value, last.At) = (due.UtcTicks.ToString(CultureInfo.InvariantCulture), due);
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The last instant of the schedule up to now.</summary>
    public static DateTimeOffset DueOf(DigestSettings settings, DateTimeOffset now)
    {
        if (settings.Frequency == DigestFrequency.FourHours)
        {
            return new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.FromHours(4).Ticks), TimeSpan.Zero);
        }

        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(settings.Zone, out var known) ? known : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var day = local.Date.AddHours(settings.Hour);
        if (day > local)
        {
            day = day.AddDays(-1);
        }

        if (settings.Frequency == DigestFrequency.Weekly)
        {
            day = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        }

        // An hour that a change of clocks leaves out is the one after.
        var valid = zone.IsInvalidTime(day) ? day.AddHours(1) : day;
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(valid, DateTimeKind.Unspecified), zone), TimeSpan.Zero);
    }

    private async Task SendAsync(WeirDbContext database, DigestSettings settings, DateTimeOffset since, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var known = await policies.AllAsync(cancellationToken);
        var telling = known.Where(policy => policy.Notifies).Select(policy => policy.Name).ToList();
        var rows = await database.Set<HeldRow>().AsNoTracking()
            .Where(row => row.State == HeldState.Held && row.HeldAt > since && row.HeldAt <= due)
            .OrderBy(row => row.Recipient).ThenByDescending(row => row.HeldAt)
            .ToListAsync(cancellationToken);
        var mine = rows.Where(row => telling.Contains(row.QuarantinePolicy, StringComparer.OrdinalIgnoreCase) && OwnQuarantine.RightsOf(row, known) != QuarantineRights.None).GroupBy(row => row.Recipient, StringComparer.Ordinal);
        foreach (var some in mine.Chunk(AtOnce))
        {
            await outbox.AddAsync(Self, [.. some.Select(own => written.Of(DigestOf(own.Key, [.. own], due)))], cancellationToken);
        }

        if (settings.CopyTo.Length > 0 && rows.Count > 0)
        {
            await outbox.AddAsync(Self, [written.Of(CopyOf(settings.CopyTo, rows, due))], cancellationToken);
        }
    }

    private NoticeText DigestOf(string recipient, List<HeldRow> rows, DateTimeOffset due)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"quarantine-digest/{recipient}/{due.UtcTicks}");
        var canLink = written.PortalUrl.Length > 0;
        return new NoticeText
        {
            Key = key,
            Kind = "Quarantine digest",
            Recipient = recipient,
            Subject = rows.Count == 1 ? "1 message is held back from you" : string.Create(CultureInfo.InvariantCulture, $"{rows.Count} messages are held back from you"),
            Heading = rows.Count == 1 ? "This message is held back from you." : string.Create(CultureInfo.InvariantCulture, $"These {rows.Count} messages are held back from you."),
            Items = [.. rows.Take(MostItems).Select(row => new NoticeItem(FactsOf(row), canLink ? links.Of(recipient, key, Id(row)) : "", "Review"))],
            Link = canLink ? links.Of(recipient, key) : "",
            LinkText = rows.Count > MostItems ? "See all of them" : "Open my quarantine",
            Foot = "Each link works once, for seven days, and only opens a page: nothing is released or deleted until you say so there. Do not forward this mail: its links are yours.",
        };
    }

    private NoticeText CopyOf(string address, List<HeldRow> rows, DateTimeOffset due) => new()
    {
        Key = string.Create(CultureInfo.InvariantCulture, $"quarantine-digest-all/{address}/{due.UtcTicks}"),
        Kind = "Quarantine digest of everything",
        Recipient = address,
        Subject = string.Create(CultureInfo.InvariantCulture, $"Quarantine: {rows.Count} held since the last digest"),
        Heading = string.Create(CultureInfo.InvariantCulture, $"{rows.Count} messages were held since the last digest, {rows.Count(row => row.Status == ReleaseStatus.Requested)} of them are asked for."),
        Facts = [.. rows.GroupBy(row => row.Reason, StringComparer.Ordinal).OrderByDescending(group => group.Count()).Select(group => (group.Key, group.Count().ToString(CultureInfo.InvariantCulture)))],
        Items = [.. rows.OrderByDescending(row => row.HeldAt).Take(MostItems).Select(row => new NoticeItem([("To", row.Recipient), .. FactsOf(row)], "", ""))],
        // No session goes with it: whoever follows it signs in.
        Link = written.PortalUrl.Length > 0 ? $"{written.PortalUrl}/quarantine" : "",
        LinkText = "Open the quarantine",
    };

    private static IReadOnlyList<(string Name, string Value)> FactsOf(HeldRow row) =>
    [
        ("From", row.SenderName.Length > 0 && row.SenderName != row.Sender ? $"{row.SenderName} <{row.Sender}>" : row.Sender),
        ("Subject", row.Subject.Length > 0 ? row.Subject : "(no subject)"),
        ("Received", row.ReceivedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
        ("Held as", row.Reason),
        ("Deleted on", row.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
    ];

    private static NetworkMessageId Id(HeldRow row) => NetworkMessageId.Parse(row.MessageId, CultureInfo.InvariantCulture);

    [LoggerMessage(8053, LogLevel.Error, "Digests of quarantine cannot be sent; it is tried again")]
    private partial void NotSent(Exception exception);
}

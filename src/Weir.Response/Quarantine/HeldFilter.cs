using Microsoft.EntityFrameworkCore;
using Weir.Response.Contracts;

namespace Weir.Response.Quarantine;

/// <summary>A query as conditions of the database.</summary>
internal static class HeldFilter
{
    private const string Escape = "\\";

    /// <param name="only">Keys (<c>id recipient</c>) of a KQL condition; nothing when there is none.</param>
    public static IQueryable<HeldRow> Of(IQueryable<HeldRow> rows, QuarantineQuery query, IReadOnlyCollection<string>? only, DateTimeOffset now)
    {
        // What is gone is told by the record; what was released is here until it would have gone.
        rows = rows.Where(row => row.State == HeldState.Held || row.State == HeldState.Releasing || (row.State == HeldState.Released && row.ExpiresAt > now));
        rows = Texts(rows, query);
        if (query.ReceivedFrom is { } from)
        {
            rows = rows.Where(row => row.ReceivedAt >= from);
        }

        if (query.ReceivedTo is { } to)
        {
            rows = rows.Where(row => row.ReceivedAt <= to);
        }

        if (query.ExpiresBefore is { } expires)
        {
            rows = rows.Where(row => row.ExpiresAt <= expires);
        }

        if (query.Reasons.Count > 0)
        {
            rows = rows.Where(row => query.Reasons.Contains(row.Reason));
        }

        if (query.PolicyTypes.Count > 0)
        {
            rows = rows.Where(row => query.PolicyTypes.Contains(row.PolicyType));
        }

        if (query.Statuses.Count > 0)
        {
            rows = rows.Where(row => query.Statuses.Contains(row.Status));
        }

        if (query.OnlyBlockedSenders)
        {
            rows = rows.Where(row => row.OverrideReason == QuarantineWords.BlockedSender);
        }

        return only is null ? rows : rows.Where(row => only.Contains(row.MessageId + " " + row.Recipient));
    }

    public static IQueryable<HeldRow> Sorted(IQueryable<HeldRow> rows, QuarantineQuery query)
    {
        var sorted = (query.Order, query.IsAscending) switch
        {
            (QuarantineOrder.Subject, true) => rows.OrderBy(row => row.Subject),
            (QuarantineOrder.Subject, false) => rows.OrderByDescending(row => row.Subject),
            (QuarantineOrder.Sender, true) => rows.OrderBy(row => row.Sender),
            (QuarantineOrder.Sender, false) => rows.OrderByDescending(row => row.Sender),
            (QuarantineOrder.Recipient, true) => rows.OrderBy(row => row.Recipient),
            (QuarantineOrder.Recipient, false) => rows.OrderByDescending(row => row.Recipient),
            (QuarantineOrder.Reason, true) => rows.OrderBy(row => row.Reason),
            (QuarantineOrder.Reason, false) => rows.OrderByDescending(row => row.Reason),
            (QuarantineOrder.Status, true) => rows.OrderBy(row => row.Status),
            (QuarantineOrder.Status, false) => rows.OrderByDescending(row => row.Status),
            (QuarantineOrder.Expires, true) => rows.OrderBy(row => row.ExpiresAt),
            (QuarantineOrder.Expires, false) => rows.OrderByDescending(row => row.ExpiresAt),
            (QuarantineOrder.Size, true) => rows.OrderBy(row => row.Size),
            (QuarantineOrder.Size, false) => rows.OrderByDescending(row => row.Size),
            (_, true) => rows.OrderBy(row => row.ReceivedAt),
            _ => rows.OrderByDescending(row => row.ReceivedAt),
        };
        return sorted.ThenBy(row => row.MessageId).ThenBy(row => row.Recipient);
    }

    private static IQueryable<HeldRow> Texts(IQueryable<HeldRow> rows, QuarantineQuery query)
    {
        if (Pattern(query.Find) is { } find)
        {
            rows = rows.Where(row => EF.Functions.Like(row.Subject, find, Escape) || EF.Functions.Like(row.Sender, find, Escape) || EF.Functions.Like(row.SenderName, find, Escape)
                || EF.Functions.Like(row.Recipient, find, Escape) || EF.Functions.Like(row.InternetMessageId, find, Escape) || EF.Functions.Like(row.MessageId, find, Escape));
        }

        if (Pattern(query.MessageId) is { } message)
        {
            rows = rows.Where(row => EF.Functions.Like(row.InternetMessageId, message, Escape) || EF.Functions.Like(row.MessageId, message, Escape));
        }

        if (Pattern(query.Sender) is { } sender)
        {
            rows = rows.Where(row => EF.Functions.Like(row.Sender, sender, Escape) || EF.Functions.Like(row.SenderName, sender, Escape));
        }

        if (Pattern(query.Recipient) is { } recipient)
        {
            rows = rows.Where(row => EF.Functions.Like(row.Recipient, recipient, Escape));
        }

        if (Pattern(query.Subject) is { } subject)
        {
            rows = rows.Where(row => EF.Functions.Like(row.Subject, subject, Escape));
        }

        if (query.Tag.Length > 0)
        {
            var tag = "\n" + query.Tag + "\n";
            rows = rows.Where(row => row.Tags.Contains(tag));
        }

        return rows;
    }

    /// <summary>A pattern of LIKE; nothing when the text is empty.</summary>
    private static string? Pattern(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return null;
        }

        var escaped = trimmed.Replace(Escape, Escape + Escape, StringComparison.Ordinal).Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal);
        return escaped.Contains('*', StringComparison.Ordinal) ? escaped.Replace('*', '%') : $"%{escaped}%";
    }
}

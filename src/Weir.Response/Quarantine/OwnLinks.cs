using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Weir.Intelligence.Contracts;
using Weir.Kernel;
using Weir.Response.Contracts;
using Weir.Response.OwnMail;
using Weir.Storage.Contracts;

namespace Weir.Response.Quarantine;

/// <summary>
/// Links in Weir's mail to a recipient's own quarantine: signed, good until they expire, once, and bound to the recipient and to the Message-ID of the mail
/// that they stand in.
/// </summary>
internal sealed class OwnLinks(ISignedText signed, WrittenMail written, IDbContextFactory<WeirDbContext> databases, TimeProvider time)
{
    public const string Path = "/quarantine/mine";
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(7);

    private const string Purpose = "own-quarantine/1";

    /// <summary>The address of a link.</summary>
    /// <param name="mailKey">The key of the mail in which it stands.</param>
    /// <param name="message">The message that it leads to; nothing for all of them.</param>
    public string Of(string recipient, string mailKey, NetworkMessageId? message = null) =>
        $"{written.PortalUrl}{Path}?link={signed.Seal(Purpose, string.Join('\n', recipient.ToLowerInvariant(), written.MessageIdOf(mailKey), message?.ToString() ?? ""), time.GetUtcNow() + ValidFor)}";

    public OwnLink Read(string link)
    {
        var opened = signed.Open(Purpose, link);
        return opened.Text?.Split('\n') is [{ Length: > 0 } recipient, _, var message]
            ? new OwnLink(recipient, NetworkMessageId.TryParse(message, out var id) ? new HeldKey(id, recipient) : null, opened.IsExpired)
            : new OwnLink("", null, IsExpired: false);
    }

    /// <summary>True for the first who uses it.</summary>
    public async Task<bool> UseAsync(string link, CancellationToken cancellationToken)
    {
        var row = new UsedLinkRow { Link = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(link))), Until = UntilOf(link) };
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Set<UsedLinkRow>().AnyAsync(used => used.Link == row.Link, cancellationToken))
        {
            return false;
        }

        database.Add(row);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            // Somebody else at the same moment.
            return false;
        }
    }

    /// <summary>As long as it could be used: forgotten earlier, it could be used again.</summary>
    private static DateTimeOffset UntilOf(string link) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(link.Split('.')[0], CultureInfo.InvariantCulture)).AddDays(1); // it was opened before, so it begins with its time
}

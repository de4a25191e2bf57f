using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Weir.Gateway.Delivery.Dovecot;

/// <summary>Dovecot put a delivered message into a folder.</summary>
/// <param name="Session">The delivery session, the same as in the reply that Postfix logs.</param>
internal sealed record DovecotSaved(string User, string Session, string Folder, string MessageId)
{
    /// <summary>Reads a line of the spool that <c>weir-delivery.lua</c> writes. Nothing for what is no delivery (people move mail too) or no such line.</summary>
    public static DovecotSaved? FromSpool(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, DovecotJson.Default.SpoolLine) is { Event: "MessageNew", Service: "lmtp" or "lda", User.Length: > 0 } told
                ? new DovecotSaved(told.User, told.Session ?? "", told.Mailbox ?? "", told.MessageId ?? "")
                : null;
        }
        catch (JsonException)
        {
            // A line cut by a full disk: the delivery is then recorded without its folder.
            return null;
        }
    }

    /// <summary>Reads a line of Dovecot's log: <c>lmtp(USER)&lt;PID&gt;&lt;SESSION&gt;: …</c> with what mail_log, Sieve or the delivery agent itself writes.</summary>
    public static DovecotSaved? FromLog(string line)
    {
        var match = DovecotLines.Saved().Match(line);
        return match.Success
            ? new DovecotSaved(match.Groups["user"].Value, match.Groups["session"].Value, match.Groups["folder"].Value, match.Groups["id"].Value)
            : null;
    }
}

/// <summary>A line of the spool.</summary>
internal sealed record SpoolLine
{
    public string Event { get; init; } = "";
    public string User { get; init; } = "";
    public string Service { get; init; } = "";
    public string? Session { get; init; }
    public string? Mailbox { get; init; }
    public string? MessageId { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SpoolLine))]
internal sealed partial class DovecotJson : JsonSerializerContext;

internal static partial class DovecotLines
{
    [GeneratedRegex(
        @"\b(?:lmtp|lda)\((?<user>[^)]+)\)<\d+><(?<session>[^>]*)>: (?:Info: )?(?:save: box=(?<folder>[^,]+), .*msgid=(?<id><[^>]*>|\S*?)(?:,|$)|(?:sieve: )?msgid=(?<id><[^>]*>|\S*): (?:fileinto action: )?(?:stored mail into mailbox '(?<folder>[^']+)'|saved mail to (?<folder>.+)$))",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    public static partial Regex Saved();
}

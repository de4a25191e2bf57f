using Weir.Mail.Contracts;

namespace Weir.Sample.Contracts;

/// <summary>Something that happens to the invented organisation. Events come in order of time.</summary>
public abstract record SampleEvent
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The story it belongs to (<c>A</c>, <c>B</c>, …); empty for everyday mail.</summary>
    public string Story { get; init; } = "";
}

/// <summary>A mail reaches the organisation's mail server, with what delivery does if Weir lets it through.</summary>
public sealed record SampleMail : SampleEvent
{
    /// <summary>Unique within a seed; clicks refer to it.</summary>
    public required string Key { get; init; }

    public required ReadOnlyMemory<byte> Raw { get; init; }
    public required Envelope Envelope { get; init; }
    public required IReadOnlyList<SampleDelivery> Deliveries { get; init; }
}

/// <summary>How delivery of one copy ends.</summary>
public enum SampleOutcome { Mailbox, External, Failed }

/// <summary>One copy of a mail at its end. Only done for envelope recipients that Weir decided to deliver.</summary>
public sealed record SampleDelivery
{
    /// <summary>The mailbox, or the outside address, reached.</summary>
    public required string Recipient { get; init; }

    /// <summary>The envelope recipient that led there.</summary>
    public required string OriginalRecipient { get; init; }

    public SampleOutcome Outcome { get; init; } = SampleOutcome.Mailbox;

    /// <summary>The person's own folder that a rule files it in; empty = Inbox (or Junk, when Weir says so).</summary>
    public string Folder { get; init; } = "";

    /// <summary>The distribution list it came through; empty when none.</summary>
    public string DistributionList { get; init; } = "";

    /// <summary>The mailbox that forwards, for copies that leave the house.</summary>
    public string ForwardedBy { get; init; } = "";

    /// <summary>The other server's reply, for failures.</summary>
    public string Reply { get; init; } = "";
}

/// <summary>Somebody, or a scanner, follows a link of a mail.</summary>
public sealed record SampleClick : SampleEvent
{
    public required string MailKey { get; init; }
    public required string Url { get; init; }
    public required string Account { get; init; }
    public required string IpAddress { get; init; }
    public string UserAgent { get; init; } = "";

    /// <summary><c>ClickAllowed</c>, <c>ClickBlocked</c>, <c>UrlScanInProgress</c>, <c>UrlErrorPage</c>.</summary>
    public required string ActionType { get; init; }

    public bool IsClickedThrough { get; init; }

    /// <summary>A click and the click-through after a block share it.</summary>
    public required string ClickId { get; init; }
}

/// <summary>The mail server refuses a recipient; Weir is never asked.</summary>
public sealed record SampleRefusal : SampleEvent
{
    public required string MailFrom { get; init; }
    public required string Recipient { get; init; }
    public required string Reply { get; init; }
    public string ClientIp { get; init; } = "";
    public string Helo { get; init; } = "";
}

/// <summary>A person moves a delivered mail in their own mailbox.</summary>
public sealed record SampleUserMove : SampleEvent
{
    public required string MailKey { get; init; }
    public required string Mailbox { get; init; }

    /// <summary><c>INBOX</c>, <c>Junk</c>, <c>Trash</c> or a folder of their own.</summary>
    public required string Folder { get; init; }
}

namespace Weir.Portal.Quarantine;

/// <summary>The further filters while they are typed.</summary>
internal sealed class FilterDraft
{
    public string Subject { get; set; } = "";
    public string Sender { get; set; } = "";
    public string Recipient { get; set; } = "";
    public string MessageId { get; set; } = "";
    public string Expires { get; set; } = "";
    public string Policy { get; set; } = "";
    public string Tag { get; set; } = "";
    public string Where { get; set; } = "";
    public bool Blocked { get; set; }

    public static FilterDraft Of(QuarantineView view) => new()
    {
        Subject = view.Subject,
        Sender = view.Sender,
        Recipient = view.Recipient,
        MessageId = view.MessageId,
        Expires = view.Expires,
        Policy = view.Policies.Count > 0 ? view.Policies[0] : "",
        Tag = view.Tag,
        Where = view.Where,
        Blocked = view.Blocked,
    };

    public QuarantineView On(QuarantineView view) => view with
    {
        Subject = Subject.Trim(),
        Sender = Sender.Trim(),
        Recipient = Recipient.Trim(),
        MessageId = MessageId.Trim(),
        Expires = Expires,
        Policies = Policy.Length > 0 ? [Policy] : [],
        Tag = Tag.Trim(),
        Where = Where.Trim(),
        Blocked = Blocked,
    };
}

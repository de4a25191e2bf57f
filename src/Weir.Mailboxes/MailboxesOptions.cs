using System.ComponentModel.DataAnnotations;
using Weir.Mailboxes.Connectors.Imap;
using Weir.Mailboxes.Connectors.Maildir;

namespace Weir.Mailboxes;

/// <summary>The section <c>mailboxes</c> of <c>weir.json</c>.</summary>
internal sealed record MailboxesOptions : IValidatableObject
{
    /// <summary>The first entry whose domains hold the address serves it; an entry with <c>*</c> serves what is left.</summary>
    public IReadOnlyList<ConnectorOptions> Connectors { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < Connectors.Count; i++)
        {
            var problem = Connectors[i].Problem();
            if (problem is not null)
            {
                yield return new ValidationResult($"mailboxes:connectors:{i}: {problem}");
            }
        }
    }
}

/// <summary>One mail store and the domains whose mailboxes are in it.</summary>
internal sealed record ConnectorOptions
{
    /// <summary>Domains in any case; <c>*</c> stands for every domain that no other entry names.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Set for a Maildir store.</summary>
    public MaildirOptions? Maildir { get; init; }

    /// <summary>Set for an IMAP server.</summary>
    public ImapOptions? Imap { get; init; }

    public string? Problem()
    {
        if (Domains.Count == 0)
        {
            return "name the domains whose mailboxes it holds, or \"*\" for all.";
        }

        return (Maildir, Imap) switch
        {
            (null, null) or (not null, not null) => "needs either \"maildir\" or \"imap\".",
            ({ } maildir, _) => maildir.Problem(),
            (_, { } imap) => imap.Problem(),
        };
    }
}

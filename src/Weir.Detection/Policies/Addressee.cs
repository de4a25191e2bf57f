using Weir.Directory.Contracts;

namespace Weir.Detection.Policies;

/// <summary>A recipient as policies know it.</summary>
/// <param name="Address">As in the envelope, in lower case.</param>
/// <param name="Mailbox">The address of the person's mailbox when this is one of their others; else the same.</param>
internal readonly record struct Addressee(string Address, string Mailbox)
{
    public string Domain => Address[(Address.LastIndexOf('@') + 1)..];

    public static Addressee Of(string recipient, IOrganisation organisation)
    {
        var address = recipient.Trim().Trim('<', '>').ToLowerInvariant();
        return new Addressee(address, organisation.Find(address)?.Address.ToLowerInvariant() ?? address);
    }
}

using Microsoft.EntityFrameworkCore;
using Weir.Mailboxes.Sending;
using Weir.Storage.Contracts;

namespace Weir.Mailboxes;

/// <summary>Tables <c>mailboxes_…</c>.</summary>
internal sealed class MailboxesModel : IModelPart
{
    public void Configure(ModelBuilder model) => model.Entity<OutgoingRow>(outgoing =>
    {
        outgoing.ToTable("mailboxes_outgoing");
        outgoing.HasKey(row => row.Key);
        outgoing.HasIndex(row => row.CreatedAt);
        outgoing.HasIndex(row => row.State);
        outgoing.Property(row => row.State).HasConversion<string>();
    });
}

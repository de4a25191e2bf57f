using Microsoft.EntityFrameworkCore;
using Weir.Response.AfterDelivery;
using Weir.Response.Alerts;
using Weir.Response.Remediations;
using Weir.Storage.Contracts;

namespace Weir.Response;

/// <summary>Tables <c>response_…</c>.</summary>
internal sealed class ResponseModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<RemediationRow>(remediation =>
        {
            remediation.ToTable("response_remediation");
            remediation.HasKey(row => row.ApprovalId);
            remediation.HasIndex(row => row.CreatedAt);
            remediation.HasIndex(row => row.Status);
            remediation.Property(row => row.Status).HasConversion<string>();
            remediation.Property(row => row.Destination).HasConversion<string>();
        });
        model.Entity<EntryRow>(entry =>
        {
            entry.ToTable("response_entry");
            entry.HasKey(row => new { row.ApprovalId, row.Ordinal });
            // What other actions did to the same copy is looked up for each that is shown.
            entry.HasIndex(row => new { row.MessageId, row.Recipient });
            entry.Property(row => row.Kind).HasConversion<string>();
            entry.Property(row => row.State).HasConversion<string>();
            entry.Property(row => row.To).HasConversion<string>();
            entry.Property(row => row.FromPlace).HasConversion<string>();
            entry.Property(row => row.Outcome).HasConversion<string>();
        });
        model.Entity<AlertRow>(alert =>
        {
            alert.ToTable("response_alert");
            alert.HasKey(row => row.Key);
            alert.HasIndex(row => row.At);
        });
        model.Entity<SettingRow>(setting =>
        {
            setting.ToTable("response_setting");
            setting.HasKey(row => row.Name);
        });
        model.Entity<CursorRow>(cursor =>
        {
            cursor.ToTable("response_cursor");
            cursor.HasKey(row => row.Reader);
        });
        model.Entity<PartlyJunkRow>(junk =>
        {
            junk.ToTable("response_partly_junk");
            junk.HasKey(row => new { row.MessageId, row.Recipient });
            junk.HasIndex(row => row.ReceivedAt);
        });
    }
}

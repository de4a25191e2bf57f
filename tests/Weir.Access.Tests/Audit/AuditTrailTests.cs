using Microsoft.EntityFrameworkCore;
using Weir.Access.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Access.Tests.Audit;

public sealed class AuditTrailTests
{
    private static readonly Caller Auditor = new("a", "Auditor", new HashSet<Permission> { Permission.AuditRead });

    [Fact]
    public async Task Entries_come_back_newest_first_and_the_chain_is_whole()
    {
        await using var host = await TestHost.StartAsync(services => services.AddAccess());
        var audit = host.Get<IAuditTrail>();
        for (var i = 1; i <= 5; i++)
        {
            await audit.RecordAsync(Auditor, new AuditEntry("Test", $"{i}", "Success"), TestContext.Current.CancellationToken);
        }

        var page = await audit.ReadAsync(Auditor, 2, before: 4, TestContext.Current.CancellationToken);

        Assert.Equal(["3", "2"], page.Select(record => record.Entry.Target!));
        Assert.Null(await audit.VerifyAsync(Auditor, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("UPDATE access_audit SET Result = 'Success' WHERE Id = 3", 3)]
    [InlineData("DELETE FROM access_audit WHERE Id = 3", 4)]
    public async Task A_changed_or_missing_entry_is_found(string tampering, long broken)
    {
        await using var host = await TestHost.StartAsync(services => services.AddAccess());
        var audit = host.Get<IAuditTrail>();
        for (var i = 1; i <= 5; i++)
        {
            await audit.RecordAsync(Auditor, new AuditEntry("Test", $"{i}", "Denied"), TestContext.Current.CancellationToken);
        }

        await using var database = await host.Get<IDbContextFactory<WeirDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        await database.Database.ExecuteSqlRawAsync(tampering, TestContext.Current.CancellationToken);

        Assert.Equal(broken, await audit.VerifyAsync(Auditor, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_a_stranger_sends_is_kept_in_part()
    {
        await using var host = await TestHost.StartAsync(services => services.AddAccess());
        var audit = host.Get<IAuditTrail>();
        var name = "a\0" + new string('x', 1_000_000);

        await audit.RecordAsync(new Caller("unknown", name, new HashSet<Permission>()), new AuditEntry("SignIn", name, "Denied", name), TestContext.Current.CancellationToken);

        var record = Assert.Single(await audit.ReadAsync(Auditor, 10, before: null, TestContext.Current.CancellationToken));
        Assert.Equal((401, 401, 4_001), (record.CallerName.Length, record.Entry.Target!.Length, record.Entry.Detail!.Length));
        Assert.Null(await audit.VerifyAsync(Auditor, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Reading_needs_the_permission()
    {
        await using var host = await TestHost.StartAsync(services => services.AddAccess());
        var reader = new Caller("r", "Reader", Roles.PermissionsOf([Roles.SecurityReader]));

        await Assert.ThrowsAsync<AccessDeniedException>(async () => await host.Get<IAuditTrail>().ReadAsync(reader, 1, null, TestContext.Current.CancellationToken));
    }
}

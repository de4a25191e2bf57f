using Microsoft.Extensions.DependencyInjection;
using Weir.Access;
using Weir.Access.Contracts;
using Weir.Events;
using Weir.Intelligence.Contracts;

namespace Weir.Intelligence.Tests.Support;

/// <summary>The list with its database, and somebody who may change it.</summary>
internal static class World
{
    public static Caller Chief { get; } = new("account:chief", "chief", new HashSet<Permission> { Permission.SecuritySettingsRead, Permission.DetectionTuningManage, Permission.AuditRead, Permission.EmailMetadataRead });

    public static Caller Reader { get; } = new("account:reader", "reader", new HashSet<Permission> { Permission.SecuritySettingsRead });

    public static Task<TestHost> StartAsync(string? path = null) =>
        TestHost.StartAsync(services => services.AddAccess().AddEvents().AddIntelligence().AddSingleton<IKnownDomains, Known>(), path);

    /// <summary>Saves an entry, cautions or not.</summary>
    public static async Task<ListedEntry> SavedAsync(this TestHost host, EntryDraft draft)
    {
        var check = await host.Get<IAllowBlockEntries>().SaveAsync(Chief, null, draft, isConfirmed: true, TestContext.Current.CancellationToken);
        Assert.Null(check.Problem);
        return check.Saved!;
    }

    public static IReadOnlyList<AllowBlockEntry> Find(this TestHost host, MailTraits message, DateTimeOffset? at = null) =>
        host.Get<IAllowBlockList>().Find(message, at ?? host.Clock.GetUtcNow());

    private sealed class Known : IKnownDomains
    {
        public bool IsOwn(string domain) => domain == "weir.example" || domain.EndsWith(".weir.example", StringComparison.Ordinal);

        public string? UsedByMany(string domain) => domain == "gmail.com" ? "a mail service where anybody gets an address" : null;
    }
}

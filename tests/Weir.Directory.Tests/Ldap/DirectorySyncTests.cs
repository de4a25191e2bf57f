using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Weir.Access;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Directory.Ldap;

namespace Weir.Directory.Tests.Ldap;

public sealed class DirectorySyncTests
{
    private static readonly Caller Administrator = new("test", "Test", new HashSet<Permission> { Permission.SecuritySettingsManage, Permission.SecuritySettingsRead });

    private readonly Server _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_joiner_is_known_and_has_the_tags_of_her_group_after_the_next_reading()
    {
        await using var host = await StartAsync();
        await host.Get<IUserTags>().SaveAsync(Administrator, new UserTag { Name = "Admins", Rule = TagRule.Nobody with { Lists = ["admins"] } }, Token);
        _server.People.Add(LdapReadingTests.Entry("uid=joiner", ("mail", ["joiner@corp.example"])));
        _server.Groups[0] = LdapReadingTests.Entry("cn=admins", ("cn", ["Admins"]), ("member", ["uid=joiner"]));

        var result = await SyncAsync(host);

        Assert.Equal(["joiner@corp.example"], result.Joined);
        Assert.Equal(["Admins"], host.Get<IDirectory>().Current.Find("joiner@corp.example")!.Tags);
    }

    [Fact]
    public async Task Domains_stay_when_people_and_lists_are_replaced()
    {
        await using var host = await StartAsync();
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(host.Directory.Path, "csv")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "domains.csv"), "domain\ncorp.example\n", Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "people.csv"), "address\nperson0@corp.example\nleaver@corp.example\n", Token);
        await host.Get<IDirectory>().ImportCsvAsync(Administrator, folder, Token);

        var result = await SyncAsync(host);

        Assert.Equal(["leaver@corp.example"], result.Left);
        Assert.Equal((20, true), (host.Get<IDirectory>().Current.People.Count, host.Get<IDirectory>().Current.IsOwnDomain("corp.example")));
    }

    [Fact]
    public async Task A_reading_that_lost_many_changes_nothing_unless_forced()
    {
        await using var host = await StartAsync();
        _server.People.RemoveRange(0, 6);

        var refused = await SyncAsync(host);
        Assert.Equal("6 of 20 people would be gone. If that is right, run weir directory sync --force; else correct the filter or baseDn.", refused.Problem);
        Assert.Equal(20, host.Get<IDirectory>().Current.People.Count);

        Assert.Equal("", (await SyncAsync(host, isForced: true)).Problem);
        Assert.Equal(14, host.Get<IDirectory>().Current.People.Count);
    }

    [Fact]
    public async Task A_trial_says_what_would_change_and_changes_nothing()
    {
        await using var host = await StartAsync();
        _server.People.Add(LdapReadingTests.Entry("uid=joiner", ("mail", ["joiner@corp.example"])));

        Assert.Equal(["joiner@corp.example"], (await SyncAsync(host, isTrial: true)).Joined);

        Assert.Null(host.Get<IDirectory>().Current.Find("joiner@corp.example"));
    }

    [Fact]
    public async Task A_server_that_is_down_changes_nothing_and_the_reason_is_told()
    {
        await using var host = await StartAsync();
        _server.Failure = new LdapFailedException("it is not reached");

        Assert.Equal("it is not reached", (await SyncAsync(host)).Problem);
        Assert.Equal(20, host.Get<IDirectory>().Current.People.Count);
    }

    [Fact]
    public async Task It_needs_the_right_to_change_settings_and_a_server()
    {
        await using var host = await StartAsync();
        var reader = new Caller("r", "Reader", new HashSet<Permission> { Permission.SecuritySettingsRead });
        await Assert.ThrowsAsync<AccessDeniedException>(() => host.Get<IDirectorySync>().SyncAsync(reader, isForced: false, isTrial: true, Token).AsTask());

        await using var without = await TestHost.StartAsync(services => services.AddAccess().AddDirectory());
        Assert.StartsWith("No directory server is configured", (await SyncAsync(without)).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ldap://directory.example", "dc=x", "", "", "for this machine only")]
    [InlineData("directory.example", "dc=x", "", "", "must be ldaps://")]
    [InlineData("ldaps://directory.example", "", "", "", "baseDn")]
    [InlineData("ldaps://directory.example", "dc=x", "cn=reader", "", "password")]
    public void Settings_that_cannot_work_or_would_give_the_password_away_are_refused(string server, string baseDn, string bindDn, string password, string said) =>
        Assert.Contains(said, new LdapOptions { Server = server, BaseDn = baseDn, BindDn = bindDn, Password = password }.Problem(), StringComparison.Ordinal);

    [Theory]
    [InlineData("ldaps://directory.example:6360")]
    [InlineData("ldap://127.0.0.1")]
    [InlineData("ldap://localhost:3890")]
    public void Settings_that_can_work_are_accepted(string server) => Assert.Null(new LdapOptions { Server = server, BaseDn = "dc=x" }.Problem());

    private static async Task<DirectorySyncResult> SyncAsync(TestHost host, bool isForced = false, bool isTrial = false) =>
        await host.Get<IDirectorySync>().SyncAsync(Administrator, isForced, isTrial, Token);

    private async Task<TestHost> StartAsync()
    {
        _server.People.AddRange(Enumerable.Range(0, 20).Select(number => LdapReadingTests.Entry($"uid={number}", ("mail", [$"person{number}@corp.example"]))));
        _server.Groups.Add(LdapReadingTests.Entry("cn=admins", ("cn", ["Admins"]), ("member", ["uid=0"])));
        var host = await TestHost.StartAsync(services => services.AddAccess().AddDirectory()
            .AddSingleton<ILdapServer>(_server)
            .AddSingleton(Options.Create(new DirectoryOptions { Ldap = new LdapOptions { Server = "ldap://127.0.0.1", BaseDn = "dc=x" } })));
        Assert.Equal("", (await SyncAsync(host)).Problem);
        return host;
    }

    /// <summary>A directory server in memory; the filters tell people from groups.</summary>
    private sealed class Server : ILdapServer
    {
        public List<LdapEntry> People { get; } = [];
        public List<LdapEntry> Groups { get; } = [];
        public LdapFailedException? Failure { get; set; }

        public Task<IReadOnlyList<LdapEntry>> SearchAsync(string filter, IReadOnlyList<string> attributes, CancellationToken cancellationToken) =>
            Failure is { } failure ? Task.FromException<IReadOnlyList<LdapEntry>>(failure) : Task.FromResult<IReadOnlyList<LdapEntry>>([.. filter.Contains("person", StringComparison.Ordinal) ? People : Groups]);
    }
}

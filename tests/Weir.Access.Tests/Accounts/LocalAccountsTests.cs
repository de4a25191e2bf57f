using Weir.Access.Contracts;

namespace Weir.Access.Tests.Accounts;

public sealed class LocalAccountsTests
{
    private const string Password = "correct horse battery";
    private static readonly Caller Administrator = new("test", "Test", new HashSet<Permission> { Permission.AccountsManage, Permission.AuditRead });

    [Fact]
    public async Task The_first_administrator_needs_the_secret_and_uses_it_up()
    {
        await using var host = await StartAsync();
        var accounts = host.Get<IAccounts>();
        var secret = await AccessModule.FirstAdministratorSecretAsync(host.Services, TestContext.Current.CancellationToken);

        Assert.NotEmpty(await accounts.CreateFirstAdministratorAsync("wrong", "ada", Password, TestContext.Current.CancellationToken));
        Assert.Empty(await accounts.CreateFirstAdministratorAsync(secret!, "ada", Password, TestContext.Current.CancellationToken));
        Assert.NotEmpty(await accounts.CreateFirstAdministratorAsync(secret!, "eve", Password, TestContext.Current.CancellationToken));

        Assert.Null(await AccessModule.FirstAdministratorSecretAsync(host.Services, TestContext.Current.CancellationToken));
        var (outcome, account) = await accounts.CheckPasswordAsync("ada", Password, "192.0.2.1", TestContext.Current.CancellationToken);
        Assert.Equal(SignInOutcome.Success, outcome);
        Assert.Equal([Roles.GlobalAdministrator], account!.Roles);
    }

    [Fact]
    public async Task Setup_stays_open_while_no_account_is_an_administrator()
    {
        await using var host = await StartAsync();
        var accounts = host.Get<IAccounts>();
        Assert.False(await accounts.HasAnyAsync(TestContext.Current.CancellationToken));
        await accounts.CreateAsync(Administrator, "ina", "Ina", Password, [Roles.DataInvestigator], TestContext.Current.CancellationToken);

        Assert.True(await accounts.HasAnyAsync(TestContext.Current.CancellationToken));
        var secret = await AccessModule.FirstAdministratorSecretAsync(host.Services, TestContext.Current.CancellationToken);
        Assert.Empty(await accounts.CreateFirstAdministratorAsync(secret!, "ada", Password, TestContext.Current.CancellationToken));

        Assert.False(await accounts.NeedsFirstAdministratorAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Eight_wrong_passwords_lock_the_account_for_a_while()
    {
        await using var host = await StartAsync();
        var accounts = host.Get<IAccounts>();
        await accounts.CreateAsync(Administrator, "ada", "Ada", Password, [Roles.SecurityReader], TestContext.Current.CancellationToken);

        for (var i = 0; i < 8; i++)
        {
            await accounts.CheckPasswordAsync("ada", "wrong", null, TestContext.Current.CancellationToken);
        }

        Assert.Equal(SignInOutcome.LockedOut, (await accounts.CheckPasswordAsync("ada", Password, null, TestContext.Current.CancellationToken)).Outcome);
    }

    [Fact]
    public async Task A_change_of_roles_changes_the_caller()
    {
        await using var host = await StartAsync();
        var accounts = host.Get<IAccounts>();
        await accounts.CreateAsync(Administrator, "ada", "Ada", Password, [Roles.SecurityReader], TestContext.Current.CancellationToken);
        var (_, account) = await accounts.CheckPasswordAsync("ada", Password, null, TestContext.Current.CancellationToken);

        Assert.False((await accounts.CallerOfAsync(account!.Id, account.Session, TestContext.Current.CancellationToken))!.Has(Permission.EmailContentRead));
        await accounts.SetRolesAsync(Administrator, account.Id, [Roles.DataInvestigator], TestContext.Current.CancellationToken);

        Assert.True((await accounts.CallerOfAsync(account.Id, account.Session, TestContext.Current.CancellationToken))!.Has(Permission.EmailContentRead));
    }

    [Fact]
    public async Task Signing_out_ends_that_session_and_no_other()
    {
        await using var host = await StartAsync();
        var accounts = host.Get<IAccounts>();
        await accounts.CreateAsync(Administrator, "ada", "Ada", Password, [Roles.SecurityReader], TestContext.Current.CancellationToken);
        await accounts.CreateAsync(Administrator, "eve", "Eve", Password, [Roles.SecurityReader], TestContext.Current.CancellationToken);
        var (_, here) = await accounts.CheckPasswordAsync("ada", Password, null, TestContext.Current.CancellationToken);
        var (_, there) = await accounts.CheckPasswordAsync("ada", Password, null, TestContext.Current.CancellationToken);
        var (_, stranger) = await accounts.CheckPasswordAsync("eve", Password, null, TestContext.Current.CancellationToken);
        Assert.Null(await accounts.CallerOfAsync(stranger!.Id, here!.Session, TestContext.Current.CancellationToken));
        var eve = await accounts.CallerOfAsync(stranger.Id, stranger.Session, TestContext.Current.CancellationToken);
        var ada = await accounts.CallerOfAsync(here.Id, here.Session, TestContext.Current.CancellationToken);

        await accounts.EndSessionAsync(eve!, here.Session, TestContext.Current.CancellationToken);
        Assert.NotNull(await accounts.CallerOfAsync(here.Id, here.Session, TestContext.Current.CancellationToken));
        await accounts.EndSessionAsync(ada!, here.Session, TestContext.Current.CancellationToken);

        Assert.Null(await accounts.CallerOfAsync(here.Id, here.Session, TestContext.Current.CancellationToken));
        Assert.NotNull(await accounts.CallerOfAsync(there!.Id, there.Session, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_of_the_old_one()
    {
        await using var host = await StartAsync();
        var accounts = host.Get<IAccounts>();
        await accounts.CreateAsync(Administrator, "ada", "Ada", Password, [Roles.SecurityReader], TestContext.Current.CancellationToken);
        var before = Assert.Single(await accounts.ListAsync(Administrator, TestContext.Current.CancellationToken));

        Assert.NotEmpty(await accounts.SetPasswordAsync(Administrator, before.Id, "short", TestContext.Current.CancellationToken));
        Assert.Equal(SignInOutcome.Success, (await accounts.CheckPasswordAsync("ada", Password, null, TestContext.Current.CancellationToken)).Outcome);
        Assert.Empty(await accounts.SetPasswordAsync(Administrator, before.Id, "another horse battery", TestContext.Current.CancellationToken));

        Assert.Null(await accounts.CallerOfAsync(before.Id, before.Session, TestContext.Current.CancellationToken));
        Assert.Equal(SignInOutcome.WrongNameOrPassword, (await accounts.CheckPasswordAsync("ada", Password, null, TestContext.Current.CancellationToken)).Outcome);
        var (outcome, after) = await accounts.CheckPasswordAsync("ada", "another horse battery", null, TestContext.Current.CancellationToken);
        Assert.Equal(SignInOutcome.Success, outcome);
        Assert.NotNull(await accounts.CallerOfAsync(after!.Id, after.Session, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_disabled_account_is_out_until_it_signs_in_after_being_enabled()
    {
        await using var host = await StartAsync();
        var accounts = host.Get<IAccounts>();
        await accounts.CreateAsync(Administrator, "ada", "Ada", Password, [Roles.SecurityReader], TestContext.Current.CancellationToken);
        var account = Assert.Single(await accounts.ListAsync(Administrator, TestContext.Current.CancellationToken));

        await accounts.SetDisabledAsync(Administrator, account.Id, isDisabled: true, TestContext.Current.CancellationToken);
        Assert.Null(await accounts.CallerOfAsync(account.Id, account.Session, TestContext.Current.CancellationToken));
        Assert.Equal(SignInOutcome.Disabled, (await accounts.CheckPasswordAsync("ada", Password, null, TestContext.Current.CancellationToken)).Outcome);

        await accounts.SetDisabledAsync(Administrator, account.Id, isDisabled: false, TestContext.Current.CancellationToken);
        Assert.Null(await accounts.CallerOfAsync(account.Id, account.Session, TestContext.Current.CancellationToken));
        Assert.Equal(SignInOutcome.Success, (await accounts.CheckPasswordAsync("ada", Password, null, TestContext.Current.CancellationToken)).Outcome);
        Assert.Equal(
            ["AccountCreated", "AccountDisabled", "SignIn", "AccountEnabled", "SignIn"],
            (await host.Get<IAuditTrail>().ReadAsync(Administrator, 10, null, TestContext.Current.CancellationToken)).Select(record => record.Entry.Operation).Reverse());
    }

    [Fact]
    public async Task There_is_a_secret_while_no_enabled_account_may_manage_accounts()
    {
        await using var host = await StartAsync();
        var accounts = host.Get<IAccounts>();
        await accounts.CreateAsync(Administrator, "rea", "Rea", Password, [Roles.SecurityReader], TestContext.Current.CancellationToken);
        var secret = await AccessModule.FirstAdministratorSecretAsync(host.Services, TestContext.Current.CancellationToken);
        Assert.Empty(await accounts.CreateFirstAdministratorAsync(secret!, "ada", Password, TestContext.Current.CancellationToken));
        Assert.Null(await AccessModule.FirstAdministratorSecretAsync(host.Services, TestContext.Current.CancellationToken));

        var ada = (await accounts.ListAsync(Administrator, TestContext.Current.CancellationToken)).Single(account => account.UserName == "ada");
        await accounts.SetDisabledAsync(Administrator, ada.Id, isDisabled: true, TestContext.Current.CancellationToken);

        Assert.NotEqual(secret, await AccessModule.FirstAdministratorSecretAsync(host.Services, TestContext.Current.CancellationToken));
        Assert.True(await accounts.NeedsFirstAdministratorAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_role_that_is_not_there_is_answered_with_the_nearest_and_all()
    {
        await using var host = await StartAsync();

        var problem = Assert.Single(await host.Get<IAccounts>().CreateAsync(Administrator, "ada", "Ada", Password, ["security readr"], TestContext.Current.CancellationToken));

        Assert.StartsWith("There is no role 'security readr'; did you mean 'Security Reader'? The roles are: Global Administrator, ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_permission_nobody_manages_accounts()
    {
        await using var host = await StartAsync();
        var reader = new Caller("r", "Reader", Roles.PermissionsOf([Roles.SecurityReader]));

        await Assert.ThrowsAsync<AccessDeniedException>(async () =>
            await host.Get<IAccounts>().CreateAsync(reader, "eve", "Eve", Password, [], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("short", Roles.SecurityReader)]
    [InlineData(Password, "Emperor")]
    public async Task A_weak_password_or_an_unknown_role_is_refused_with_a_reason(string password, string role)
    {
        await using var host = await StartAsync();

        Assert.NotEmpty(await host.Get<IAccounts>().CreateAsync(Administrator, "ada", "Ada", password, [role], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_sign_in_is_in_the_audit_trail()
    {
        await using var host = await StartAsync();
        await host.Get<IAccounts>().CheckPasswordAsync("nobody", "x", "192.0.2.1", TestContext.Current.CancellationToken);

        var entry = Assert.Single(await host.Get<IAuditTrail>().ReadAsync(Administrator, 10, null, TestContext.Current.CancellationToken));
        Assert.Equal(("SignIn", "Denied", "192.0.2.1"), (entry.Entry.Operation, entry.Entry.Result, entry.Address));
    }

    private static Task<TestHost> StartAsync() => TestHost.StartAsync(services => services.AddAccess());
}

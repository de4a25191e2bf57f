using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Weir.Access.Contracts;
using Weir.Server.Local;

namespace Weir.Server.Commands;

/// <summary><c>weir account</c>: lists, makes and changes local accounts; passwords come from standard input, never from the command line.</summary>
internal sealed class AccountCommand : ICliCommand
{
    private static readonly string RoleNames = string.Join(", ", Roles.BuiltIn.Keys);

    private readonly Option<DirectoryInfo> _data = DataOption.Create();
    private readonly Argument<string> _name = new("NAME") { Description = "The user name." };
    private readonly Option<string[]> _roles = new("--role") { Description = $"A role, repeatable: {RoleNames}.", Required = true };
    private readonly Option<string> _display = new("--display-name") { Description = "The name shown; the user name when absent." };
    private readonly Option<bool> _json = new("--json") { Description = "As a JSON array." };

    public Command Build()
    {
        var add = new Command("add", "Creates an account; reads its password (at least 12 characters) as one line from standard input.") { _name, _roles, _display, _data };
        add.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(_name);
            var request = new AccountRequest(AccountDeed.Add, name, parsed.GetValue(_display) ?? name, await PasswordAsync(cancellationToken), parsed.GetRequiredValue(_roles));
            return await ChangeAsync(parsed, request, $"Account {name} was created: {string.Join(", ", parsed.GetRequiredValue(_roles))}.", cancellationToken);
        });
        var list = new Command("list", "Shows who may sign in.") { _json, _data };
        list.SetAction(ListAsync);
        var password = new Command("password", "Gives an account another password, as one line from standard input. Ends its sessions.") { _name, _data };
        password.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(_name);
            return await ChangeAsync(parsed, new AccountRequest(AccountDeed.Password, name, Password: await PasswordAsync(cancellationToken)), $"Account {name} has the new password; its sessions have ended.", cancellationToken);
        });
        var disable = new Command("disable", "Lets an account sign in no more. Ends its sessions.") { _name, _data };
        disable.SetAction((parsed, cancellationToken) =>
            ChangeAsync(parsed, new AccountRequest(AccountDeed.Disable, parsed.GetRequiredValue(_name)), $"Account {parsed.GetRequiredValue(_name)} is disabled; its sessions have ended.", cancellationToken));
        var enable = new Command("enable", "Lets a disabled account sign in again.") { _name, _data };
        enable.SetAction((parsed, cancellationToken) =>
            ChangeAsync(parsed, new AccountRequest(AccountDeed.Enable, parsed.GetRequiredValue(_name)), $"Account {parsed.GetRequiredValue(_name)} may sign in.", cancellationToken));
        var role = new Command("role", "Replaces an account's roles; in force within five seconds.") { _name, _roles, _data };
        role.SetAction((parsed, cancellationToken) => ChangeAsync(
            parsed, new AccountRequest(AccountDeed.Roles, parsed.GetRequiredValue(_name), Roles: parsed.GetRequiredValue(_roles)),
            $"Account {parsed.GetRequiredValue(_name)} is now: {string.Join(", ", parsed.GetRequiredValue(_roles))}.", cancellationToken));
        return new Command("account", "Who may sign in.") { add, list, password, disable, enable, role };
    }

    private async Task<int> ListAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (await AskAsync(parsed, new AccountRequest(AccountDeed.List), cancellationToken) is not { } answer)
        {
            return 2;
        }

        if (parsed.GetValue(_json))
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(answer.Accounts, LocalJson.Default.IReadOnlyListListedAccount));
            return 0;
        }

        var grid = new Grid().AddColumns(4).AddRow("NAME", "SIGN-IN", "ROLES", "DISPLAY NAME");
        foreach (var account in answer.Accounts)
        {
            grid.AddRow(new Text(account.Name), new Text(account.Disabled ? "disabled" : "allowed"), new Text(string.Join(", ", account.Roles)), new Text(account.DisplayName));
        }

        AnsiConsole.Write(grid);
        return 0;
    }

    private async Task<int> ChangeAsync(ParseResult parsed, AccountRequest request, string done, CancellationToken cancellationToken)
    {
        if (await AskAsync(parsed, request, cancellationToken) is not { } answer)
        {
            return 2;
        }

        foreach (var problem in answer.Problems)
        {
            await Console.Error.WriteLineAsync(problem);
        }

        if (answer.Problems.Count == 0)
        {
            await Console.Out.WriteLineAsync(done);
        }

        return answer.Problems.Count == 0 ? 0 : 1;
    }

    /// <summary>Nothing when it could not be asked; that was said then.</summary>
    private async Task<AccountAnswer?> AskAsync(ParseResult parsed, AccountRequest request, CancellationToken cancellationToken)
    {
        var directory = parsed.DirectoryOf(_data);
        try
        {
            return await HeldDirectory.DoAsync(
                directory,
                services => LocalAccount.DoAsync(services, Environment.UserName, request, cancellationToken),
                () => LocalAccount.AskAsync(directory, request, cancellationToken),
                cancellationToken);
        }
        catch (Exception exception) when (HeldDirectory.IsExplained(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return null;
        }
    }

    private static async Task<string> PasswordAsync(CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected)
        {
            return await new TextPrompt<string>("Password:").Secret(mask: null).ShowAsync(AnsiConsole.Console, cancellationToken);
        }

        return await Console.In.ReadLineAsync(cancellationToken) ?? "";
    }
}

using System.CommandLine;
using Weir.Access.Contracts;
using Weir.Server.Hosting;
using Weir.Storage.Contracts;

namespace Weir.Server.Commands;

/// <summary><c>weir account add</c>: a local account with roles; the password comes from standard input, never from the command line.</summary>
internal sealed class AccountCommand : ICliCommand
{
    public Command Build()
    {
        var name = new Argument<string>("name") { Description = "The user name." };
        var roles = new Option<string[]>("--role") { Description = $"A role, repeatable: {string.Join(", ", Roles.BuiltIn.Keys)}.", Required = true };
        var display = new Option<string>("--display-name") { Description = "The name shown; the user name when absent." };
        var data = new Option<DirectoryInfo>("--data") { Description = "The data directory.", Required = true };
        var add = new Command("add", "Creates an account; reads its password (at least 12 characters) as one line from standard input.") { name, roles, display, data };
        add.SetAction((result, cancellationToken) => AddAsync(
            result.GetRequiredValue(name), result.GetValue(display), result.GetRequiredValue(roles), result.GetRequiredValue(data), cancellationToken));
        return new Command("account", "Who may sign in.") { add };
    }

    private static async Task<int> AddAsync(string name, string? display, string[] roles, DirectoryInfo data, CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected)
        {
            await Console.Error.WriteAsync("Password: ");
        }

        var password = await Console.In.ReadLineAsync(cancellationToken) ?? "";
        try
        {
            await using var host = await ServerHost.CreateAsync(
                new ServerHostSettings { Directory = new DataDirectory(data.FullName), WithPortal = false, LogLevel = LogLevel.Warning },
                cancellationToken);
            var caller = new Caller($"local:{Environment.UserName}", Environment.UserName, new HashSet<Permission> { Permission.AccountsManage });
            var problems = await host.Services.GetRequiredService<IAccounts>().CreateAsync(caller, name, display ?? name, password, roles, cancellationToken);
            foreach (var problem in problems)
            {
                await Console.Error.WriteLineAsync(problem);
            }

            return problems.Count == 0 ? 0 : 1;
        }
        catch (Exception exception) when (exception is ConfigurationException or DataDirectoryInUseException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }
}

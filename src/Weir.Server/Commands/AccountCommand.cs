using System.CommandLine;
using Weir.Access.Contracts;
using Weir.Server.Local;
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

        var directory = new DataDirectory(data.FullName);
        var request = new AccountRequest(name, display ?? name, await Console.In.ReadLineAsync(cancellationToken) ?? "", roles);
        try
        {
            var answer = await HeldDirectory.DoAsync(
                directory,
                services => LocalAccount.AddAsync(services, Environment.UserName, request, cancellationToken),
                () => LocalAccount.AskAsync(directory, request, cancellationToken),
                cancellationToken);
            foreach (var problem in answer.Problems)
            {
                await Console.Error.WriteLineAsync(problem);
            }

            return answer.Problems.Count == 0 ? 0 : 1;
        }
        catch (Exception exception) when (HeldDirectory.IsExplained(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }
}

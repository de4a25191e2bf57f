using System.CommandLine;
using Weir.Kernel;
using Weir.Server.Commands;

var root = new RootCommand("Weir: e-mail threat investigation and response.");
foreach (var type in PartsRegistration.EveryImplementation<ICliCommand>(typeof(ICliCommand).Assembly))
{
    root.Subcommands.Add(((ICliCommand)Activator.CreateInstance(type)!).Build());
}

return await root.Parse(args).InvokeAsync().ConfigureAwait(false);

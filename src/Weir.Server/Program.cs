using System.CommandLine;
using Weir.Kernel;
using Weir.Server.Commands;

// MimeKit looks for code pages once, at its first use.
System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
var root = new RootCommand("Weir: e-mail threat investigation and response.");
foreach (var type in PartsRegistration.EveryImplementation<ICliCommand>(typeof(ICliCommand).Assembly))
{
    root.Subcommands.Add(((ICliCommand)Activator.CreateInstance(type)!).Build());
}

return await root.Parse(args).InvokeAsync().ConfigureAwait(false);

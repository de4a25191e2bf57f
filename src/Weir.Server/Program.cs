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

// What a command started is stopped in order; the two seconds of the library would leave a mail server of the lab behind.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) }).ConfigureAwait(false);

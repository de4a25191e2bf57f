using System.CommandLine;
using Weir.Kernel;
using Weir.Mail.Contracts;
using Weir.Server.Commands;
using Weir.Server.Hosting;

// MimeKit looks for code pages once, at its first use.
System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
if (args is [ThisProgram.Inspect, ..])
{
    // Before the command line is built: a child starts often and needs none of it.
    return InspectionChild.Run(args[1..], Console.OpenStandardInput(), Console.OpenStandardOutput());
}

var root = new RootCommand("Weir: e-mail threat investigation and response.");
foreach (var type in PartsRegistration.EveryImplementation<ICliCommand>(typeof(ICliCommand).Assembly))
{
    root.Subcommands.Add(((ICliCommand)Activator.CreateInstance(type)!).Build());
}

// What a command started is stopped in order; the two seconds of the library would leave a mail server of the lab behind.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) }).ConfigureAwait(false);

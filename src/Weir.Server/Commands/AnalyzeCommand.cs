using System.CommandLine;
using System.IO.Enumeration;
using Microsoft.Extensions.Options;
using Spectre.Console;
using Weir.Detection.Contracts;
using Weir.Mail;
using Weir.Mail.Contracts;
using Weir.Server.Analysis;

namespace Weir.Server.Commands;

/// <summary><c>weir analyze</c>: verdict and reasons for message files, on a terminal or as JSON. Needs no data directory.</summary>
internal sealed class AnalyzeCommand : ICliCommand
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "Message files (.eml, .msg).", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object for each file." };
    private readonly Option<string?> _jsonl = new("--jsonl") { Description = "Every .eml of this folder and below: exactly one JSON line each.", HelpName = "DIR" };
    private readonly Option<string?> _dns = new("--dns") { Description = "Answers DNS from a JSON zone; \"system\" asks the network. Without it nothing is looked up.", HelpName = "FILE" };
    private readonly Option<string?> _envelopes = new("--envelopes") { Description = "Envelopes and recorded authentication by file name (JSON).", HelpName = "FILE" };
    private readonly Option<string?> _model = new("--model") { Description = "Judges with this model of weir train; \"none\": with the rules alone.", HelpName = "FILE" };
    private readonly Option<string?> _yara = new("--yara") { Description = "YARA rules (*.yar) of this folder run over attachments.", HelpName = "DIR" };
    private readonly Option<string[]> _sealers = new("--trust-sealer") { Description = "Believes the ARC seals of this forwarder (d= of its seals; .example.org = all below). May be repeated; needs --dns.", HelpName = "DOMAIN" };

    public Command Build()
    {
        var command = new Command("analyze", "Judges message files and says why.") { _files, _json, _jsonl, _dns, _envelopes, _sealers, _yara, _model };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var files = parsed.GetValue(_files) ?? [];
        var folder = parsed.GetValue(_jsonl);
        if (files.Length == 0 && folder is null)
        {
            await Console.Error.WriteLineAsync("Name a file, or a folder with --jsonl.");
            return 2;
        }

        var sealers = parsed.GetValue(_sealers) ?? [];
        if (sealers.Length > 0 && parsed.GetValue(_dns) is null)
        {
            await Console.Error.WriteLineAsync("--trust-sealer needs --dns: a seal is checked with the key that its domain publishes.");
            return 2;
        }

        try
        {
            var envelopes = parsed.GetValue(_envelopes) is { } path
                ? await EnvelopeFile.ReadAsync(path, cancellationToken)
                : new Dictionary<string, KnownEnvelope>(StringComparer.Ordinal);
            await using var analyzer = new Analyzer(
                Authenticator(parsed.GetValue(_dns), sealers), envelopes, parsed.GetValue(_yara) is { } rules ? Path.GetFullPath(rules) : "", parsed.GetValue(_model) is { } model and not "none" ? Path.GetFullPath(model) : parsed.GetValue(_model) ?? "");
            if (folder is not null)
            {
                await FolderAsync(analyzer, folder, cancellationToken);
            }

            return await FilesAsync(analyzer, files, parsed.GetValue(_json), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task<int> FilesAsync(Analyzer analyzer, string[] files, bool isJson, CancellationToken cancellationToken)
    {
        var failed = false;
        foreach (var file in files)
        {
            var analyzed = await analyzer.AnalyzeAsync(file, file, cancellationToken, mayWait: true);
            failed |= analyzed.Judged is null;
            if (isJson)
            {
                await Console.Out.WriteLineAsync(AnalysisJson.Of(analyzed, indented: true));
            }
            else
            {
                AnalysisText.Write(AnsiConsole.Console, analyzed);
            }
        }

        return failed ? 1 : 0;
    }

    private static async Task FolderAsync(Analyzer analyzer, string folder, CancellationToken cancellationToken)
    {
        // Links to files are followed, links to folders would lead round in circles.
        var found = new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && entry.FileName.EndsWith(".eml", StringComparison.Ordinal),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        await using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16);
        using var gate = new SemaphoreSlim(1);
        await Parallel.ForEachAsync(found, cancellationToken, async (path, token) =>
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            var line = AnalysisJson.Of(await analyzer.AnalyzeAsync(path, name, token), indented: false);
            await gate.WaitAsync(token);
            try
            {
                await output.WriteLineAsync(line.AsMemory(), token);
            }
            finally
            {
                gate.Release();
            }
        });
    }

    private static IMailAuthenticator? Authenticator(string? dns, string[] sealers) => dns switch
    {
        null => null,
        "system" => MailModule.CreateAuthenticator(Dns.System(new DnsOptions()), TimeProvider.System, sealers),
        _ => MailModule.CreateAuthenticator(Dns.FromZoneFile(dns), TimeProvider.System, sealers),
    };
}

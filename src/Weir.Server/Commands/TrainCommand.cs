using System.CommandLine;
using System.Globalization;
using Weir.Detection;
using Weir.Detection.Contracts;
using Weir.Kernel;
using Weir.Mail.Contracts;
using Weir.Sample.Contracts;

namespace Weir.Server.Commands;

/// <summary><c>weir train</c>: learns a model from folders of labelled mail, and from mail that the sample invents. Needs no data directory.</summary>
internal sealed class TrainCommand : ICliCommand
{
    private readonly Argument<string> _output = new("FILE") { Description = "Where the model goes; name it in detection:model." };
    private readonly Option<string[]> _ham = Folder("--ham", "Wanted mail (.eml, also below). May be given several times; each folder is a source of its own.");
    private readonly Option<string[]> _spam = Folder("--spam", "Unwanted mail.");
    private readonly Option<string[]> _phish = Folder("--phish", "Mail that deceives.");
    private readonly Option<string?> _envelopes = new("--envelopes") { Description = "Envelopes and recorded authentication by file name (JSON), as for weir analyze.", HelpName = "FILE" };
    private readonly Option<int> _invented = new("--invented") { Description = "So many mails of the sample beside them: honest service mail with fraudulent twins, in nine languages.", HelpName = "N" };
    private readonly Option<int> _seed = new("--seed") { Description = "Of the invented mail.", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _name = new("--name") { Description = "What the model is called in evidence and record.", DefaultValueFactory = _ => "own model" };
    private readonly Option<bool> _addOnly = new("--add-only") { Description = "Learns signs of danger only, and leaves the weights of the rules as they are. For mail that did not really come so." };

    public Command Build()
    {
        var command = new Command("train", "Learns from labelled mail what the rules alone do not see.") { _output, _ham, _spam, _phish, _envelopes, _invented, _seed, _name, _addOnly };
        command.SetAction(RunAsync);
        return command;
    }

    private static Option<string[]> Folder(string name, string description) => new(name) { Description = description, HelpName = "DIR", DefaultValueFactory = _ => [] };

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var envelopes = parsed.GetValue(_envelopes) is { } path ? await EnvelopeFile.ReadAsync(path, cancellationToken) : new Dictionary<string, KnownEnvelope>(StringComparer.Ordinal);
            await using var services = new ServiceCollection()
                .AddDetectionAlone(configuration: new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("detection:model", (string?)"none")]).Build())
                .BuildServiceProvider();
            var trainer = services.GetRequiredService<IModelTrainer>();
            // Before hours of reading: what is learnt must have a place.
            await using (File.Create(parsed.GetValue(_output)! + ".new"))
            {
            }

            List<TrainingExample> examples = [];
            foreach (var (option, label) in new[] { (_ham, MailLabel.Ham), (_spam, MailLabel.Spam), (_phish, MailLabel.Phish) })
            {
                foreach (var folder in parsed.GetValue(option) ?? [])
                {
                    await Console.Error.WriteLineAsync($"reading {folder} ...");
                    examples.AddRange(await FolderAsync(trainer, folder, label, envelopes, cancellationToken));
                }
            }

            examples.AddRange(await InventedAsync(trainer, parsed.GetValue(_seed), parsed.GetValue(_invented), cancellationToken));
            await Console.Error.WriteLineAsync($"learning from {examples.Count} messages ...");
            var model = trainer.Train(examples, parsed.GetValue(_name) ?? "", parsed.GetValue(_addOnly), cancellationToken);
            await WriteAsync(model, parsed.GetValue(_output)!);
            foreach (var part in model.Provenance)
            {
                await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{part.Messages,8} {part.Label,-6} {part.Source}"));
            }

            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{model.Count} features carry a weight; {new FileInfo(parsed.GetValue(_output)!).Length / 1024.0:0} KiB. Set detection:model to {Path.GetFullPath(parsed.GetValue(_output)!)} and restart."));
            return 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
        finally
        {
            if (File.Exists(parsed.GetValue(_output) + ".new"))
            {
                File.Delete(parsed.GetValue(_output) + ".new");
            }
        }
    }

    /// <summary>Whole or not at all: a server may start meanwhile.</summary>
    private static async Task WriteAsync(LearntModel model, string path)
    {
        var beside = path + ".new";
        await using (var stream = File.Create(beside))
        {
            model.Save(stream);
        }

        File.Move(beside, path, overwrite: true);
    }

    private static async Task<IReadOnlyList<TrainingExample>> FolderAsync(IModelTrainer trainer, string folder, MailLabel label, IReadOnlyDictionary<string, KnownEnvelope> envelopes, CancellationToken cancellationToken)
    {
        // Links to folders would count messages again and again, or never end.
        var files = new DirectoryInfo(folder).EnumerateFiles("*.eml", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Select(file => file.FullName).Order(StringComparer.Ordinal).ToList();
        var source = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var examples = new TrainingExample?[files.Count];
        await Parallel.ForAsync(0, files.Count, cancellationToken, async (i, token) =>
        {
            if (await ReadAsync(files[i], token) is not { } raw)
            {
                return;
            }

            var message = MailParser.Parse(raw);
            if (message.Headers.Count == 0)
            {
                await Console.Error.WriteLineAsync($"left out, not a mail: {files[i]}");
                return;
            }

            var file = Path.GetFileName(files[i]);
            var known = envelopes.GetValueOrDefault($"{Path.GetFileName(Path.GetDirectoryName(files[i]))}/{file}") ?? envelopes.GetValueOrDefault(file);
            examples[i] = await trainer.ReadAsync(ToJudge(raw, known?.Envelope ?? Analysis.Analyzer.FromHeaders(message), known?.Authentication), label, Group(message), source, token);
        });
        return [.. examples.OfType<TrainingExample>()];
    }

    /// <summary>Nothing when it cannot be read, which is said: one bad file does not spoil the rest. Pipes and devices would never end.</summary>
    private static async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = OpenRegular(path);
            if (stream is null)
            {
                await Console.Error.WriteLineAsync($"left out, not a file: {path}");
                return null;
            }

            var raw = new byte[stream.Length];
            await stream.ReadExactlyAsync(raw, cancellationToken);
            return raw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"left out: {exception.Message}");
            return null;
        }
    }

    /// <summary>The length of a pipe or device is 0, and so is that of a file that holds no mail.</summary>
    private static FileStream? OpenRegular(string path) => new FileInfo(path).Length > 0 ? File.OpenRead(path) : null;

    private static async Task<TrainingExample[]> InventedAsync(IModelTrainer trainer, int seed, int count, CancellationToken cancellationToken)
    {
        var mails = LabelledSample.Generate(seed, count, [.. BrandNames.All.Select(brand => new KnownBrand(brand.Name, brand.Domains))]).ToList();
        var examples = new TrainingExample[mails.Count];
        await Parallel.ForAsync(0, mails.Count, cancellationToken, async (i, token) =>
            examples[i] = await trainer.ReadAsync(ToJudge(mails[i].Raw, mails[i].Envelope, mails[i].Authentication), Enum.Parse<MailLabel>(mails[i].Label.ToString()), mails[i].Template, "invented", token));
        return examples;
    }

    /// <summary>Near-duplicates are one campaign; a message without a body is one of its own.</summary>
    private static string Group(ParsedMessage message) =>
        message.ClusterId != 0 ? message.ClusterId.ToString("x16", CultureInfo.InvariantCulture) : message.Sha256;

    private static MessageToJudge ToJudge(ReadOnlyMemory<byte> raw, Envelope envelope, AuthenticationResults? authentication)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new MessageToJudge { Id = NetworkMessageId.New(now), Raw = raw, Envelope = envelope, ReceivedAt = now, RecordedAuthentication = authentication };
    }
}

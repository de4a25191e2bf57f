using Weir.Detection.Contracts;

namespace Weir.Bench.Detection;

/// <summary>SpamAssassin's own learning (<c>sa-learn</c>), local, into files of the run.</summary>
internal static class SpamAssassinBayes
{
    /// <summary>Nothing is forgotten meanwhile: half of what was learnt is from years ago.</summary>
    private static readonly string[] Always = ["--local", "--cf=bayes_auto_expire 0"];

    /// <summary>Learns the messages and returns what was counted.</summary>
    public static async Task<BayesCounts> CountAsync(IEnumerable<Labelled> mails, string directory, CancellationToken cancellationToken)
    {
        var learnt = Path.Combine(directory, "bayes");
        foreach (var kind in mails.GroupBy(mail => mail.Label == MailLabel.Ham ? "ham" : "spam", StringComparer.Ordinal))
        {
            var raw = System.IO.Directory.CreateDirectory(Path.Combine(directory, kind.Key)).FullName;
            foreach (var mail in kind)
            {
                await File.WriteAllBytesAsync(Path.Combine(raw, Path.GetFileName(mail.File)), mail.Raw, cancellationToken);
            }

            await Command.RunAsync("sa-learn", [.. Always, $"--{kind.Key}", "--no-sync", "--max-size=0", "--dbpath", learnt, raw], cancellationToken);
        }

        await Command.RunAsync("sa-learn", [.. Always, "--sync", "--dbpath", learnt], cancellationToken);
        return BayesCounts.Read(await Command.RunAsync("sa-learn", [.. Always, "--backup", "--dbpath", learnt], cancellationToken));
    }

    /// <summary>Makes a database of the counts; returns its path, as <c>bayes_path</c> wants it.</summary>
    public static async Task<string> RestoreAsync(BayesCounts counts, string directory, CancellationToken cancellationToken)
    {
        var backup = Path.Combine(directory, "backup");
        await using (var writer = File.CreateText(backup))
        {
            counts.Write(writer);
        }

        var learnt = Path.Combine(System.IO.Directory.CreateDirectory(Path.Combine(directory, "learnt")).FullName, "bayes");
        await Command.RunAsync("sa-learn", [.. Always, "--restore", backup, "--dbpath", learnt], cancellationToken);
        return learnt;
    }
}

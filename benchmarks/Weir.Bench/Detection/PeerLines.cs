using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Bench.Peers;
using Weir.Detection.Contracts;

namespace Weir.Bench.Detection;

/// <summary>rspamd and SpamAssassin with their rules and with naive Bayes that learnt from the same folds, without a network.</summary>
internal static class PeerLines
{
    public static async Task<IReadOnlyList<Scored>> RspamdAsync(IReadOnlyList<Labelled> mails, BenchFolder folder, CancellationToken cancellationToken)
    {
        var scores = new ConcurrentBag<Scored>();
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        for (var fold = 0; fold < Labelled.Folds; fold++)
        {
            var (port, controller) = (ServerProcess.FreePort(), ServerProcess.FreePort());
            await using var server = await Rspamd.StartAsync(folder.New($"rspamd-{fold}"), port, null, asMilter: false, cancellationToken, controller);
            await server.UntilItListensAsync(controller, cancellationToken);
            foreach (var mail in mails.Where(mail => mail.Fold != fold))
            {
                _ = await AskAsync(http, new Uri($"http://127.0.0.1:{controller}/{(mail.Label == MailLabel.Ham ? "learnham" : "learnspam")}"), mail, cancellationToken);
            }

            // It waits for names that nobody resolves; several messages wait together.
            await Parallel.ForEachAsync(mails.Where(mail => mail.Fold == fold), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (mail, token) =>
            {
                var answer = await AskAsync(http, new Uri($"http://127.0.0.1:{port}/checkv2"), mail, token);
                var score = double.Parse(Of(answer, "score"), CultureInfo.InvariantCulture) - WithoutNetwork(answer);
                // "Add header" is the least that it does to mail by default, from 6 points.
                scores.Add(new Scored(mail, score, score >= 6));
            });
        }

        return [.. scores];
    }

    /// <param name="every">It takes some six messages a second: only each so-many-th is asked about.</param>
    public static async Task<IReadOnlyList<Scored>> SpamAssassinAsync(IReadOnlyList<Labelled> mails, int every, BenchFolder folder, CancellationToken cancellationToken)
    {
        var scores = new ConcurrentBag<Scored>();
        var directory = folder.New("spamassassin");
        var together = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        // Its learning is a count of tokens: each fold is learnt once, and what four of them counted is added up.
        var counted = new BayesCounts[Labelled.Folds];
        await Parallel.ForAsync(0, Labelled.Folds, together, async (fold, token) => counted[fold] = await SpamAssassinBayes.CountAsync(mails.Where(mail => mail.Fold == fold), System.IO.Directory.CreateDirectory(Path.Combine(directory, $"counted-{fold}")).FullName, token));
        for (var fold = 0; fold < Labelled.Folds; fold++)
        {
            var below = System.IO.Directory.CreateDirectory(Path.Combine(directory, $"fold-{fold}")).FullName;
            var learnt = await SpamAssassinBayes.RestoreAsync(BayesCounts.Sum(counted.Where((_, i) => i != fold)), below, cancellationToken);
            // The daemon gives its rights up before it opens what was learnt.
            await Command.RunAsync("chmod", ["-R", "a+rwX", below], cancellationToken);
            await using var daemon = await SpamdScanner.StartAsync(below, null, cancellationToken, learnt, Environment.ProcessorCount);
            await Parallel.ForEachAsync(mails.Where((mail, i) => mail.Fold == fold && i % every == 0), together, async (mail, token) =>
            {
                var (score, isSpam) = await daemon.ScoreAsync(mail.File, mail.Raw, token);
                scores.Add(new Scored(mail, score, isSpam));
            });
        }

        return [.. scores];
    }

    /// <summary>Points for names that cannot be looked up here, and for mail that is measured long after it came: every message has them, and they say nothing of it.</summary>
    private static double WithoutNetwork(string answer) =>
        Regex.Matches(answer, "\"(HFILTER_HOSTNAME_UNKNOWN|RDNS_NONE|RDNS_DNSFAIL|DATE_IN_PAST|HFILTER_HELO_NORES_A_OR_MX|HFILTER_FROMHOST_NORES_A_OR_MX)\":\\{[^}]*?\"score\":(?<score>-?[0-9.]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)
            .Sum(found => double.Parse(found.Groups["score"].Value, CultureInfo.InvariantCulture));

    /// <summary>Its JSON is not always valid (numbers without a comma between), but what is asked for stands first.</summary>
    private static string Of(string answer, string name) =>
        Regex.Match(answer, $"\"{name}\":\\s*\"?(?<value>[^\",}}]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture) is { Success: true } found ? found.Groups["value"].Value
            : throw new InvalidOperationException($"rspamd says no {name}: {answer}");

    private static async Task<string> AskAsync(HttpMessageInvoker http, Uri address, Labelled mail, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(mail.Raw) };
        // Bulk: also what it is sure of already; else it stops after the first few dozen.
        foreach (var (name, value) in new[] { ("Learn-Type", address.AbsolutePath.StartsWith("/learn", StringComparison.Ordinal) ? "bulk" : ""), ("IP", mail.Known.Envelope?.ClientIp), ("Helo", mail.Known.Envelope?.Helo), ("Hostname", mail.Known.Envelope?.Helo), ("From", mail.Known.Envelope?.MailFrom), ("Rcpt", mail.Known.Envelope?.Recipients.FirstOrDefault("")) })
        {
            if (value is { Length: > 0 })
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await http.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        // 204: there is nothing in it to learn.
        return (int)response.StatusCode is 200 or 204 || answer.Contains("already learned", StringComparison.Ordinal) ? answer
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"rspamd answers {(int)response.StatusCode} to {mail.File}: {answer}"));
    }
}

using System.Threading.Channels;
using Weir.Mail.Contracts;
using Weir.Mailboxes.Contracts;

namespace Weir.Server.Audit;

/// <summary>Reads and judges mailbox after mailbox, each folder with several messages at a time, and notes what it found.</summary>
internal sealed class AuditRun(IReadMailboxes source, AuditSettings settings, AuditJournal journal, AuditProgress progress)
{
    /// <summary>Bytes of messages that wait to be judged.</summary>
    private const long MostWaiting = 96L << 20;

    private static readonly TimeSpan LookBack = TimeSpan.FromDays(365);

    public async Task RunAsync(IReadOnlyList<MailboxToRead> mailboxes, CancellationToken cancellationToken)
    {
        var organisation = new AuditedOrganisation(settings.Domains.Concat(mailboxes.Select(mailbox => mailbox.Address[(mailbox.Address.LastIndexOf('@') + 1)..])));
        await using var judge = new HindsightJudge(settings, organisation);
        progress.Begin(mailboxes.Count, journal.Done);
        foreach (var mailbox in mailboxes.Where(mailbox => !journal.IsDone(mailbox.Name)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Open(mailbox.Name);
            try
            {
                if (await MailboxAsync(mailbox, judge, cancellationToken))
                {
                    journal.Write(new AuditLine { Mailbox = mailbox.Name });
                }
            }
            catch (MailboxException problem)
            {
                Fail(mailbox, "", problem.Message);
            }

            progress.Close();
        }
    }

    /// <summary>False when a folder could not be read: another run tries again.</summary>
    private async Task<bool> MailboxAsync(MailboxToRead mailbox, HindsightJudge judge, CancellationToken cancellationToken)
    {
        var folders = await source.FoldersAsync(mailbox, cancellationToken);
        var correspondence = new Correspondence();
        foreach (var sent in folders.Where(folder => folder.Use == FolderUse.Sent))
        {
            await ReadSentAsync(mailbox, sent, correspondence, cancellationToken);
        }

        var isWhole = true;
        foreach (var folder in folders.Where(folder => folder.Use != FolderUse.Drafts && !journal.IsDone(mailbox.Name, folder.Name)))
        {
            var count = new FolderCount { Mailbox = mailbox.Name, Folder = folder.Name, Use = folder.Use };
            try
            {
                await FolderAsync(mailbox, folder, correspondence, count, judge, cancellationToken);
                journal.Write(new AuditLine { Folder = count });
            }
            catch (MailboxException problem)
            {
                isWhole = false;
                Stop(count);
                Fail(mailbox, folder.Name, problem.Message);
            }
            catch (OperationCanceledException)
            {
                Stop(count);
                throw;
            }
        }

        return isWhole;
    }

    private void Stop(FolderCount count)
    {
        count.IsPartial = true;
        journal.Write(new AuditLine { Folder = count });
    }

    private void Fail(MailboxToRead mailbox, string folder, string reason)
    {
        journal.Write(new AuditLine { Failure = new AuditFailure(mailbox.Name, folder, reason) });
        progress.Problem(folder.Length > 0 ? $"{mailbox.Name}, {folder}: {reason}" : $"{mailbox.Name}: {reason}");
    }

    private async Task ReadSentAsync(MailboxToRead mailbox, FolderToRead sent, Correspondence correspondence, CancellationToken cancellationToken)
    {
        var read = 0;
        await foreach (var stored in source.ReadAsync(mailbox, sent, settings.Since - LookBack, headersOnly: true, cancellationToken))
        {
            if (++read > Correspondence.Most)
            {
                break;
            }

            correspondence.Add(MailParser.Parse(stored.Raw, ParseLimits.Default with { LeavesArchives = true, Parts = 1 }), stored.At);
        }
    }

    private async Task FolderAsync(MailboxToRead mailbox, FolderToRead folder, Correspondence correspondence, FolderCount count, HindsightJudge judge, CancellationToken cancellationToken)
    {
        using var room = new ByteRoom(MostWaiting);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = Channel.CreateBounded<StoredMessage>(settings.Jobs * 8);
        var judges = Enumerable.Range(0, settings.Jobs).Select(_ => Task.Run(JudgeAsync, CancellationToken.None)).ToList();
        var reading = ReadAsync();
        try
        {
            await Task.WhenAll([.. judges, reading]);
        }
        catch
        {
            // All have ended before the count is written: none adds to it any more.
            await stop.CancelAsync();
            await Task.WhenAll(judges.Append(reading).Select(task => task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
            throw;
        }

        async Task ReadAsync()
        {
            try
            {
                await foreach (var stored in source.ReadAsync(mailbox, folder, settings.Since, headersOnly: false, stop.Token))
                {
                    if (stored.NotRead.Length > 0)
                    {
                        lock (count)
                        {
                            count.Skip(stored.NotRead);
                        }

                        continue;
                    }

                    await room.EnterAsync(stored.Raw.Length, stop.Token);
                    await waiting.Writer.WriteAsync(stored, stop.Token);
                }
            }
            finally
            {
                waiting.Writer.Complete();
            }
        }

        async Task JudgeAsync()
        {
            try
            {
                await foreach (var stored in waiting.Reader.ReadAllAsync(stop.Token))
                {
                    var finding = await judge.JudgeAsync(mailbox, folder, stored, correspondence, count, stop.Token);
                    room.Leave(stored.Raw.Length);
                    if (finding is not null)
                    {
                        journal.Write(new AuditLine { Finding = finding });
                    }

                    progress.Step(finding is not null);
                }
            }
            catch
            {
                // The reader would wait for room for ever.
                await stop.CancelAsync();
                throw;
            }
        }
    }
}

using System.Globalization;

namespace Weir.Server.Audit;

/// <summary>Says how far it is: one line that is written over on a terminal, else a line each ten seconds.</summary>
internal sealed class AuditProgress(TextWriter output, bool isTerminal, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _begun;
    private long _said;
    private int _mailboxes;
    private int _done;
    private long _messages;
    private long _findings;
    private string _open = "";

    public void Begin(int mailboxes, int done)
    {
        lock (_gate)
        {
            (_mailboxes, _done, _begun, _said) = (mailboxes, done, time.GetTimestamp(), time.GetTimestamp());
            if (done > 0)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Going on: {done} of {mailboxes} mailboxes were read before."));
            }
        }
    }

    public void Open(string mailbox)
    {
        lock (_gate)
        {
            _open = mailbox;
            Say(isDue: false);
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _done++;
        }
    }

    public void Step(bool isFinding)
    {
        lock (_gate)
        {
            _messages++;
            _findings += isFinding ? 1 : 0;
            Say(isDue: false);
        }
    }

    public void Problem(string text)
    {
        lock (_gate)
        {
            output.WriteLine((isTerminal ? "\r\e[K" : "") + Plain.Text(text));
        }
    }

    public void End()
    {
        lock (_gate)
        {
            Say(isDue: true);
            if (isTerminal)
            {
                output.WriteLine();
            }
        }
    }

    private void Say(bool isDue)
    {
        if (!isDue && time.GetElapsedTime(_said) < (isTerminal ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(10)))
        {
            return;
        }

        _said = time.GetTimestamp();
        var seconds = Math.Max(0.001, time.GetElapsedTime(_begun).TotalSeconds);
        var line = string.Create(CultureInfo.InvariantCulture, $"{Math.Min(_done + 1, _mailboxes)} of {_mailboxes} mailboxes, {_messages} messages ({_messages / seconds:0}/s), {_findings} findings. {Plain.Text(_open)}");
        output.Write(isTerminal ? $"\r\e[K{(line.Length > 110 ? line[..110] : line)}" : line + "\n");
    }
}

using System.Globalization;
using Weir.Events.Log;
using Weir.Events.Store;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Events.Checks;

/// <summary>The log can be read to its end and the event store follows it.</summary>
internal sealed class EventStoreCheck(EventLog log, EventStore store, DataDirectory directory) : ICheck
{
    public string Name => "Record";

    public ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        if (log.Shown.Fault is { } fault)
        {
            return ValueTask.FromResult(CheckResult.Failed($"The event store stopped: {fault.Message}", "Put the named log file back from a back-up and start weir again; mail is taken in meanwhile."));
        }

        var last = log.Last;
        if (last > 0)
        {
            using var reader = log.OpenReader();
            _ = reader.Next(last - 1, atMost: 1);
        }

        var behind = Math.Max(0, last - store.Cursor);
        if (store.Rebuilding is { } reason)
        {
            return ValueTask.FromResult(CheckResult.Failed(
                string.Create(CultureInfo.InvariantCulture, $"{reason} {behind} of {last} facts to go"),
                "Wait until it is done: pages show less than there is. After damage check the disk."));
        }

        var damaged = directory.EventStore + ".damaged";
        if (File.Exists(damaged))
        {
            return ValueTask.FromResult(CheckResult.Warning($"The event store was damaged once and made anew from the log; {damaged} is what it was", "Check the disk, then delete that file."));
        }

        return ValueTask.FromResult(CheckResult.Ok(behind == 0
            ? string.Create(CultureInfo.InvariantCulture, $"The event store has all {last} facts of the log")
            : string.Create(CultureInfo.InvariantCulture, $"The event store has {last - behind} of the {last} facts of the log and goes on")));
    }
}

using Microsoft.Extensions.Logging;
using Weir.Detection.Contracts;

namespace Weir.Detection.Facts.Places;

/// <summary>Gives signals their places in a message.</summary>
internal sealed partial class SignalLocator(ILogger<SignalLocator> logger)
{
    public List<Signal> Locate(List<Signal> signals, ReadOnlyMemory<byte> raw, MessageFacts facts)
    {
        var locator = new Locator(raw, facts);
        return signals.ConvertAll(signal => Locate(signal, locator));
    }

    /// <summary>A signal whose place is not found keeps what it says: the verdict is worth more than its footnotes.</summary>
    private Signal Locate(Signal signal, Locator locator)
    {
        try
        {
            return locator.Locate(signal);
        }
#pragma warning disable CA1031 // A broken footnote must not stop mail.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            NotLocated(exception, signal.Name);
            return signal;
        }
    }

    [LoggerMessage(2002, LogLevel.Error, "The place of the signal {SignalName} was not found in its message; the verdict stands.")]
    private partial void NotLocated(Exception exception, string signalName);
}

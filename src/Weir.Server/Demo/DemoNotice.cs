using System.Globalization;
using Weir.Portal.Shell;

namespace Weir.Server.Demo;

/// <summary>Says in the portal how far the demo is filled.</summary>
internal sealed class DemoNotice : IHostNotice
{
    private int _percent = -1;

    public string? Text => Volatile.Read(ref _percent) is >= 0 and var percent
        ? string.Create(CultureInfo.InvariantCulture, $"The demo is filling: {percent} %. Its thirty days of mail come in one after the other, so counts grow until it is done.")
        : null;

    public void Filling(double share) => Volatile.Write(ref _percent, (int)Math.Clamp(share * 100, 0, 99));

    public void Filled() => Volatile.Write(ref _percent, -1);
}

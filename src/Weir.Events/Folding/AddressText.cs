using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Weir.Kernel;

namespace Weir.Events.Folding;

/// <summary>What rows derive from addresses.</summary>
internal static class AddressText
{
    /// <summary>Mailbox addresses are compared, and kept in rows, in lower case.</summary>
    public static string Key(string address) => address.Trim().ToLowerInvariant();

    /// <summary>What follows the last @, in lower case; empty without one.</summary>
    public static string Domain(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 0 ? "" : address[(at + 1)..].Trim().ToLowerInvariant();
    }

    /// <summary>What stands before the last @, in lower case; the whole without one.</summary>
    public static string Local(string address)
    {
        var at = address.LastIndexOf('@');
        return Key(at < 0 ? address : address[..at]);
    }

    public static (string V4, string V6) ByFamily(string ip)
    {
        if (!IPAddress.TryParse(ip, out var address))
        {
            return ("", "");
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetwork ? (address.ToString(), "") : ("", address.ToString());
    }

    /// <summary>ReportId as the schema has it: <c>{NetworkMessageId}-{number}-{n}</c>; the number stands for the recipient and does not depend on the order of facts.</summary>
    public static string ReportId(NetworkMessageId id, string recipient, string what = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{id}-{Number(recipient)}-{(what.Length == 0 ? 1 : Number(what))}");

    // FNV-1a with 64 bits.
    private static ulong Number(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ value) * 1099511628211UL;
        }

        return hash;
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Weir.Intelligence.Lists;

/// <summary>An address or a range, of either family; IPv4 written as IPv6 counts as IPv4.</summary>
internal readonly record struct IpRange(bool IsV6, UInt128 First, int Length)
{
    private int Bits => IsV6 ? 128 : 32;

    /// <summary>Nothing when it is neither an address nor a range.</summary>
    public static IpRange? Of(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var address) || address.ScopeIdOrZero() != 0 || (address.AddressFamily == AddressFamily.InterNetwork && !IsDotted(slash < 0 ? text : text[..slash])))
        {
            return null;
        }

        var mapped = address.IsIPv4MappedToIPv6;
        var (isV6, number) = Number(address);
        var bits = isV6 ? 128 : 32;
        var length = bits;
        if (slash >= 0)
        {
            if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length))
            {
                return null;
            }

            length -= mapped ? 96 : 0;
        }

        return length >= 0 && length <= bits ? new IpRange(isV6, Masked(number, bits, length), length) : null;
    }

    public static (bool IsV6, UInt128 Number) Number(IPAddress address)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        return written == 4 ? (false, BinaryPrimitives.ReadUInt32BigEndian(bytes)) : (true, BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>The range of this length that an address lies in.</summary>
    public static IpRange Around(bool isV6, UInt128 number, int length) => new(isV6, Masked(number, isV6 ? 128 : 32, length), length);

    public bool Contains(IPAddress address)
    {
        var (isV6, number) = Number(address);
        return isV6 == IsV6 && Masked(number, Bits, Length) == First;
    }

    /// <summary>All of the other lies in this one.</summary>
    public bool Covers(IpRange other) => IsV6 == other.IsV6 && other.Length >= Length && Masked(other.First, Bits, Length) == First;

    /// <summary>As it is kept: <c>192.0.2.0/24</c>, without a length for a single address.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, First);
        var address = new IPAddress(IsV6 ? bytes : bytes[12..]);
        return Length == Bits ? address.ToString() : string.Create(CultureInfo.InvariantCulture, $"{address}/{Length}");
    }

    /// <summary>Four numbers as everybody reads them: not octal (<c>010</c> is 8 to some programs and 10 to people), not hexadecimal.</summary>
    private static bool IsDotted(string text) =>
        text.Split('.') is { Length: 4 } parts && parts.All(part => part.Length is > 0 and < 4 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0'));

    private static UInt128 Masked(UInt128 number, int bits, int length) => length == 0 ? UInt128.Zero : number >> (bits - length) << (bits - length);
}

/// <summary>IPv4 addresses have no scope to ask for.</summary>
internal static class Scopes
{
    public static long ScopeIdOrZero(this IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}

using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Weir.Server.Local;

/// <summary>Who is at the other end of the Unix socket, as the kernel says. Present on a request exactly when it came over that socket.</summary>
/// <param name="UserId">The peer's user id.</param>
/// <param name="UserName">Its name in the user database; the number when it has none.</param>
internal sealed record LocalPeer(uint UserId, string UserName)
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;
    private const uint Root = 0;

    /// <summary>The peer of an accepted Unix connection (SO_PEERCRED: pid, uid, gid).</summary>
    public static LocalPeer Of(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials);
        var id = BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..]) : BinaryPrimitives.ReadUInt32BigEndian(credentials[4..]);
        return new LocalPeer(id, NameOf(id));
    }

    /// <summary>The owner of this process and root may speak to it; nobody else.</summary>
    public bool IsAllowed => UserId == Root || UserId == EffectiveUserId();

    private static string NameOf(uint id)
    {
        var wanted = id.ToString(CultureInfo.InvariantCulture);
        return File.Exists("/etc/passwd")
            && File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields.Length > 2 && fields[2] == wanted) is { } fields
                ? fields[0]
                : wanted;
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUserId();
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Weir.Gateway.Checks.Postfix;

/// <summary>One entry of <c>smtpd_milters</c>: <c>inet:127.0.0.1:10025</c>, or <c>{ inet:127.0.0.1:10025, default_action=accept }</c>.</summary>
internal sealed record NamedMilter(string Address, IReadOnlyDictionary<string, string> Settings)
{
    private static readonly char[] Separators = [' ', '\t', '\r', '\n', ','];

    /// <summary>The entries of a value.</summary>
    public static IReadOnlyList<NamedMilter> Read(string value)
    {
        var found = new List<NamedMilter>();
        var rest = value.AsSpan().Trim(Separators);
        while (rest.Length > 0)
        {
            var isBraced = rest[0] == '{';
            var end = isBraced ? rest.IndexOf('}') : rest.IndexOfAny(Separators);
            end = end < 0 ? rest.Length : end;
            var words = rest[(isBraced ? 1 : 0)..end].ToString().Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            rest = rest[Math.Min(end + 1, rest.Length)..].Trim(Separators);
            if (words.Length > 0)
            {
                // "name = value" and "name=value" are the same to Postfix.
                var settings = string.Join(' ', words[1..]).Replace(" =", "=", StringComparison.Ordinal).Replace("= ", "=", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2).DistinctBy(pair => pair[0], StringComparer.Ordinal).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
                found.Add(new NamedMilter(words[0], settings));
            }
        }

        return found;
    }

    /// <summary>Is it where Weir listens?</summary>
    /// <param name="queueDirectory">A chrooted Postfix names sockets as they are seen from there.</param>
    public bool IsAt(EndPoint endpoint, string queueDirectory) => endpoint switch
    {
        UnixDomainSocketEndPoint socket when Address.StartsWith("unix:", StringComparison.Ordinal) || Address.StartsWith("local:", StringComparison.Ordinal) =>
            Address[(Address.IndexOf(':', StringComparison.Ordinal) + 1)..] is var path && (path == socket.ToString() || Path.Combine(queueDirectory, path.TrimStart('/')) == socket.ToString()),
        IPEndPoint listening when Address.StartsWith("inet:", StringComparison.Ordinal) && Address.LastIndexOf(':') is > 4 and var colon =>
            int.TryParse(Address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port == listening.Port && Reaches(Address[5..colon].Trim('[', ']'), listening.Address),
        _ => false,
    };

    /// <summary>A host name, except that of this machine to itself, may be anything: it is taken for the right one.</summary>
    private static bool Reaches(string host, IPAddress listening)
    {
        if (listening.Equals(IPAddress.Any) || listening.Equals(IPAddress.IPv6Any))
        {
            return true;
        }

        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.IsLoopback(listening)
            : !IPAddress.TryParse(host, out var named) || named.Equals(listening);
    }
}

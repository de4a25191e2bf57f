using System.Globalization;
using System.Text;

namespace Weir.Mail.Urls;

/// <summary>A URL as browsers understand it: the basic URL parser of the URL Standard §4.4, with all its repairs, and its serialisation.</summary>
internal sealed class WhatwgUrl
{
    private static readonly Dictionary<string, int> Special = new(StringComparer.Ordinal)
    {
        ["http"] = 80, ["https"] = 443, ["ws"] = 80, ["wss"] = 443, ["ftp"] = 21, ["file"] = -1,
    };

    public string Scheme { get; set; } = "";
    public string UserName { get; set; } = "";
    public string Password { get; set; } = "";

    /// <summary>Nothing when the URL has no host.</summary>
    public string? Host { get; set; }

    /// <summary>-1 for none or the default of the scheme.</summary>
    public int Port { get; set; } = -1;

    public List<string> Path { get; set; } = [];

    /// <summary>The path of URLs such as <c>mailto:</c>, which has no segments.</summary>
    public string? OpaquePath { get; set; }

    public string? Query { get; set; }
    public string? Fragment { get; set; }

    public bool IsSpecial => Special.ContainsKey(Scheme);

    public string PathName => OpaquePath ?? string.Concat(Path.Select(segment => "/" + segment));

    public string HostAndPort => Host is null ? "" : Port < 0 ? Host : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>Nothing when the text is no URL.</summary>
    public static WhatwgUrl? Parse(string text, WhatwgUrl? relativeTo = null) => new WhatwgParser(text, relativeTo).Run();

    public static bool IsSpecialScheme(string scheme) => Special.ContainsKey(scheme);

    public static int DefaultPort(string scheme) => Special.GetValueOrDefault(scheme, -1);

    public override string ToString()
    {
        var result = new StringBuilder(Scheme).Append(':');
        if (Host is not null)
        {
            result.Append("//");
            if (UserName.Length > 0 || Password.Length > 0)
            {
                result.Append(UserName);
                if (Password.Length > 0)
                {
                    result.Append(':').Append(Password);
                }

                result.Append('@');
            }

            result.Append(HostAndPort);
        }
        else if (OpaquePath is null && Path.Count > 1 && Path[0].Length == 0)
        {
            // Otherwise the path would read as a host.
            result.Append("/.");
        }

        result.Append(PathName);
        if (Query is not null)
        {
            result.Append('?').Append(Query);
        }

        return Fragment is null ? result.ToString() : result.Append('#').Append(Fragment).ToString();
    }

    public WhatwgUrl Copy() => new()
    {
        Scheme = Scheme, UserName = UserName, Password = Password, Host = Host, Port = Port, Path = [.. Path], OpaquePath = OpaquePath, Query = Query, Fragment = Fragment,
    };
}

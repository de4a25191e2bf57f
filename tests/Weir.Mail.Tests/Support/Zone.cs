using System.Text;
using System.Text.Json.Nodes;
using Weir.Mail.Contracts;

namespace Weir.Mail.Tests.Support;

/// <summary>A DNS zone made of lines: name, type, value.</summary>
internal sealed class Zone
{
    private readonly JsonObject _names = [];

    public Zone Txt(string name, params string[] texts) => Add(name, "TXT", texts);

    public Zone A(string name, params string[] addresses) => Add(name, "A", addresses);

    public Zone Add(string name, string type, params string[] values)
    {
        var node = Node(name);
        if (node[type] is not JsonArray records)
        {
            node[type] = records = [];
        }

        foreach (var value in values)
        {
            records.Add(value);
        }

        return this;
    }

    /// <summary>The name exists, whatever it has.</summary>
    public Zone Name(string name)
    {
        Node(name);
        return this;
    }

    /// <summary>These types of the name do not answer, unless they have records.</summary>
    public Zone Broken(string name, string how = "SERVFAIL", params string[] types)
    {
        var node = Node(name);
        foreach (var type in types.Length == 0 ? ["A", "AAAA", "MX", "TXT", "PTR"] : types)
        {
            node[type] ??= how;
        }

        return this;
    }

    public IDns Build() => Dns.FromZone(Encoding.UTF8.GetBytes(_names.ToJsonString()));

    private JsonObject Node(string name)
    {
        var key = name.TrimEnd('.').ToLowerInvariant();
        if (_names[key] is not JsonObject node)
        {
            _names[key] = node = [];
        }

        return node;
    }
}

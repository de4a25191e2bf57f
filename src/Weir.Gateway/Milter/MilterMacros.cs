namespace Weir.Gateway.Milter;

/// <summary>What the mail server says of a connection and a message: macros by name, each with the value given last.</summary>
internal sealed class MilterMacros
{
    /// <summary>Against a flood of names; a mail server sends about twenty.</summary>
    private const int MaxNames = 200;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private string _connectedName = "";
    private string _connectedAddress = "";

    /// <summary>Empty when the mail server did not say.</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "");

    public string Helo { get; set; } = "";

    /// <summary>The address of the client; empty for local submission.</summary>
    public string ClientAddress => this["{client_addr}"] is { Length: > 0 } given ? Address(given) : _connectedAddress;

    /// <summary>The name of the client as resolved by the mail server; empty when it has none.</summary>
    public string ClientName => (this["{client_name}"] is { Length: > 0 } given ? given : _connectedName) is var name && (name == "unknown" || name.StartsWith('[')) ? "" : name;

    /// <summary>Data of a macro packet: the letter of the step, then names and values in turn.</summary>
    public void Define(ReadOnlySpan<byte> data)
    {
        var strings = MilterFrames.Strings(data.Length > 0 ? data[1..] : data);
        for (var i = 0; i + 1 < strings.Count; i += 2)
        {
            if (_values.Count < MaxNames || _values.ContainsKey(strings[i]))
            {
                _values[strings[i]] = strings[i + 1];
            }
        }
    }

    /// <summary>Data of a connection packet: name, family, then port and address unless unknown.</summary>
    public void Connected(ReadOnlySpan<byte> data)
    {
        var zero = data.IndexOf((byte)0);
        _connectedName = zero < 0 ? "" : MilterFrames.Strings(data[..zero]).FirstOrDefault("");
        var family = zero >= 0 && zero + 1 < data.Length ? (char)data[zero + 1] : 'U';
        _connectedAddress = family is '4' or '6' && zero + 4 < data.Length ? Address(MilterFrames.Strings(data[(zero + 4)..]).FirstOrDefault("")) : "";
    }

    /// <summary>A new message on the same connection: nothing of the last one may be left.</summary>
    public void ForgetMessage()
    {
        _values.Remove("i");
        _values.Remove("{auth_authen}");
    }

    public void ForgetConnection()
    {
        _values.Clear();
        _connectedName = _connectedAddress = Helo = "";
    }

    private static string Address(string text) => text.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase) ? text[5..] : text;
}

using System.Diagnostics.CodeAnalysis;

namespace Weir.Kernel;

/// <summary>Weir's own id of one message: a GUID of version 7, written in lower case with dashes. It is unique where the Message-ID header is not.</summary>
public readonly record struct NetworkMessageId(Guid Value) : IParsable<NetworkMessageId>
{
    /// <summary>A new id whose first 48 bits are the given instant, so that ids sort by time.</summary>
    public static NetworkMessageId New(DateTimeOffset at) => new(Guid.CreateVersion7(at));

    public static NetworkMessageId Parse(string s) => Parse(s, provider: null);

    public static NetworkMessageId Parse(string s, IFormatProvider? provider) => new(Guid.ParseExact(s, "D"));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out NetworkMessageId result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value);
        result = new NetworkMessageId(value);
        return parsed;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, out NetworkMessageId result) => TryParse(s, provider: null, out result);

    public override string ToString() => Value.ToString("D");
}

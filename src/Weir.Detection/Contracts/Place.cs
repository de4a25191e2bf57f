namespace Weir.Detection.Contracts;

/// <summary>Where the evidence of a signal stands.</summary>
public sealed record Place
{
    public required PlaceKind Kind { get; init; }

    /// <summary>The header field; the item of the envelope (<c>client IP</c>); what is known outside the message (<c>history of mail</c>); for a part its file name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Path of the MIME part, such as <c>1.2</c>.</summary>
    public string Part { get; init; } = "";

    /// <summary>Path inside the archive that the part is.</summary>
    public string Member { get; init; } = "";

    /// <summary>First byte in the raw message; -1 when the place has none.</summary>
    public int Start { get; init; } = -1;

    /// <summary>After the last byte; -1 when the place has none.</summary>
    public int End { get; init; } = -1;

    public bool HasBytes => Start >= 0;

    /// <summary>For people.</summary>
    public override string ToString()
    {
        var bytes = HasBytes ? $", bytes {Start}–{End}" : "";
        return Kind switch
        {
            PlaceKind.Header => $"Header {Name}{bytes}",
            PlaceKind.Absence => $"Header: no {Name}",
            PlaceKind.Part => $"Part {Part}{(Name.Length > 0 ? $" ({Name})" : "")}{(Member.Length > 0 ? $" › {Member}" : "")}{bytes}",
            PlaceKind.Envelope => $"Envelope: {Name}",
            _ => $"Outside the message: {Name}",
        };
    }
}

/// <summary>Kinds of places. The first two have bytes.</summary>
public enum PlaceKind
{
    /// <summary>A header field.</summary>
    Header,

    /// <summary>The body of a MIME part or some bytes of it.</summary>
    Part,

    /// <summary>What the client said before the message, or its address.</summary>
    Envelope,

    /// <summary>A header field that is not there.</summary>
    Absence,

    /// <summary>Known outside the message: a list, a history, an answer of DNS, an engine.</summary>
    Knowledge,
}

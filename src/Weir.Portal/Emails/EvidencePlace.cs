using System.Globalization;

namespace Weir.Portal.Emails;

/// <summary>Where the evidence of a signal stands, as the record keeps it.</summary>
/// <param name="Kind"><c>Header</c>, <c>Part</c>, <c>Envelope</c>, <c>Absence</c> or <c>Knowledge</c>.</param>
/// <param name="Bytes">In the raw message; nothing where there are none.</param>
internal sealed record EvidencePlace(string Kind, string Name, string Part, string Member, ByteSpan? Bytes)
{
    /// <summary>A few words.</summary>
    public string Words => Kind switch
    {
        "Header" => $"{Name} header",
        "Absence" => $"No {Name} header",
        "Part" => $"Part {Part}{(Name.Length > 0 ? $", {Name}" : "")}{(Member.Length > 0 ? $" › {Member}" : "")}",
        "Envelope" => $"Envelope: {Name}",
        _ => $"Outside the message: {Name}",
    };

    /// <summary>The tab that shows the bytes; nothing when there are none.</summary>
    public string? Tab => Bytes is null ? null : Kind == "Header" ? "headers" : "source";
}

/// <summary>Bytes from <paramref name="Start"/> to before <paramref name="End"/>, written <c>120-166</c>.</summary>
internal readonly record struct ByteSpan(int Start, int End)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start}-{End}");

    /// <summary>Nothing when it is not written so.</summary>
    public static ByteSpan? Read(string? text) =>
        text?.Split('-') is [var first, var last]
        && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
        && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
        && start <= end ? new ByteSpan(start, end) : null;
}

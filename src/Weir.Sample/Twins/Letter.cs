using Weir.Sample.Writing;

namespace Weir.Sample.Twins;

/// <summary>What a labelled mail says and links to, before it gets a form.</summary>
internal sealed record Letter
{
    public required string Language { get; init; }
    public required string Brand { get; init; }
    public required string Subject { get; init; }
    public required string Greeting { get; init; }
    public required IReadOnlyList<string> Sentences { get; init; }
    public IReadOnlyList<(string Name, string Value)> Rows { get; init; } = [];
    public string Button { get; init; } = "";

    /// <summary>Empty = nothing to follow.</summary>
    public string Link { get; init; } = "";

    /// <summary>Shown instead of the button's words when not empty.</summary>
    public string ShownLink { get; init; } = "";

    public IReadOnlyList<(string Text, string Url)> SideLinks { get; init; } = [];
    public string Unsubscribe { get; init; } = "";
    public string UnsubscribeText { get; init; } = "";
    public string Closing { get; init; } = "";
    public string Footer { get; init; } = "";

    /// <summary>The mail answered, quoted below; empty when none.</summary>
    public string Quoted { get; init; } = "";

    public IReadOnlyList<string> Pictures { get; init; } = [];
    public string Pixel { get; init; } = "";
    public string Preheader { get; init; } = "";

    /// <summary>Text that nobody sees, in one of the ways of hiding.</summary>
    public string Padding { get; init; } = "";

    /// <summary>The text is a picture; only the link is real.</summary>
    public bool IsPicture { get; init; }

    /// <summary>Junk between the letters of words that shows in no reader.</summary>
    public string Splinter { get; init; } = "";

    public IReadOnlyList<Enclosure> Enclosures { get; init; } = [];
}

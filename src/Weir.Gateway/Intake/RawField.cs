namespace Weir.Gateway.Intake;

/// <summary>A header field as bytes in Latin-1: the value unfolded and trimmed, nothing decoded.</summary>
internal readonly record struct RawField(string Name, string Value);

namespace Weir.Detection.Facts.Knowledge.Indicators;

/// <summary>Something in a message that an indicator file names as bad.</summary>
/// <param name="Value">As it is in the message.</param>
/// <param name="Source">The file.</param>
internal sealed record Indicator(IndicatorKind Kind, string Value, string Source);

internal enum IndicatorKind { File, Url, Domain, Address }

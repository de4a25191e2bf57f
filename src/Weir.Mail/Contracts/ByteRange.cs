namespace Weir.Mail.Contracts;

/// <summary>Bytes of the raw message.</summary>
/// <param name="Start">The first.</param>
/// <param name="End">After the last.</param>
public readonly record struct ByteRange(int Start, int End);
